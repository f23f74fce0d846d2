import type { LiveCall } from './live-call';
import type { LiveView } from './live-view';
import { fit } from './safe-text';

/** The terminal a table is drawn on. */
export interface Screen {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

const CLEAR_BELOW = '\u001b[J';
const LINE_START_UP = (lines: number): string => `\u001b[${lines}F`;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const BOLD = (text: string): string => `\u001b[1m${text}\u001b[22m`;
const DIM = (text: string): string => `\u001b[2m${text}\u001b[22m`;

/** Shares of the width left for the columns, in per cent: client, called, phones, cards, filed. */
const SHARES = [22, 17, 25, 15, 21] as const;
const HEADINGS = ['caller', 'calls', 'phones', 'cards on screen', 'filed as'] as const;
const FEWEST_COLUMNS = 60;
/** Heading, the line below the table, and the line where the cursor stands. */
const OTHER_LINES = 3;

/**
 * A table that is drawn over itself. It shows as many calls as the terminal has lines: the open ones first of all, then
 * those that ended last.
 */
export class TableView implements LiveView {
  #drawn = 0;

  constructor(private readonly screen: Screen) {
    this.screen.write(HIDE_CURSOR);
  }

  show(calls: readonly LiveCall[]): void {
    const width = Math.max(FEWEST_COLUMNS, (this.screen.columns ?? 120) - 1);
    const visible = latest(calls, Math.max(1, (this.screen.rows ?? 40) - OTHER_LINES));
    const filed = calls.filter((call) => call.filed !== undefined).length;
    this.#draw([
      BOLD(row(HEADINGS, width)),
      ...visible.map((call) => shaded(call, row(cellsOf(call), width))),
      fit(`${calls.length} calls so far, ${filed} of them filed`, width),
    ]);
  }

  end(): void {
    this.screen.write(`${SHOW_CURSOR}\n`);
  }

  #draw(lines: readonly string[]): void {
    const home = this.#drawn > 0 ? LINE_START_UP(this.#drawn) : '';
    this.screen.write(`${home}${CLEAR_BELOW}${lines.join('\n')}\n`);
    this.#drawn = lines.length;
  }
}

function latest(calls: readonly LiveCall[], most: number): LiveCall[] {
  const open = calls.filter(isOpen);
  const done = calls.filter((call) => !isOpen(call));
  const places = Math.max(0, most - open.length);
  const shown = new Set([...open.slice(-most), ...(places > 0 ? done.slice(-places) : [])]);
  return calls.filter((call) => shown.has(call));
}

function isOpen(call: LiveCall): boolean {
  return call.end === undefined || call.cards.some((card) => card.isOpen);
}

function cellsOf(call: LiveCall): string[] {
  const phones = call.phones
    .filter(({ state }) => state !== 'is off')
    .map(({ name, state }) => `${name} ${state}`);
  const cards = call.cards.filter((card) => card.isOpen).map(({ name }) => name);
  const filed = [call.filed, call.recording === undefined ? undefined : '● rec'].filter(
    (part) => part !== undefined,
  );
  return [call.who, call.to, call.end ?? phones.join(', '), cards.join(', '), filed.join(' ')];
}

function shaded(call: LiveCall, line: string): string {
  return isOpen(call) ? line : DIM(line);
}

function row(cells: readonly string[], width: number): string {
  return cells
    .map((cell, index) => fit(cell, Math.floor((width * (SHARES[index] ?? 0)) / 100) - 1))
    .join(' ');
}
