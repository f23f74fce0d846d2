import type { AudioCheckRecord, ExpectedSound } from '../../evidence';
import type { ScenarioRecord } from '../../run-record';
import { visibleText } from '../../text/visible-text';
import type { Shape } from '../svg/shape';
import { fitText, textWidth } from '../svg/text-width';
import type { TimeScale } from '../svg/time-scale';
import { LEVEL_HEIGHT, levelShapes } from './audio-levels';
import type { Band } from './band';
import { expectedText, nameIn } from './sound-words';
import { extentOf, spanText } from './stretch';
import { toneStretches, type ToneStretch } from './tone-stretches';

/** Of one check: tones above, loudness below. */
const CHECK = 40;
const TONE_TOP = 4;
const TONE_HEIGHT = 14;
const FLOOR = 19 + LEVEL_HEIGHT;
const PADDING = 4;
/** Same tone: what a detector of 40 ms blocks can tell apart. */
const SAME_TONE_HZ = 30;

type Source = Pick<ScenarioRecord, 'audio' | 'actors'>;

/** What each listener heard while it was judged: tones, loudness, and where no packets came. */
export function audioBand({ audio, actors }: Source, scale: TimeScale): Band | undefined {
  if (audio.length === 0) return undefined;
  return {
    title: 'Audio',
    height: audio.length * CHECK,
    names: audio.flatMap(({ listener, expected, isRight }, index) => [
      {
        text: `${isRight ? '' : '✗ '}${nameIn(actors, listener)} hears`,
        y: index * CHECK + 13,
        isWrong: !isRight,
      },
      { text: expectedText(expected, actors), y: index * CHECK + 28 },
    ]),
    shapes: audio.flatMap((check, index) => checkShapes(check, index * CHECK, { scale, actors })),
  };
}

interface Around {
  readonly scale: TimeScale;
  readonly actors: Source['actors'];
}

function checkShapes(check: AudioCheckRecord, top: number, { scale, actors }: Around): Shape[] {
  const { fromMs, toMs, isRight } = check;
  const [who, what] = [nameIn(actors, check.listener), expectedText(check.expected, actors)];
  const verdict = `heard ${visibleText(check.finding)}: ${isRight ? 'right' : 'WRONG'}`;
  const judged: Shape = {
    kind: 'bar',
    ...extentOf(check, scale),
    y: top + TONE_TOP - 1,
    height: CHECK - TONE_TOP,
    look: 'judged',
    title: `${who} should hear ${what}; ${verdict}`,
    during: { fromMs, toMs, say: `${who} ${isRight ? 'hears' : 'should hear'} ${what}` },
  };
  return [
    judged,
    ...levelShapes(check, top + FLOOR, scale),
    ...toneStretches(check).flatMap((stretch) => toneShapes(stretch, check.expected, top, scale)),
  ];
}

function toneShapes(
  { hz, ...stretch }: ToneStretch,
  expected: ExpectedSound,
  top: number,
  scale: TimeScale,
): Shape[] {
  const place = extentOf(stretch, scale);
  const words = `${hz.join(' + ')} Hz`;
  const text = fitText(words, place.width - 2 * PADDING);
  const y = top + TONE_TOP;
  const look = hz.every((one) => isWanted(one, expected)) ? 'tone' : 'tone-odd';
  const title = `${words}, ${spanText(stretch)}`;
  const bar: Shape = { kind: 'bar', ...place, y, height: TONE_HEIGHT, look, title };
  if (text === '') return [bar];
  const label = { x: place.x + PADDING, y: y + 11, text, width: textWidth(text) };
  return [bar, { kind: 'text', ...label, look: 'on-tone' }];
}

function isWanted(hz: number, expected: ExpectedSound): boolean {
  return 'hz' in expected && expected.hz.some((wanted) => Math.abs(wanted - hz) < SAME_TONE_HZ);
}
