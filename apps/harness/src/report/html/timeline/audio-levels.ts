import type { AudioCheckRecord } from '../../evidence';
import type { Shape } from '../svg/shape';
import type { TimeScale } from '../svg/time-scale';

/** px */
export const LEVEL_HEIGHT = 18;
const NO_PACKETS_HEIGHT = 5;
/** The loudness that fills a strip, and the one that leaves it empty, dBov. */
const LOUDEST_DB = 0;
const SOFTEST_DB = -60;

/** Neighbouring blocks in which packets came, or in which none came. */
interface BlockRun {
  /** Index of the first block. */
  readonly first: number;
  readonly levelsDb: (number | null)[];
}

/**
 * Loudness as an area for each stretch in which packets came; where none came, a thin bar.
 *
 * @param floor y of silence
 */
export function levelShapes(check: AudioCheckRecord, floor: number, scale: TimeScale): Shape[] {
  const x = (block: number): number => scale.x(Math.min(check.toMs, check.fromMs + block * check.blockMs));
  return runsOf(check.levelsDb).map(({ first, levelsDb }): Shape => {
    const [left, right] = [x(first), x(first + levelsDb.length)];
    if (levelsDb[0] === null) {
      const place = { x: left, y: floor - NO_PACKETS_HEIGHT, width: right - left, height: NO_PACKETS_HEIGHT };
      return { kind: 'bar', ...place, look: 'no-packets', title: 'no packets came' };
    }
    const tops = levelsDb.flatMap((level, i): [number, number][] => {
      const y = floor - heightOf(level ?? SOFTEST_DB);
      return [
        [x(first + i), y],
        [x(first + i + 1), y],
      ];
    });
    const look = check.isRight ? 'sound' : 'sound-wrong';
    return { kind: 'area', points: [[left, floor], ...tops, [right, floor]], look };
  });
}

function runsOf(levelsDb: AudioCheckRecord['levelsDb']): BlockRun[] {
  const runs: BlockRun[] = [];
  levelsDb.forEach((level, index) => {
    const last = runs.at(-1);
    if (last && (last.levelsDb[0] === null) === (level === null)) last.levelsDb.push(level);
    else runs.push({ first: index, levelsDb: [level] });
  });
  return runs;
}

/** Silence has a height too, of one pixel: something came. */
function heightOf(levelDb: number): number {
  const share = (levelDb - SOFTEST_DB) / (LOUDEST_DB - SOFTEST_DB);
  return Math.max(1, Math.min(1, share) * LEVEL_HEIGHT);
}
