import { headerText, type EventRecord } from '../../captured-calls/captured-event';
import { RawEslClient } from '../../replay-switch/raw-esl-client';
import { startEmbeddedSwitch, type EmbeddedSwitch } from '../embedded-switch';
import { handPlan } from '../testing/hand-plan';
import type { TestCall } from '../testing/test-call';
import { TestPhone } from '../testing/test-phone';

const GROUP = 'bridge {ignore_early_media=true}user/1001@127.0.0.1,loopback/1002/default';

const contexts = {
  public: (number: string): readonly string[] => [
    'set hangup_after_bridge=true',
    number === 'group'
      ? GROUP
      : `bridge ${number === 'stays' ? '{loopback_bowout=false}' : ''}loopback/1002/default`,
  ],
  default: (number: string): readonly string[] => [
    'set hangup_after_bridge=true',
    `bridge user/${number}@127.0.0.1`,
  ],
  plain: (number: string): readonly string[] =>
    number === 'first' ? ['answer', 'sleep 200', 'transfer second XML plain'] : ['unloop', 'park'],
};

/** What happened in these situations was played on FreeSWITCH 1.11.2 too. */
describe('a loopback leg', () => {
  let embedded: EmbeddedSwitch;
  let esl: RawEslClient;
  let carrier: TestPhone;
  let phones: TestPhone[];

  const start = async (modules?: readonly string[]): Promise<void> => {
    embedded = await startEmbeddedSwitch({
      plan: { ...handPlan({ contexts }), ...(modules && { modules }) },
      heartbeatMs: 0,
    });
    esl = await RawEslClient.login(embedded.eventSocketPort, 'event json ALL');
    carrier = await TestPhone.open({ user: '79161234567' }, embedded.sipPort('external'));
    phones = [];
    for (const user of ['1001', '1002']) {
      const phone = await TestPhone.open({ user, password: 'secret' }, embedded.sipPort('internal'));
      phones.push(phone);
      await phone.register();
    }
  };

  /** The caller, and the phones that ring for him. */
  const ring = async (number: string, users: readonly string[]): Promise<[TestCall, ...TestCall[]]> => {
    const rings = phones
      .filter(({ options }) => users.includes(options.user))
      .map((phone) => phone.incoming());
    const call = await carrier.call(number);
    const called = await Promise.all(rings);
    called.forEach((each) => each.ring());
    await until('CHANNEL_PROGRESS', ({ 'Channel-Name': name }) => name === 'loopback/1002-b');
    return [call, ...called];
  };

  const until = (
    name: string,
    fits: (event: EventRecord) => boolean = () => true,
    count = 1,
  ): Promise<void> =>
    esl.until(
      () => esl.events.filter((event) => event['Event-Name'] === name && fits(event)).length >= count,
    );

  /** Legs in order of their end, with the cause. */
  const ends = async (): Promise<Record<string, string>> => {
    await embedded.idle();
    await esl.api('version');
    expect(embedded.errors).toEqual([]);
    const completed = esl.events.filter((event) => event['Event-Name'] === 'CHANNEL_HANGUP_COMPLETE');
    return Object.fromEntries(
      completed.map((event) => [
        headerText(event, 'Channel-Name').replace(/^sofia\/\w+\/|@.*$/g, ''),
        headerText(event, 'Hangup-Cause'),
      ]),
    );
  };

  afterEach(async () => {
    for (const phone of [carrier, ...phones]) phone.close();
    esl.close();
    await embedded.stop();
  });

  it('is called off when another member of the group answers first', async () => {
    await start();
    const [call, first] = await ring('group', ['1001', '1002']);
    first!.answer();
    await call.status(200);
    await until('CHANNEL_BRIDGE');
    call.hangUp();
    expect(await ends()).toEqual({
      'loopback/1002-a': 'LOSE_RACE',
      'loopback/1002-b': 'LOSE_RACE',
      1002: 'ORIGINATOR_CANCEL',
      79161234567: 'NORMAL_CLEARING',
      1001: 'NORMAL_CLEARING',
    });
  });

  it('ends as who is behind it has ended: busy', async () => {
    await start();
    const [call, called] = await ring('alone', ['1002']);
    called!.refuse('486 Busy Here');
    await call.status(486);
    expect(await ends()).toEqual({
      1002: 'USER_BUSY',
      'loopback/1002-a': 'USER_BUSY',
      'loopback/1002-b': 'USER_BUSY',
      79161234567: 'USER_BUSY',
    });
  });

  it('ends with the caller who hangs up while it rings', async () => {
    await start();
    const [call] = await ring('alone', ['1002']);
    call.cancel();
    await call.status(487);
    expect(new Set(Object.values(await ends()))).toEqual(new Set(['ORIGINATOR_CANCEL']));
  });

  it('bows out of the talk, which is heard before and after', async () => {
    await start();
    const [call, called] = await ring('alone', ['1002']);
    called!.answer();
    await call.status(200);
    const heard = (): number[] => [call, called!].map(({ media }) => media.loudPackets);
    await until('CALL_UPDATE', () => true, 2);
    await esl.until(() => heard().every((packets) => packets > 10));
    await until('CHANNEL_BRIDGE', () => true, 3);
    const before = heard();
    while (!heard().every((packets, at) => packets > before[at]! + 10)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const shown = (await esl.api('show channels')).match(/loopback\//g);
    expect(shown).toBeNull();
    called!.hangUp();
    await call.ended();
    expect(new Set(Object.values(await ends()))).toEqual(new Set(['NORMAL_CLEARING']));
  });

  it('stays when it is told to', async () => {
    await start();
    const [call, called] = await ring('stays', ['1002']);
    called!.answer();
    await call.status(200);
    while (called!.media.loudPackets < 120) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await esl.api('show channels')).toContain('loopback/1002-b');
    called!.hangUp();
    await call.ended();
    expect(await ends()).toMatchObject({ 'loopback/1002-a': 'NORMAL_CLEARING' });
  });

  it('gives its dial plan to the real leg when that says unloop', async () => {
    await start();
    const rings = phones[0]!.incoming();
    void embedded.api('originate loopback/first/plain &bridge(user/1001@127.0.0.1)');
    const called = await rings;
    called.answer();
    await until('CUSTOM', (event) => event['Event-Subclass'] === 'loopback::bowout');
    await until('CHANNEL_PARK', ({ 'Channel-Name': name }) => String(name).includes('1001'));
    called.hangUp();
    expect(await ends()).toMatchObject({ 'loopback/first-b': 'NORMAL_UNSPECIFIED' });
  });

  it('is unknown where its module is not loaded', async () => {
    await start(['mod_sofia']);
    const call = await carrier.call('alone');
    await call.message(({ start: line }) => /^SIP\/2.0 [4-6]/.test(line));
    expect(await ends()).toEqual({ 79161234567: 'CHAN_NOT_IMPLEMENTED' });
  });
});
