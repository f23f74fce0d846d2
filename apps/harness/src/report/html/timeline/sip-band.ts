import type { Glance } from '../../ladder/glance';
import type { Ladder, MessageRow } from '../../ladder/ladder';
import { momentText } from '../../text/durations';
import type { Look } from '../svg/look';
import type { ArrowShape, Shape } from '../svg/shape';
import type { TimeScale } from '../svg/time-scale';
import { baseline, ROW, type Band } from './band';

const LOOKS: Readonly<Record<Glance['kind'], Look>> = {
  request: 'request',
  progress: 'progress',
  success: 'success',
  refusal: 'refusal',
  'no-sip': 'muted',
};
/** A stub for what somebody sends to himself. */
const STUB = 8;

/** The ladder lying on its side: who sent a message to whom, when. The ladder itself tells what. */
export function sipBand({ columns, rows }: Ladder, scale: TimeScale): Band | undefined {
  const messages = rows.filter((row) => row.kind === 'message');
  if (messages.length === 0) return undefined;
  const lifelines: Shape[] = columns.map((_, index) => ({
    kind: 'line',
    x1: scale.x(scale.fromMs),
    y1: middle(index),
    x2: scale.x(scale.toMs),
    y2: middle(index),
    look: 'lifeline',
  }));
  return {
    title: 'SIP',
    height: columns.length * ROW,
    names: columns.map(({ heading }, index) => ({ text: heading, y: baseline(index) })),
    shapes: [...lifelines, ...messages.map((row) => messageArrow(row, columns, scale))],
  };
}

function messageArrow(
  { atMs, from, to, label, glance }: MessageRow,
  columns: Ladder['columns'],
  scale: TimeScale,
): ArrowShape {
  const [sender, receiver] = [columns[from]?.heading ?? '', columns[to]?.heading ?? ''];
  const x = scale.x(atMs);
  return {
    kind: 'arrow',
    x1: x,
    y1: middle(from) - (from === to ? STUB : 0),
    x2: x,
    y2: middle(to),
    look: LOOKS[glance],
    title: `${momentText(atMs)} s: ${label}, ${sender} to ${receiver}`,
  };
}

function middle(row: number): number {
  return row * ROW + ROW / 2;
}
