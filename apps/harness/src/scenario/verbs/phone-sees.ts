import { z } from 'zod';
import type { PhoneCall } from '../../phones';
import { SOUNDS, type SoundName } from '../language/expectations';
import { verb, type Turn, type Verb } from '../language/verb';
import type { Handset } from '../run/handset';
import type { Scene } from '../run/scene';
import { SOUND_HZ } from '../run/sounds';
import { joinFailures } from '../run/step-failure';
import { waitFor } from '../run/wait-for';
import { code, digits, said } from './shapes';

const PHONES = ['person', 'client'] as const;

/** On a busy machine packets come late or not at all for a moment; one-way audio is not a moment. */
const AUDIO_PAUSE_MS = 700;

interface Seen {
  /** "anna rings", without the name. */
  readonly what: string;
  readonly isSo: (handset: Handset) => boolean;
  readonly pauseMs?: number;
}

/** It has to come true for everybody named, in the same time. Who fails is told of all, not of the quickest alone. */
async function each(turn: Turn, { what, isSo, pauseMs }: Seen): Promise<void> {
  const { who, withinMs, forMs, scene } = turn;
  const ends = await Promise.allSettled(
    who.map((handset) =>
      waitFor({
        expected: `${handset.id} ${what}`,
        isSo: () => isSo(handset),
        came: () => situation(handset, scene),
        withinMs,
        forMs,
        pauseMs,
        signal: scene.signal,
      }),
    ),
  );
  const errors = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  if (errors.length > 0) throw joinFailures(errors);
}

/** The same of what is heard: it is kept for the report, right or wrong. */
async function listens(
  turn: Turn,
  seen: Seen,
  whomOf: (handset: Handset) => readonly (string | undefined)[],
): Promise<void> {
  const from = Date.now();
  let isRight = false;
  try {
    await each(turn, seen);
    isRight = true;
  } finally {
    const stretch = { from, to: Date.now() };
    for (const handset of turn.who) {
      const call = handset.openCalls.at(-1) ?? handset.calls.at(-1);
      const heard = isRight || seen.isSo(handset);
      const notes = call
        ? whomOf(handset).map((whom) => ({ handset, call, whom, ...stretch, isRight: heard }))
        : [];
      turn.scene.listenings.push(...notes);
    }
  }
}

/** What happens at a phone, with names in the place of tones. */
function situation(handset: Handset, scene: Scene): string {
  return handset.situation
    .replace(/(\d+)(?= and \d| Hz)/g, (hz) => scene.whoSays(Number(hz)) ?? hz)
    .replace(/ Hz/g, '');
}

/** Sounds that a switch plays once, or with long pauses. */
const SHORT_SOUNDS: readonly SoundName[] = ['music', 'greeting', 'announcement', 'beep'];

/** A short sound was heard since the step before began: on a busy machine it may be over when that step has ended. */
function hasHeard(handset: Handset, whom: string, sinceMs: number): boolean {
  const sound = SHORT_SOUNDS.find((name) => name === whom);
  if (!sound) return false;
  return handset.openCalls.some(({ audio }) =>
    audio.heard.some(({ hz, toMs = Infinity }) => SOUND_HZ[sound].includes(hz) && toMs >= sinceMs),
  );
}

function hears(handset: Handset, scene: Scene, whom: string): boolean {
  const isHeard = (hz: readonly number[]): boolean =>
    handset.openCalls.some(({ tonesNow }) => hz.some((one) => tonesNow.includes(one)));
  if (whom === 'ringing' && handset.openCalls.some(ringsByItself)) return true;
  const sound = (SOUNDS as readonly string[]).includes(whom) ? SOUND_HZ[whom as SoundName] : undefined;
  return isHeard(sound ?? scene.telephony.of(whom).map(({ toneHz }) => toneHz));
}

/** Told that it rings there, and given no sound: a phone makes the ringing tone itself then. */
function ringsByItself({ direction, state }: PhoneCall): boolean {
  return direction === 'outgoing' && state.status === 'ringing' && !state.hasEarlyMedia;
}

