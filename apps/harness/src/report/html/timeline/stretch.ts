import type { Stretch } from '../../evidence';
import { momentText } from '../../text/durations';
import type { BarShape } from '../svg/shape';
import type { TimeScale } from '../svg/time-scale';
import { LEAST_BAR } from './band';

/** A bridge without an end lasted to the end of the scenario; one that ended before it began is a point. */
export function extentOf({ fromMs, toMs }: Stretch, scale: TimeScale): Pick<BarShape, 'x' | 'width'> {
  const x = scale.x(fromMs);
  return { x, width: Math.max(LEAST_BAR, scale.x(toMs ?? scale.toMs) - x) };
}

/** "from 1.268 s to 4.315 s" */
export function spanText({ fromMs, toMs }: Stretch): string {
  const end = toMs === undefined ? 'to the end' : `to ${momentText(toMs)} s`;
  return `from ${momentText(fromMs)} s ${end}`;
}
