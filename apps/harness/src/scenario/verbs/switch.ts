import { duration } from '../language/duration';
import { verb, type Turn, type Verb } from '../language/verb';
import type { Scene } from '../run/scene';
import { StepFailure } from '../run/step-failure';
import { waitFor } from '../run/wait-for';
import { said } from './shapes';

const KNOWN_WITHIN_MS = 3_000;

/** The channel of somebody's newest call; its first events may be on their way. */
async function channelOf(scene: Scene, who: string): Promise<string> {
  const call = scene.telephony
    .of(who)
    .flatMap(({ openCalls }) => openCalls)
    .at(-1);
  if (!call) throw new StepFailure(`${who} is in a call`, `${who} is in none`);
  let uuid: string | undefined;
  await waitFor({
    expected: `the switch has told of ${who}'s channel`,
    isSo: () => (uuid = scene.channelOf(call)) !== undefined,
    came: () => 'no event of it has come',
    withinMs: KNOWN_WITHIN_MS,
    signal: scene.signal,
  });
  return uuid ?? '';
}

function addressOf(scene: Scene, who: string): string {
  const { domain } = scene.world.target;
  const number = scene.numberOf(who);
  return scene.client(who) ? `sofia/gateway/trunk/${number}` : `user/${number}@${domain}`;
}

/** It answers when somebody has lifted or refused, which is what the next steps are about. */
function originate({ scene }: Turn, variables: readonly string[], rest: string): void {
  const brought = variables.length > 0 ? `{${variables.join(',')}}` : '';
  void scene.world.target.bgapi('originate', `${brought}${rest}`).catch(() => undefined);
}

export const SWITCH: readonly Verb[] = [
  verb({
    one: 'dials',
    who: ['switch'],
    mood: 'does',
    about:
      'A click of fs_cli or a dialplan: the switch calls the employee, and when he has lifted, somebody for him ' +
      '(docs/dialplan.md).',
    example: 'switch: dials ivan for anna over main',
    takes: ['after'],
    shape: ({ dialled, person }) => ({
      dials: dialled,
      for: person,
      over: dialled.optional(),
      'giving up after': duration.optional(),
    }),
    perform: (turn) => {
      const { dials = '', for: employee = '', over } = turn.args;
      const number = turn.scene.numberOf(dials);
      const { 'giving up after': ms } = turn.args;
      const variables = [
        `origination_caller_id_number=${number}`,
        ...(over === undefined ? [] : [`connector_line=${turn.scene.numberOf(over)}`]),
        ...(ms === undefined ? [] : [`originate_timeout=${Math.ceil(ms / 1_000)}`]),
      ];
      originate(turn, variables, `${addressOf(turn.scene, employee)} ${number} XML click-to-call`);
      return Promise.resolve();
    },
  }),
  verb({
    one: 'calls and parks',
    who: ['switch'],
    mood: 'does',
    about: 'Calls somebody and parks the leg, as programs do that bridge two legs later.',
    example: 'switch: calls and parks anna',
    takes: ['after'],
    shape: ({ somebody, dialled }) => ({
      'calls and parks': somebody,
      'showing the number of': dialled.optional(),
    }),
    perform: (turn) => {
      const { 'calls and parks': whom = '', 'showing the number of': shown } = turn.args;
      const variables =
        shown === undefined ? [] : [`origination_caller_id_number=${turn.scene.numberOf(shown)}`];
      originate(turn, variables, `${addressOf(turn.scene, whom)} &park`);
      return Promise.resolve();
    },
  }),
  verb({
    one: 'connects',
    who: ['switch'],
    mood: 'does',
    about: 'A program connects two legs (uuid_bridge).',
    example: 'switch: connects anna with ivan',
    takes: ['after'],
    shape: ({ somebody }) => ({ connects: somebody, with: somebody }),
    perform: async ({ scene, args }) => {
      const [a, b] = [await channelOf(scene, args.connects ?? ''), await channelOf(scene, args.with ?? '')];
      await scene.world.target.api('uuid_bridge', `${a} ${b}`);
    },
  }),
  verb({
    one: 'transfers',
    who: ['switch'],
    mood: 'does',
    about: 'A program, such as the CRM, transfers somebody (uuid_transfer), alone or with whom he talks.',
    example: 'switch: transfers ivan to boris',
    takes: ['after'],
    shape: ({ somebody, dialled }) => ({ transfers: somebody, to: dialled, 'with his partner': said }),
    perform: async ({ scene, args }) => {
      const { transfers = '', to = '', 'with his partner': both } = args;
      const uuid = await channelOf(scene, transfers);
      const way = `${uuid}${both ? ' -both' : ''} ${scene.numberOf(to)} XML default`;
      await scene.world.target.api('uuid_transfer', way);
    },
  }),
  verb({
    one: 'hangs up on',
    who: ['switch'],
    mood: 'does',
    about: 'A program ends the leg of somebody (uuid_kill).',
    example: 'switch: hangs up on anna',
    takes: ['after'],
    shape: ({ somebody }) => ({ 'hangs up on': somebody }),
    perform: async ({ scene, args }) => {
      await scene.world.target.api('uuid_kill', await channelOf(scene, args['hangs up on'] ?? ''));
    },
  }),
  verb({
    one: 'stops recording',
    who: ['switch'],
    mood: 'does',
    about: 'A program stops all recordings of a leg (uuid_record).',
    example: 'switch: stops recording ivan',
    takes: ['after'],
    shape: ({ somebody }) => ({ 'stops recording': somebody }),
    perform: async ({ scene, args }) => {
      const uuid = await channelOf(scene, args['stops recording'] ?? '');
      await scene.world.target.api('uuid_record', `${uuid} stop all`);
    },
  }),
  verb({
    one: 'records',
    who: ['switch'],
    mood: 'does',
    about: 'A program begins another recording of a leg, in a file of its own (uuid_record).',
    example: 'switch: records ivan',
    takes: ['after'],
    shape: ({ somebody }) => ({ records: somebody }),
    perform: async ({ scene, args }) => {
      const uuid = await channelOf(scene, args.records ?? '');
      const { target } = scene.world;
      await target.api('uuid_record', `${uuid} start ${target.recordings}/${uuid}-again.wav`);
    },
  }),
  verb({
    one: 'cannot be reached',
    who: ['switch'],
    mood: 'does',
    about: 'The gateway loses the switch, and cannot connect to it; phones do not notice.',
    example: 'switch: cannot be reached',
    takes: ['after'],
    perform: ({ scene }) => {
      scene.world.spend('its switch was cut off');
      scene.world.relay.cut();
      return Promise.resolve();
    },
  }),
  verb({
    one: 'can be reached again',
    who: ['switch'],
    mood: 'does',
    about: 'The gateway can connect to the switch again.',
    example: 'switch: can be reached again',
    takes: ['after'],
    perform: ({ scene }) => {
      scene.world.relay.mend();
      return Promise.resolve();
    },
  }),
  verb({
    one: 'crashes',
    who: ['switch'],
    mood: 'does',
    about: 'The switch dies in the midst of everything (kill -9) and comes up again with no calls.',
    example: 'switch: crashes',
    takes: ['after'],
    perform: async ({ scene }) => {
      const { target } = scene.world;
      if (!target.crash)
        throw new Error('this switch is not ours to kill: say "only: { on: embedded, because: ... }"');
      scene.world.spend('its switch crashed');
      await target.crash();
    },
  }),
];