export const PHONE_SEES: readonly Verb[] = [
  verb({
    one: 'rings',
    several: 'ring',
    who: PHONES,
    mood: 'awaits',
    about: 'The phone is called: a call comes in that no earlier step has waited for.',
    example: 'anna: rings',
    takes: ['within', 'for'],
    perform: async (turn) => {
      const claimed = new Set<Handset>();
      const isSo = (handset: Handset): boolean => {
        if (claimed.has(handset)) return handset.ringing !== undefined;
        if (!handset.claimRinging()) return false;
        claimed.add(handset);
        return true;
      };
      await each(turn, { what: 'rings', isSo });
    },
  }),
  verb({
    one: 'does not ring',
    several: 'do not ring',
    who: PHONES,
    mood: 'awaits',
    about: 'No new call comes in, all the time that is said with `for` (1 s if it is not).',
    example: 'boris: does not ring for 2s',
    takes: ['for'],
    perform: (turn) =>
      each(
        { ...turn, forMs: turn.forMs ?? 1_000, withinMs: 0 },
        {
          what: 'is not called',
          isSo: (handset) => !handset.hasUnclaimed,
        },
      ),
  }),
  verb({
    one: 'stops ringing',
    several: 'stop ringing',
    who: PHONES,
    mood: 'awaits',
    about: 'The call is taken from the ringing phone: answered elsewhere, given up, gone on.',
    example: 'boris: stops ringing',
    takes: ['within'],
    perform: (turn) => each(turn, { what: 'stops ringing', isSo: ({ ringing }) => ringing === undefined }),
  }),
  verb({
    one: 'is answered',
    several: 'are answered',
    who: PHONES,
    mood: 'awaits',
    about: 'The call that he has made is taken.',
    example: 'ivan: is answered',
    takes: ['within'],
    perform: (turn) => each(turn, { what: 'is answered', isSo: ({ talks }) => talks.length > 0 }),
  }),
  verb({
    one: 'hears',
    who: PHONES,
    mood: 'awaits',
    about: `Hears a person, or one of: ${SOUNDS.join(', ')}. With "for" all that time.`,
    example: 'ivan: hears anna for 1s',
    takes: ['within', 'for'],
    shape: ({ somebody }) => ({ hears: z.union([z.enum(SOUNDS), somebody]) }),
    perform: (turn) => {
      const { hears: whom = '' } = turn.args;
      const { forMs, sinceMs, scene } = turn;
      const isSo = (handset: Handset): boolean =>
        hears(handset, scene, whom) || (forMs === undefined && hasHeard(handset, whom, sinceMs));
      return listens(turn, { what: `hears ${whom}`, isSo, pauseMs: AUDIO_PAUSE_MS }, () => [whom]);
    },
  }),
  verb({
    one: 'hears nothing',
    several: 'hear nothing',
    who: PHONES,
    mood: 'awaits',
    about: 'No tone is heard; with "for" all that time.',
    example: 'ivan: hears nothing for 1s',
    takes: ['within', 'for'],
    perform: (turn) => {
      const isSo = ({ openCalls }: Handset): boolean =>
        openCalls.every(({ tonesNow }) => tonesNow.length === 0);
      return listens(turn, { what: 'hears nothing', isSo }, () => [undefined]);
    },
  }),
  verb({
    one: 'hear each other',
    several: 'hear each other',
    isMutual: true,
    who: PHONES,
    mood: 'awaits',
    about: 'Everybody named hears everybody else named: sound in all directions. With "for" all that time.',
    example: 'anna and ivan: hear each other for 2s',
    takes: ['within', 'for'],
    perform: (turn) => {
      const names = turn.who.map(({ who }) => who);
      const others = (handset: Handset): string[] => names.filter((name) => name !== handset.who);
      const seen = {
        what: `hears ${names.length > 2 ? 'all others' : 'the other'}`,
        isSo: (handset: Handset) => others(handset).every((name) => hears(handset, turn.scene, name)),
        pauseMs: AUDIO_PAUSE_MS,
      };
      return listens(turn, seen, others);
    },
  }),
  verb({
    one: 'is refused',
    several: 'are refused',
    who: PHONES,
    mood: 'awaits',
    about: 'The call that he has made is refused: with a code, if one is said.',
    example: 'ivan: is refused with 486',
    takes: ['within'],
    bare: true,
    shape: () => ({ 'is refused': said, with: code.optional() }),
    perform: (turn) => {
      const { with: wanted } = turn.args;
      const isSo = ({ calls }: Handset): boolean => {
        const end = calls.filter(({ direction }) => direction === 'outgoing').at(-1)?.end;
        return end?.how === 'refused' && (wanted === undefined || end.statusCode === wanted);
      };
      return each(turn, { what: wanted === undefined ? 'is refused' : `is refused with ${wanted}`, isSo });
    },
  }),
  verb({
    one: 'is hung up on',
    several: 'are hung up on',
    who: PHONES,
    mood: 'awaits',
    about: 'The other side, or the switch, ends the call: no call is left at the phone.',
    example: 'anna: is hung up on',
    takes: ['within'],
    perform: (turn) =>
      each(turn, {
        what: 'is hung up on',
        isSo: ({ openCalls, calls }) => openCalls.length === 0 && calls.at(-1)?.end?.by !== 'us',
      }),
  }),
  verb({
    one: 'gets the digits',
    who: PHONES,
    mood: 'awaits',
    about: 'These keys were pressed at the other end.',
    example: 'ivan: gets the digits 42',
    takes: ['within'],
    shape: () => ({ 'gets the digits': digits }),
    perform: (turn) => {
      const wanted = turn.args['gets the digits'] ?? '';
      return each(turn, {
        what: `gets the digits ${wanted}`,
        isSo: ({ calls }) => calls.some(({ state }) => state.digits.endsWith(wanted)),
      });
    },
  }),
  verb({
    one: 'is shown',
    who: PHONES,
    mood: 'awaits',
    about: 'The display of the phone shows whose number it is that calls.',
    example: 'anna: is shown ivan',
    takes: ['within'],
    shape: ({ dialled }) => ({ 'is shown': dialled }),
    perform: (turn) => {
      const whom = turn.args['is shown'] ?? '';
      const number = turn.scene.numberOf(whom).replace(/\D/g, '');
      return each(turn, {
        what: `is shown ${whom}`,
        isSo: ({ openCalls }) => openCalls.some(({ far }) => far.number.replace(/\D/g, '') === number),
      });
    },
  }),
];
