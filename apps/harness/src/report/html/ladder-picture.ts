import { ladderOf, withoutDetails, type Ladder, type LadderRow, type MessageRow } from '../ladder/ladder';
import { shortened } from '../ladder/shorten';
import type { ScenarioRecord } from '../run-record';
import { lengthText, momentText } from '../text/durations';
import { html, type Html } from './html';
import { messageAnchor } from './messages-list';
import { scrollPane } from './scroll-pane';
import { dialogLook, type Look } from './svg/look';
import { drawn, type Shape, type TextShape } from './svg/shape';
import { fitText, monoWidth } from './svg/text-width';

const TIMES_WIDTH = 62;
const HEADING_HEIGHT = 26;
const ROW = 25;
const PAUSE_ROW = 20;
const NARROWEST = 112;
/** Five columns beside the text of a message on a page of 1280 px. */
const WIDEST = 156;
/** Beside a label, px: it must not touch the lifelines. */
const AIR = 9;
/** A picture of more rows is of no use to anybody; the list below it has all messages. */
const MOST_ROWS = 400;
const STUB = 36;

/** A row with its place and everything in it. */
export interface PlacedRow {
  readonly row: LadderRow;
  readonly top: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export interface LadderGeometry {
  readonly lifelines: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly rows: readonly PlacedRow[];
}

export function ladderGeometry(ladder: Ladder): LadderGeometry {
  const spacing = spacingFor(ladder);
  const lifelines = ladder.columns.map((_, index) => spacing / 2 + index * spacing);
  const width = spacing * ladder.columns.length;
  let top = 0;
  const rows = shortened(ladder.rows, MOST_ROWS).map((row): PlacedRow => {
    const height = row.kind === 'pause' ? PAUSE_ROW : ROW;
    const placed = { row, top, height, shapes: shapesOf(row, { top, height, width, lifelines }) };
    top += height;
    return placed;
  });
  return { lifelines, width, height: top, rows };
}

function spacingFor({ columns, rows }: Ladder): number {
  const wanted = rows
    .filter((row) => row.kind === 'message')
    .map(({ label, from, to }) => (monoWidth(label) + 2 * AIR) / Math.max(1, Math.abs(from - to)));
  const headings = columns.map(({ heading }) => monoWidth(heading) + 2 * AIR);
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, ...wanted, ...headings)));
}

interface Place {
  readonly top: number;
  readonly height: number;
  readonly width: number;
  readonly lifelines: readonly number[];
}

function shapesOf(row: LadderRow, place: Place): Shape[] {
  switch (row.kind) {
    case 'message':
      return messageShapes(row, place);
    case 'routine':
      return [label(row.text, place, 'muted')];
    case 'pause':
      return [band(place, 'pause'), label(`${lengthText(row.lastedMs)} later`, place, 'muted')];
    case 'failure':
      return [band(place, 'failure-band'), label(`✗ ${row.text}`, place, 'failure', true)];
    case 'left-out':
      return [band(place, 'pause'), label(`${row.count} rows left out`, place, 'muted')];
  }
}

function band({ top, height, width }: Place, look: Look): Shape {
  return { kind: 'bar', x: 0, y: top + 1, width, height: height - 2, look };
}

function label(words: string, { top, height, width }: Place, look: Look, isBold = false): TextShape {
  const text = fitText(words, width - 2 * AIR, monoWidth);
  const place = { x: AIR, y: top + height / 2 + 4, width: monoWidth(text) };
  return { kind: 'text', ...place, text, look, isMono: true, isBold };
}

function messageShapes(row: MessageRow, { top, lifelines }: Place): Shape[] {
  const x1 = lifelines[row.from] ?? 0;
  const x2 = row.from === row.to ? x1 + STUB : (lifelines[row.to] ?? 0);
  const room = Math.abs(x2 - x1) - 2 * AIR;
  const isTight = monoWidth(row.label) > room;
  const words = isTight ? withoutDetails(row.label) : row.label;
  const text = fitText(words, row.from === row.to ? WIDEST : room, monoWidth);
  const width = monoWidth(text);
  const y = top + ROW - 5;
  const look = dialogLook(row.dialog);
  return [
    { kind: 'arrow', x1, y1: y, x2, y2: y, look, isDashed: row.glance !== 'request' },
    {
      kind: 'text',
      x: row.from === row.to ? x2 + 4 : (x1 + x2) / 2 - width / 2,
      y: y - 5,
      text,
      width,
      look: row.glance === 'refusal' ? 'refusal' : look,
      isMono: true,
    },
  ];
}

/** The ladder as a picture with its own scroll bars; undefined when there were no messages. */
export function ladderPicture(scenario: ScenarioRecord): Html | undefined {
  const ladder = ladderOf(scenario);
  if (ladder.rows.length === 0) return undefined;
  const geometry = ladderGeometry(ladder);
  const { width, height } = geometry;
  const who = ladder.columns.map(({ heading }) => heading).join(', ');
  return scrollPane({
    kind: 'ladder',
    label: `SIP messages between ${who}, top to bottom; the list below has their texts`,
    corner: { width: TIMES_WIDTH, height: HEADING_HEIGHT, content: [] },
    top: { width, height: HEADING_HEIGHT, content: drawn(headings(ladder, geometry)) },
    left: { width: TIMES_WIDTH, height, content: drawn(times(geometry)) },
    body: { width, height, content: body(geometry, scenario.id) },
  });
}

function headings({ columns }: Ladder, { lifelines, width }: LadderGeometry): Shape[] {
  const room = width / columns.length - AIR;
  return columns.map(({ heading }, index) => {
    const text = fitText(heading, room, monoWidth);
    const textPx = monoWidth(text);
    const x = (lifelines[index] ?? 0) - textPx / 2;
    return { kind: 'text', x, y: 17, text, width: textPx, look: 'text', isMono: true, isBold: true };
  });
}

function times({ rows }: LadderGeometry): Shape[] {
  return rows.flatMap(({ row, top, height }): Shape[] => {
    if (!('atMs' in row)) return [];
    const text = momentText(row.atMs);
    const width = monoWidth(text);
    const look = row.kind === 'failure' ? 'failure' : 'muted';
    return [
      { kind: 'text', x: TIMES_WIDTH - 8 - width, y: top + height / 2 + 4, text, width, look, isMono: true },
    ];
  });
}

function body({ lifelines, height, rows }: LadderGeometry, id: string): Html[] {
  const lines = lifelines.map((x): Shape => ({
    kind: 'line',
    x1: x,
    y1: 0,
    x2: x,
    y2: height,
    look: 'lifeline',
  }));
  const isUnder = ({ row }: PlacedRow): boolean => row.kind !== 'message';
  return [
    ...rows.filter(isUnder).flatMap(({ shapes }) => drawn(shapes.filter(({ kind }) => kind === 'bar'))),
    ...drawn(lines),
    ...rows.map((placed) => rowOf(placed, id)),
  ];
}

/** Messages are links to their texts, which the script shows beside the ladder. */
function rowOf({ row, top, height, shapes }: PlacedRow, id: string): Html {
  const content = drawn(shapes.filter(({ kind }) => kind !== 'bar'));
  if (row.kind !== 'message' && row.kind !== 'routine') return html`${content}`;
  const index = row.kind === 'message' ? row.index : row.first;
  // prettier-ignore
  return html`<a href="#${messageAnchor(id, index)}" class="${row.kind}" data-at="${row.atMs}"><rect class="hit" x="0" y="${top}" width="100%" height="${height}" fill="none" pointer-events="all" />${content}</a>`;
}
