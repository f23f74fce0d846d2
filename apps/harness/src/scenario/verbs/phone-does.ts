import { z } from 'zod';
import { PhoneError, SILENCE, tone, type PhoneCall } from '../../phones';
import { verb, type Turn, type Verb } from '../language/verb';
import type { Handset } from '../run/handset';
import { StepFailure } from '../run/step-failure';
import { code, digits, said } from './shapes';

const PHONES = ['person', 'client'] as const;

/** Everybody named does it at the same moment; a phone that cannot is a failure of the step. */
async function each(
  { who }: Turn,
  doing: string,
  act: (handset: Handset) => Promise<unknown>,
): Promise<void> {
  await Promise.all(
    who.map(async (handset) => {
      try {
        await act(handset);
      } catch (error) {
        if (!(error instanceof PhoneError)) throw error;
        throw new StepFailure(`${handset.id} ${doing}`, `${error.message}; ${handset.situation}`);
      }
    }),
  );
}

function ringingAt(handset: Handset, doing: string): PhoneCall {
  const { ringing } = handset;
  if (ringing) return ringing;
  throw new StepFailure(`${handset.id} ${doing}`, `the phone does not ring: ${handset.situation}`);
}

/** The numbers by which a phone may know somebody; undefined when nobody is named. */
function numbersOf({ scene }: Turn, whom: string | undefined): string[] | undefined {
  return whom === undefined ? undefined : [scene.numberOf(whom)];
}

