import type { RunEvent, RunListener } from '../run-event';
import { cut } from '../text/columns';
import { lengthText } from '../text/durations';
import { visibleText } from '../text/visible-text';
import { OUTCOME_KINDS, type Totals } from '../totals';
import { endedLines } from './ended-line';
import { endLine, startLine } from './line-progress';
import { outcomeWord, type Paint } from './paint';

/** The terminal that progress is drawn on. */
export interface Screen {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

interface Running {
  readonly title: string;
  readonly steps: number;
  readonly startedAt: number;
  step: number;
  text: string;
}

const CLEAR_BELOW = '\u001b[J';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const UP = (lines: number): string => (lines > 0 ? `\u001b[${lines}F` : '');
const REDRAW_EVERY_MS = 200;
/** A block of running scenarios higher than this hides what has been printed. */
const MOST_RUNNING = 8;
const BAR_WIDTH = 24;
/** "  123 FAILED" */
const WORD_WIDTH = 12;

/**
 * Progress on a terminal: what is over scrolls by above, and a few lines below that are drawn over themselves tell what
 * runs and how far it is. They are gone when the run is over.
 */
export class ScreenProgress implements RunListener {
  readonly #running = new Map<string, Running>();
  readonly #totals: Record<keyof Totals, number> = { failed: 0, broken: 0, passed: 0, skipped: 0 };
  #scenarios = 0;
  #startedAt = 0;
  #drawn = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param now epoch ms */
  constructor(
    private readonly screen: Screen,
    private readonly paint: Paint,
    private readonly now: () => number = Date.now,
  ) {}

  on(event: RunEvent): void {
    switch (event.event) {
      case 'run-started':
        this.#begin(event);
        return;
      case 'scenario-started':
        this.#running.set(event.id, { ...event, startedAt: this.now(), step: 0, text: '' });
        this.redraw();
        return;
      case 'step-started':
        this.#step(event);
        this.redraw();
        return;
      case 'scenario-ended':
        this.#running.delete(event.id);
        this.#totals[event.outcome] += 1;
        this.#print(endedLines(event, this.paint));
        return;
      case 'run-ended':
        this.#end(event);
        return;
      case 'step-ended':
    }
  }

  /** Draws the lines that tell what runs now. */
  redraw(): void {
    this.#draw([], this.#liveLines());
  }

  /** Leaves the terminal as it was, also in the middle of a run. */
  close(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#running.clear();
    this.#draw([], []);
    this.screen.write(SHOW_CURSOR);
  }

  #begin(event: Extract<RunEvent, { event: 'run-started' }>): void {
    this.#scenarios = event.scenarios;
    this.#startedAt = this.now();
    this.screen.write(HIDE_CURSOR);
    this.#timer = setInterval(() => this.redraw(), REDRAW_EVERY_MS);
    this.#timer.unref();
    this.#print([startLine(event)]);
  }

  #end(event: Extract<RunEvent, { event: 'run-ended' }>): void {
    this.close();
    this.screen.write(`${endLine(event, this.#scenarios - this.#over)}\n`);
  }

  #step({ id, step, text }: Extract<RunEvent, { event: 'step-started' }>): void {
    const running = this.#running.get(id);
    if (running) Object.assign(running, { step: step + 1, text });
  }

  get #over(): number {
    return Object.values(this.#totals).reduce((sum, count) => sum + count, 0);
  }

  #print(lines: readonly string[]): void {
    this.#draw(lines, this.#liveLines());
  }

  /** Lines that stay, then those that the next drawing replaces. */
  #draw(staying: readonly string[], live: readonly string[]): void {
    const text = [...staying, ...live].map((line) => `${line}\n`).join('');
    this.screen.write(`${UP(this.#drawn)}${CLEAR_BELOW}${text}`);
    this.#drawn = live.length;
  }

  #liveLines(): string[] {
    const width = Math.max(20, (this.screen.columns ?? 80) - 1);
    const most = Math.max(1, Math.min(MOST_RUNNING, (this.screen.rows ?? 24) - 3));
    const running = [...this.#running.values()];
    const hidden = running.length - most;
    return [
      ...running.slice(0, most).map((scenario) => cut(this.#runningLine(scenario), width)),
      ...(hidden > 0 ? [`  and ${hidden} more`] : []),
      this.#totalLine(width),
    ];
  }

  #runningLine({ title, step, steps, text, startedAt }: Running): string {
    const since = lengthText(this.now() - startedAt).padStart(8);
    const what = text === '' ? '' : `: ${visibleText(text)}`;
    return `  ...  ${since}  ${visibleText(title)}  ${step}/${steps}${what}`;
  }

  #totalLine(width: number): string {
    const share = this.#scenarios > 0 ? Math.min(1, this.#over / this.#scenarios) : 0;
    const full = Math.round(share * BAR_WIDTH);
    const bar = `[${'='.repeat(full)}${' '.repeat(BAR_WIDTH - full)}]`;
    const counts = OUTCOME_KINDS.filter((kind) => this.#totals[kind] > 0);
    const words = counts.map((kind) => `${this.#totals[kind]} ${outcomeWord(kind, this.paint).trim()}`);
    const since = lengthText(this.now() - this.#startedAt);
    const plain = cut(`${bar} ${this.#over} of ${this.#scenarios}  ${since}`, width);
    const roomForWords = width - plain.length > words.length * WORD_WIDTH;
    return roomForWords ? [plain, ...words].join('  ') : plain;
  }
}
