import { RawEslClient } from '../../replay-switch/raw-esl-client';
import { USUAL_AGENT, USUAL_QUEUE, type QueueSettings } from '../config';
import { startEmbeddedSwitch, type EmbeddedSwitch } from '../embedded-switch';
import { handPlan } from '../testing/hand-plan';
import { TestPhone } from '../testing/test-phone';

const QUEUES: readonly QueueSettings[] = [
  { ...USUAL_QUEUE, name: 'plain', mohSound: 'local_stream://moh' },
  { ...USUAL_QUEUE, name: 'all', strategy: 'ring-all', mohSound: 'local_stream://moh' },
  { ...USUAL_QUEUE, name: 'brief', maxWaitSeconds: 1 },
  { ...USUAL_QUEUE, name: 'closed', maxSecondsWithoutAgent: 1, graceSecondsWithoutAgent: 0 },
];
const EXTENSIONS = ['1001', '1002'];

const PLAN = handPlan({
  contexts: { public: (queue) => ['set cc_exit_keys=#', `callcenter ${queue}`, 'hangup USER_BUSY'] },
  callcenter: {
    originateSeconds: 60,
    queues: QUEUES,
    agents: EXTENSIONS.map((extension) => ({
      ...USUAL_AGENT,
      name: extension,
      contact: `[leg_timeout=2]user/${extension}@127.0.0.1`,
      status: extension === '1001' ? 'Available' : 'On Break',
      rejectDelaySeconds: 60,
    })),
    tiers: QUEUES.flatMap(({ name }) =>
      EXTENSIONS.map((agent, index) => ({ queue: name, agent, level: 1, position: index + 1 })),
    ),
  },
});