export const PHONE_DOES: readonly Verb[] = [
  verb({
    one: 'calls',
    several: 'call',
    who: PHONES,
    mood: 'does',
    about:
      'Dials a person, a number of the company or digits. A client reaches the company by its numbers; he may show his ' +
      'name or his number as something else, also as none.',
    example: 'ivan: calls main',
    takes: ['after'],
    shape: ({ dialled }) => ({
      calls: dialled,
      'hiding his number': said,
      'with the name': z.string().optional(),
      'with the number': z.string().optional(),
    }),
    perform: async (turn) => {
      const { calls = '', 'hiding his number': isAnonymous, 'with the name': name } = turn.args;
      const { 'with the number': number } = turn.args;
      await each(turn, `calls ${calls}`, (handset) => {
        if (isAnonymous || number !== undefined) turn.scene.hidden.add(handset.who);
        handset.line.place(turn.scene.numberOf(calls), { name, number, isAnonymous });
        return Promise.resolve();
      });
    },
  }),
  verb({
    one: 'answers',
    several: 'answer',
    who: PHONES,
    mood: 'does',
    about: 'Lifts the ringing phone.',
    example: 'anna: answers',
    takes: ['after'],
    perform: (turn) => each(turn, 'answers', (handset) => ringingAt(handset, 'answers').answer()),
  }),
  verb({
    one: 'declines',
    several: 'decline',
    who: PHONES,
    mood: 'does',
    about: 'Refuses the call that rings: busy (486) unless another code is said.',
    example: 'anna: declines with 603',
    takes: ['after'],
    bare: true,
    shape: () => ({ declines: said, with: code.optional() }),
    perform: (turn) =>
      each(turn, 'declines', (handset) => ringingAt(handset, 'declines').decline(turn.args.with ?? 486)),
  }),
  verb({
    one: 'redirects to',
    who: ['person'],
    mood: 'does',
    about: 'The ringing phone sends the caller to somebody else (302).',
    example: 'anna: redirects to boris',
    takes: ['after'],
    shape: ({ dialled }) => ({ 'redirects to': dialled }),
    perform: (turn) => {
      const to = turn.args['redirects to'] ?? '';
      return each(turn, `redirects to ${to}`, (handset) =>
        ringingAt(handset, 'redirects').redirect(turn.scene.numberOf(to)),
      );
    },
  }),
  verb({
    one: 'hangs up',
    several: 'hang up',
    who: PHONES,
    mood: 'does',
    about:
      'Ends the call, or gives up one that is not answered yet. With several calls: the newest, or the one with somebody.',
    example: 'ivan: hangs up',
    takes: ['after'],
    bare: true,
    shape: ({ somebody }) => ({ 'hangs up': said, on: somebody.optional() }),
    perform: (turn) =>
      each(turn, 'hangs up', async (handset) => {
        const numbers = numbersOf(turn, turn.args.on);
        const isIt = (call: PhoneCall): boolean => numbers?.includes(call.far.number) ?? true;
        const call = handset.openCalls.filter(isIt).at(-1);
        if (!call) throw new StepFailure(`${handset.id} hangs up`, `there is no call: ${handset.situation}`);
        await call.hangUp();
      }),
  }),
  verb({
    one: 'holds',
    several: 'hold',
    who: PHONES,
    mood: 'does',
    about: 'Puts the other side on hold.',
    example: 'anna: holds ivan',
    takes: ['after'],
    bare: true,
    shape: ({ somebody }) => ({ holds: somebody.optional() }),
    perform: (turn) =>
      each(turn, 'holds', (handset) => handset.talkWith(numbersOf(turn, turn.args.holds), 'holds').hold()),
  }),
  verb({
    one: 'resumes',
    several: 'resume',
    who: PHONES,
    mood: 'does',
    about: 'Takes the other side off hold.',
    example: 'anna: resumes ivan',
    takes: ['after'],
    bare: true,
    shape: ({ somebody }) => ({ resumes: somebody.optional() }),
    perform: (turn) =>
      each(turn, 'resumes', (handset) =>
        handset.talkWith(numbersOf(turn, turn.args.resumes), 'resumes').unhold(),
      ),
  }),
  verb({
    one: 'mutes',
    several: 'mute',
    who: PHONES,
    mood: 'does',
    about: 'Presses the mute key: nothing but silence is sent until he speaks again.',
    example: 'anna: mutes',
    takes: ['after'],
    perform: (turn) =>
      each(turn, 'mutes', (handset) => {
        handset.talkWith(undefined, 'mutes').play(SILENCE);
        return Promise.resolve();
      }),
  }),
  verb({
    one: 'speaks again',
    several: 'speak again',
    who: PHONES,
    mood: 'does',
    about: 'Presses the mute key once more.',
    example: 'anna: speaks again',
    takes: ['after'],
    perform: (turn) =>
      each(turn, 'speaks again', (handset) => {
        handset.talkWith(undefined, 'speaks again').play(tone(handset.toneHz));
        return Promise.resolve();
      }),
  }),
  verb({
    one: 'presses',
    who: PHONES,
    mood: 'does',
    about: 'Presses keys in a talk (DTMF).',
    example: 'ivan: presses 1',
    takes: ['after'],
    shape: () => ({ presses: digits }),
    perform: (turn) =>
      each(turn, `presses ${turn.args.presses ?? ''}`, (handset) =>
        handset.talkWith(undefined, 'presses keys').dial(turn.args.presses ?? ''),
      ),
  }),
  verb({
    one: 'transfers',
    who: ['person'],
    mood: 'does',
    about:
      'Transfers whom he talks with, at once and without asking, by the transfer key of his phone (REFER).',
    example: 'anna: transfers ivan to boris',
    takes: ['after'],
    shape: ({ somebody, dialled }) => ({ transfers: somebody, to: dialled }),
    perform: (turn) => {
      const { transfers = '', to = '' } = turn.args;
      return each(turn, `transfers ${transfers} to ${to}`, (handset) =>
        handset
          .talkWith(numbersOf(turn, transfers), `transfers ${transfers}`)
          .transfer(turn.scene.numberOf(to)),
      );
    },
  }),
  verb({
    one: 'connects',
    who: ['person'],
    mood: 'does',
    about: 'Connects the two with whom he talks and leaves (REFER with Replaces): an attended transfer.',
    example: 'anna: connects ivan with boris',
    takes: ['after'],
    shape: ({ somebody }) => ({ connects: somebody, with: somebody }),
    perform: (turn) => {
      const { connects = '', with: other = '' } = turn.args;
      return each(turn, `connects ${connects} with ${other}`, (handset) => {
        const first = handset.talkWith(numbersOf(turn, connects), `connects ${connects}`);
        return first.transferTo(handset.talkWith(numbersOf(turn, other), `connects ${other}`));
      });
    },
  }),
  verb({
    one: 'switches his phone on',
    several: 'switch their phones on',
    who: ['person'],
    mood: 'does',
    about: 'Registers.',
    example: 'anna: switches his phone on',
    takes: ['after'],
    perform: (turn) => each(turn, 'switches his phone on', async ({ line }) => line.register?.()),
  }),
  verb({
    one: 'switches his phone off',
    several: 'switch their phones off',
    who: ['person'],
    mood: 'does',
    about: 'Takes the registration back.',
    example: 'anna: switches his phone off',
    takes: ['after'],
    perform: (turn) => each(turn, 'switches his phone off', async ({ line }) => line.unregister?.()),
  }),
];
