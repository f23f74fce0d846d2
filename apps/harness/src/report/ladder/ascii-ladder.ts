import { columnsOf, cut } from '../text/columns';
import { lengthText, momentText } from '../text/durations';
import { shortened } from './shorten';
import { withoutDetails, type Ladder, type LadderRow, type MessageRow } from './ladder';

export interface AsciiOptions {
  /** Columns of the terminal. */
  readonly width?: number;
  /** More rows than this are left out, those long before the failure first. */
  readonly maxRows?: number;
}

const DEFAULTS = { width: 120, maxRows: 60 };
const GUTTER = 9;
/** Left of the first lifeline and right of the last one: half a heading. */
const MARGIN = 8;
/** Room for "--" before and "->" after the label, and a dash on each side. */
const ARROW_ENDS = 6;
const CUT = '~';
const NARROWEST = 14;
const WIDEST = 32;

/** The ladder for terminals, mails and the logs of a CI: nothing but ASCII, save for what is in the messages. */
export function asciiLadder(ladder: Ladder, options: AsciiOptions = {}): string {
  const { width, maxRows } = { ...DEFAULTS, ...options };
  if (ladder.rows.length === 0) return '(no SIP messages)';
  const spacing = spacingFor(ladder, width);
  const lifelines = ladder.columns.map((_, index) => GUTTER + MARGIN + index * spacing);
  const lines = shortened(ladder.rows, maxRows).map((row) => lineOf(row, lifelines));
  return [headingLine(ladder, lifelines, spacing), ...lines].map((line) => line.trimEnd()).join('\n');
}

/** Wide enough for the longest label between neighbours, if the terminal has the room. */
function spacingFor({ columns, rows }: Ladder, width: number): number {
  const headings = columns.map(({ heading }) => columnsOf(heading) + 2);
  const labels = rows
    .filter((row) => row.kind === 'message')
    .map(({ label, from, to }) => (columnsOf(label) + ARROW_ENDS) / Math.max(1, Math.abs(from - to)));
  const wanted = Math.ceil(Math.max(NARROWEST, ...headings, ...labels));
  const room = Math.floor((width - GUTTER - 2 * MARGIN) / Math.max(1, columns.length - 1));
  return Math.max(NARROWEST, Math.min(wanted, room, WIDEST));
}

function headingLine({ columns }: Ladder, lifelines: readonly number[], spacing: number): string {
  return columns.reduce(
    (line, { heading }, index) => {
      const text = cut(heading, index === 0 ? 2 * MARGIN : spacing - 2, CUT);
      const start = (lifelines[index] ?? 0) - Math.floor(columnsOf(text) / 2);
      return line + ' '.repeat(Math.max(0, start - columnsOf(line))) + text;
    },
    's'.padStart(GUTTER - 2),
  );
}

function lineOf(row: LadderRow, lifelines: readonly number[]): string {
  switch (row.kind) {
    case 'message':
      return messageLine(row, lifelines);
    case 'routine':
      return `${moment(row.atMs)}    ${row.text}`;
    case 'pause':
      return `${' '.repeat(GUTTER)}${dots(lifelines)}  (${lengthText(row.lastedMs)} later)`;
    case 'failure':
      return `${moment(row.atMs)} !! ${row.text}`;
    case 'left-out':
      return `${' '.repeat(GUTTER - 1)}... ${row.count} lines left out`;
  }
}

function moment(atMs: number): string {
  return momentText(atMs).padStart(GUTTER - 2);
}

function dots(lifelines: readonly number[]): string {
  return drawn(lifelines, ':').slice(GUTTER);
}

function drawn(lifelines: readonly number[], sign: string): string {
  return lifelines.reduce((line, at) => line.padEnd(at) + sign, '');
}

function messageLine({ atMs, from, to, label }: MessageRow, lifelines: readonly number[]): string {
  const [start, end] = [lifelines[Math.min(from, to)] ?? 0, lifelines[Math.max(from, to)] ?? 0];
  const before = drawn(lifelines.slice(0, Math.min(from, to)), '|')
    .padEnd(start)
    .slice(GUTTER);
  const after = lifelines.slice(Math.max(from, to) + 1);
  const tail = after.map((at, index) => '|'.padStart(at - (after[index - 1] ?? end))).join('');
  const arrow = from === to ? `| (to itself) ${label}` : `|${arrowText(label, end - start - 1, from < to)}|`;
  return `${moment(atMs).padEnd(GUTTER)}${before}${arrow}${from === to ? '' : tail}`;
}

function arrowText(label: string, width: number, isRightward: boolean): string {
  const room = width - ARROW_ENDS + 3;
  const text = ` ${cut(columnsOf(label) > room ? withoutDetails(label) : label, room, CUT)} `;
  const dashes = Math.max(0, width - 1 - columnsOf(text));
  const left = '-'.repeat(Math.floor(dashes / 2));
  const right = '-'.repeat(Math.ceil(dashes / 2));
  return isRightward ? `${left}${text}${right}>` : `<${right}${text}${left}`;
}