describe('a queue with agents', () => {
  let embedded: EmbeddedSwitch;
  let esl: RawEslClient;
  let carrier: TestPhone;
  let phones: readonly TestPhone[];

  beforeEach(async () => {
    embedded = await startEmbeddedSwitch({ plan: PLAN, heartbeatMs: 0 });
    esl = await RawEslClient.login(embedded.eventSocketPort, 'event json ALL');
    carrier = await TestPhone.open({ user: '79161234567' }, embedded.sipPort('external'));
    phones = await Promise.all(
      EXTENSIONS.map((user) => TestPhone.open({ user, password: 'secret' }, embedded.sipPort('internal'))),
    );
    for (const phone of phones) await phone.register();
  });
  afterEach(async () => {
    for (const phone of [carrier, ...phones]) phone.close();
    esl.close();
    await embedded.stop();
    expect(embedded.errors).toEqual([]);
  });

  const set = (agent: string, status: string): Promise<string> =>
    embedded.api(`callcenter_config agent set status ${agent} '${status}'`);

  /** What the queue told of phones and of members, in order. */
  function told(): string[] {
    return esl.events
      .filter((event) => /^(bridge-agent-\w+|member-queue-end)$/.test(String(event['CC-Action'])))
      .map((event) => {
        const why = event['CC-Cancel-Reason'] ?? event['CC-Cause'] ?? event['CC-Hangup-Cause'] ?? '';
        return [event['CC-Action'], event['CC-Agent'] ?? '', why].join(' ').replace(/ +/g, ' ').trim();
      });
  }

  async function over(): Promise<string[]> {
    await embedded.idle();
    await esl.api('version');
    return told();
  }

  it('sends on who has waited too long, but not while a phone rings for him', async () => {
    const rings = phones[0]!.incoming();
    const call = await carrier.call('brief');
    (await rings).ring();
    await call.ended();
    expect(await over()).toEqual(['bridge-agent-fail 1001 NO_ANSWER', 'member-queue-end TIMEOUT']);
    const cause = esl.events.find((event) => event['Event-Name'] === 'CHANNEL_HANGUP_COMPLETE');
    expect(esl.events.some((event) => event['Application-Data'] === 'USER_BUSY')).toBe(true);
    expect(cause?.['Hangup-Cause']).toBe('NO_ANSWER');
  });

  it('asks the next one when somebody declines, and leaves him alone for a while', async () => {
    await set('1002', 'Available');
    const [first, second] = phones.map((phone) => phone.incoming());
    await carrier.call('plain');
    (await first!).refuse('603 Decline');
    const agent = await second!;
    agent.answer();
    await esl.event('CHANNEL_BRIDGE');
    agent.hangUp();
    expect(await over()).toEqual([
      'bridge-agent-fail 1001 CALL_REJECTED',
      'bridge-agent-start 1002',
      'bridge-agent-end 1002 SUCCESS',
      'member-queue-end 1002 Terminated',
    ]);
    expect(phones[0]!.calls).toHaveLength(1);
  });

  it('rings all at once, and the first one gets him', async () => {
    await set('1002', 'Available');
    const rings = phones.map((phone) => phone.incoming());
    const call = await carrier.call('all');
    const [loser, winner] = await Promise.all(rings);
    loser!.ring();
    winner!.answer();
    await loser!.ended();
    await esl.event('CHANNEL_BRIDGE');
    call.hangUp();
    expect((await over()).sort()).toEqual([
      'bridge-agent-end 1002 SUCCESS',
      'bridge-agent-fail 1001 LOSE_RACE',
      'bridge-agent-start 1002',
      'member-queue-end 1002 Terminated',
    ]);
  });

  it('rings whoever comes back from a break, and no longer who goes', async () => {
    await set('1001', 'On Break');
    const call = await carrier.call('plain');
    await call.status(200);
    const rings = phones[1]!.incoming();
    expect(await set('1002', 'available')).toBe('+OK\n');
    const agent = await rings;
    agent.ring();
    await esl.event('CHANNEL_PROGRESS');
    await set('1002', 'Logged Out');
    await agent.ended();
    expect(await embedded.api('callcenter_config queue count members plain')).toBe('1\n');
    call.hangUp();
    expect(await over()).toEqual(['bridge-agent-fail 1002 ORIGINATOR_CANCEL', 'member-queue-end BREAK_OUT']);
  });

  it('sends everybody on when nobody works any more; who is on a break still does', async () => {
    await set('1001', 'Logged Out');
    const call = await carrier.call('closed');
    await call.status(200);
    await esl.until(() => esl.events.some((event) => event['CC-Action'] === 'members-count'));
    await set('1002', 'Logged Out');
    await call.ended();
    expect(await over()).toEqual(['member-queue-end NO_AGENT_TIMEOUT']);
  });

  it('lets a caller go on with a key', async () => {
    await set('1001', 'On Break');
    const call = await carrier.call('plain');
    await call.status(200);
    await esl.event('PLAYBACK_START');
    call.media.press('1#');
    await call.ended();
    expect(await over()).toEqual(['member-queue-end EXIT_WITH_KEY']);
  });

  it('says who works, and who waits', async () => {
    expect(await embedded.api('callcenter_config agent list 1002')).toMatch(
      /^name\|instance_id\|.*\|external_calls_count\n1002\|single_box\|\|callback\|.*\|On Break\|Waiting\|0\|/,
    );
    expect(await embedded.api('callcenter_config agent get status 1001')).toBe('Available');
    expect(await embedded.api('callcenter_config agent set status 1009 Available')).toBe(
      '-ERR Agent not found!\n',
    );
    expect(await embedded.api('callcenter_config agent set status 1001 Here')).toBe(
      '-ERR Invalid Agent Status!\n',
    );
    expect(await embedded.api('callcenter_config tier list')).toBe('-ERR not simulated\n');
    await set('1001', 'On Break');
    const call = await carrier.call('plain');
    await call.status(200);
    await esl.event('PLAYBACK_START');
    expect(await embedded.api('callcenter_config queue list members plain')).toMatch(
      /^queue\|.*\|score\nplain\|single_box\|.*\|79161234567\|.*\|Waiting\|\d\n\+OK\n$/,
    );
  });
});
