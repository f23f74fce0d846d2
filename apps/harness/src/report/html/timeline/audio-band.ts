import type { AudioCheckRecord, ExpectedSound } from '../../evidence';
import { actorHeading } from '../../ladder/ladder';
import type { ActorRecord, ScenarioRecord } from '../../run-record';
import { visibleText } from '../../text/visible-text';
import type { Shape } from '../svg/shape';
import { fitText, textWidth } from '../svg/text-width';
import type { TimeScale } from '../svg/time-scale';
import type { Band } from './band';
import { extentOf, spanText } from './legs-band';

/** Of one check: tones above, loudness below. */
const CHECK = 40;
const TONE_HEIGHT = 14;
const LEVEL_TOP = 19;
const LEVEL_HEIGHT = 18;
/** The loudness that fills a strip, and the one that leaves it empty, dBov. */
const LOUDEST_DB = 0;
const SOFTEST_DB = -60;
const PADDING = 4;
/** Same tone: what a detector of 40 ms blocks can tell apart. */
const SAME_TONE_HZ = 30;

/** What each listener heard while it was judged: tones, loudness, and where no packets came. */
export function audioBand(
  { audio, actors }: Pick<ScenarioRecord, 'audio' | 'actors'>,
  scale: TimeScale,
): Band | undefined {
  if (audio.length === 0) return undefined;
  return {
    title: 'Audio',
    height: audio.length * CHECK,
    names: audio.flatMap((check, index) => [
      {
        text: `${check.isRight ? '' : '✗ '}${nameIn(actors, check.listener)} hears`,
        y: index * CHECK + 13,
        isWrong: !check.isRight,
      },
      { text: `  ${expectedText(check.expected, actors)}`, y: index * CHECK + 28 },
    ]),
    shapes: audio.flatMap((check, index) => checkShapes(check, index * CHECK, { scale, actors })),
  };
}

/** "Anna (750 Hz)", "ringing tone (425 Hz)", "silence", "nothing". */
export function expectedText(expected: ExpectedSound, actors: readonly ActorRecord[]): string {
  switch (expected.kind) {
    case 'actor':
      return `${nameIn(actors, expected.actor)} (${expected.hz.join(' + ')} Hz)`;
    case 'tone':
      return visibleText(`${expected.name} (${expected.hz.join(' + ')} Hz)`);
    case 'silence':
      return 'silence';
    case 'nothing':
      return 'nothing';
  }
}

export function nameIn(actors: readonly ActorRecord[], id: string): string {
  const actor = actors.find((candidate) => candidate.id === id);
  return actor ? actorHeading(actor) : visibleText(id);
}

interface Around {
  readonly scale: TimeScale;
  readonly actors: readonly ActorRecord[];
}

function checkShapes(check: AudioCheckRecord, top: number, { scale, actors }: Around): Shape[] {
  const verdict = check.isRight ? 'right' : 'WRONG';
  const title = `${nameIn(actors, check.listener)} should hear ${expectedText(check.expected, actors)}; heard ${visibleText(check.finding)}: ${verdict}`;
  return [
    {
      kind: 'bar',
      ...extentOf(check, scale),
      y: top + 3,
      height: CHECK - 4,
      look: 'judged',
      title,
      during: {
        fromMs: check.fromMs,
        toMs: check.toMs,
        say: `${nameIn(actors, check.listener)} ${check.isRight ? 'hears' : 'should hear'} ${expectedText(check.expected, actors)}`,
      },
    },
    ...levels(check, top, scale),
    ...check.tones.flatMap((tone, index) => toneShapes(check, index, top, scale)),
  ];
}

/** Loudness as areas, one per stretch in which packets came; where none came, a thin bar. */
function levels(
  { levelsDb, blockMs, fromMs, isRight }: AudioCheckRecord,
  top: number,
  scale: TimeScale,
): Shape[] {
  const floor = top + LEVEL_TOP + LEVEL_HEIGHT;
  const x = (block: number): number => scale.x(fromMs + block * blockMs);
  return stretches(levelsDb).map(({ first, values }): Shape => {
    if (values === undefined) {
      const { length } = first;
      const place = { x: x(first.at), width: x(first.at + length) - x(first.at) };
      return { kind: 'bar', ...place, y: floor - 5, height: 5, look: 'no-packets', title: 'no packets came' };
    }
    const steps = values.flatMap((level, i): [number, number][] => {
      const y = floor - heightOf(level);
      return [
        [x(first.at + i), y],
        [x(first.at + i + 1), y],
      ];
    });
    const [left, right] = [x(first.at), x(first.at + values.length)];
    return {
      kind: 'area',
      points: [[left, floor], ...steps, [right, floor]],
      look: isRight ? 'sound' : 'sound-wrong',
    };
  });
}

interface LevelStretch {
  readonly first: { readonly at: number; readonly length: number };
  /** Undefined: no packets. */
  readonly values?: readonly number[];
}

function stretches(levelsDb: AudioCheckRecord['levelsDb']): LevelStretch[] {
  const found: { at: number; values: (number | null)[] }[] = [];
  levelsDb.forEach((level, at) => {
    const last = found.at(-1);
    if (last && (last.values[0] === null) === (level === null)) last.values.push(level);
    else found.push({ at, values: [level] });
  });
  return found.map(({ at, values }) => {
    const loud = values.filter((value) => value !== null);
    return { first: { at, length: values.length }, ...(loud.length > 0 ? { values: loud } : {}) };
  });
}

/** Silence has a height too, of one pixel: something came. */
function heightOf(levelDb: number): number {
  const share = (levelDb - SOFTEST_DB) / (LOUDEST_DB - SOFTEST_DB);
  return Math.max(1, Math.min(1, share) * LEVEL_HEIGHT);
}

function toneShapes(check: AudioCheckRecord, index: number, top: number, scale: TimeScale): Shape[] {
  const tone = check.tones[index];
  if (!tone) return [];
  const atOnce = check.tones.filter(({ fromMs, toMs }) => fromMs === tone.fromMs && toMs === tone.toMs);
  // Tones that sound together stand in one bar, at the first of them.
  if (atOnce[0] !== tone) return [];
  const { fromMs, toMs = check.toMs } = tone;
  const place = extentOf({ fromMs, toMs }, scale);
  const isExpected = atOnce.every(({ hz }) => isWanted(hz, check.expected));
  const words = `${atOnce.map(({ hz }) => hz).join(' + ')} Hz`;
  const text = fitText(words, place.width - 2 * PADDING);
  const y = top + 4;
  return [
    {
      kind: 'bar',
      ...place,
      y,
      height: TONE_HEIGHT,
      look: isExpected ? 'tone' : 'tone-odd',
      title: `${words}, ${spanText({ fromMs, toMs })}`,
    },
    ...(text === ''
      ? []
      : [
          {
            kind: 'text' as const,
            x: place.x + PADDING,
            y: y + 11,
            text,
            width: textWidth(text),
            look: 'on-tone' as const,
          },
        ]),
  ];
}

function isWanted(hz: number, expected: ExpectedSound): boolean {
  return 'hz' in expected && expected.hz.some((wanted) => Math.abs(wanted - hz) < SAME_TONE_HZ);
}
