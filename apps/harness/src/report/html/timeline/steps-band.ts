import type { StepRecord } from '../../run-record';
import { lengthText, momentText } from '../../text/durations';
import { visibleText } from '../../text/visible-text';
import type { Look } from '../svg/look';
import type { Shape } from '../svg/shape';
import { fitText, textWidth } from '../svg/text-width';
import type { TimeScale } from '../svg/time-scale';
import { BAR, barTop, baseline, ROW, type Band } from './band';
import { packRows } from './pack-rows';

const LOOKS: Readonly<Record<StepRecord['outcome'], Look>> = {
  passed: 'step-passed',
  failed: 'step-failed',
  broken: 'step-broken',
  'not-reached': 'step-passed',
};
const PADDING = 4;
const MOST_ROWS = 6;
/** Steps of a few milliseconds stand side by side, so their bars are thinner than others. */
const THINNEST = 1.5;
const SLIT = 1;

interface Begun {
  readonly step: StepRecord;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Which step of the scenario was done, or waited for, when. */
export function stepsBand(steps: readonly StepRecord[], scale: TimeScale): Band | undefined {
  const begun = steps.flatMap((step): Begun[] =>
    step.beganMs === undefined ? [] : [{ step, fromMs: step.beganMs, toMs: step.endedMs ?? scale.toMs }],
  );
  if (begun.length === 0) return undefined;
  // Only steps that run at the same time need another row.
  const extents = begun.map(({ fromMs, toMs }) => ({ left: fromMs, right: toMs }));
  const rows = packRows(extents, { air: 0, mostRows: MOST_ROWS });
  const shapes = begun.flatMap((item, index) => {
    const row = rows[index];
    if (row === undefined) return [];
    const later = begun.filter((other, i) => i > index && rows[i] === row).map(({ fromMs }) => fromMs);
    return stepShapes(item, row, { scale, nextMs: Math.min(scale.toMs, ...later) });
  });
  const used = Math.max(0, ...rows.map((row) => row ?? 0)) + 1;
  return { title: 'Steps', height: used * ROW, names: [{ text: 'line', y: baseline(0) }], shapes };
}

interface Place {
  readonly scale: TimeScale;
  /** Where the next step of the row begins. */
  readonly nextMs: number;
}

function stepShapes({ step, fromMs, toMs }: Begun, row: number, { scale, nextMs }: Place): Shape[] {
  const { line, outcome } = step;
  const words = visibleText(step.text);
  const x = scale.x(fromMs);
  const room = Math.max(THINNEST, scale.x(nextMs) - x - SLIT);
  const width = Math.min(room, Math.max(THINNEST, scale.x(toMs) - x));
  const inside = width - 2 * PADDING;
  const text = inside < textWidth(`${line}`) ? '' : fitText(`${line}  ${words}`, inside);
  const title = `line ${line}: ${words} (${outcome} at ${momentText(toMs)} s, after ${lengthText(toMs - fromMs)})`;
  const say = `line ${line}: ${words}${outcome === 'passed' ? '' : ` (${outcome})`}`;
  const during = { fromMs, toMs, say };
  const bar: Shape = {
    kind: 'bar',
    x,
    y: barTop(row),
    width,
    height: BAR,
    look: LOOKS[outcome],
    title,
    during,
  };
  if (text === '') return [bar];
  const y = baseline(row);
  return [bar, { kind: 'text', x: x + PADDING, y, text, width: textWidth(text), look: 'on-bar' }];
}
