import { RawEslClient } from '../replay-switch/raw-esl-client';
import { startEmbeddedSwitch, type EmbeddedSwitch } from './index';
import { handPlan } from './testing/hand-plan';
import { TestPhone } from './testing/test-phone';

const PLAN = handPlan({ contexts: { public: () => ['answer', 'park'] } });

/** The same on another switch, from beginning to end: whoever is not frozen has had the time for it. */
async function playElsewhere(): Promise<void> {
  const other = await startEmbeddedSwitch({ plan: PLAN, heartbeatMs: 0 });
  const phone = await TestPhone.open({ user: '79161234567' }, other.sipPort('external'));
  const esl = await RawEslClient.login(other.eventSocketPort, 'event json ALL');
  const call = await phone.call('74951234567');
  await call.status(200);
  await esl.event('CHANNEL_PARK');
  phone.close();
  esl.close();
  await other.stop();
}

describe('what can go wrong with the embedded switch', () => {
  let embedded: EmbeddedSwitch;
  let carrier: TestPhone;
  let esl: RawEslClient;

  beforeEach(async () => {
    embedded = await startEmbeddedSwitch({ plan: PLAN, heartbeatMs: 0 });
    carrier = await TestPhone.open({ user: '79161234567' }, embedded.sipPort('external'));
    esl = await RawEslClient.login(embedded.eventSocketPort, 'event json ALL');
  });
  afterEach(async () => {
    carrier.close();
    esl.close();
    await embedded.stop();
    expect(embedded.errors).toEqual([]);
  });

  it('frozen, it answers neither phones nor clients; thawed, it goes on with what has come', async () => {
    embedded.freeze();
    const call = await carrier.call('74951234567');
    let isAnswered = false;
    const version = esl.api('version').then(() => (isAnswered = true));
    await playElsewhere();
    expect({ isAnswered, heard: carrier.received, events: esl.events }).toEqual({
      isAnswered: false,
      heard: [],
      events: [],
    });
    embedded.thaw();
    await version;
    await call.status(200);
    await esl.event('CHANNEL_PARK');
  });

  it.each(['fin', 'rst'] as const)('connections end, calls and the door stay (%s)', async (how) => {
    const call = await carrier.call('74951234567');
    await call.status(200);
    await esl.event('CHANNEL_PARK');
    embedded.dropConnections(how);
    expect(await esl.ended).toBe(how);
    const again = await RawEslClient.login(embedded.eventSocketPort, 'event json ALL');
    expect(embedded.channelCount).toBe(1);
    call.hangUp();
    await again.event('CHANNEL_DESTROY');
    again.close();
  });

  it('tells late of what has happened; an answer does not wait for it', async () => {
    embedded.slowEvents(60_000);
    const call = await carrier.call('74951234567');
    const parked = embedded.nextEvent((event) => event['Event-Name'] === 'CHANNEL_PARK');
    await call.status(200);
    await parked;
    await esl.api('version');
    expect(esl.events).toEqual([]);
  });

  it('tells slowly, and in order', async () => {
    embedded.slowEvents(1);
    await carrier.call('74951234567');
    await esl.event('CHANNEL_PARK');
    const heard = esl.events.map((event) => Number(event['Event-Sequence']));
    expect(heard).toEqual([...heard].sort((one, other) => one - other));
  });

  it('paused, it takes no new call, and keeps those that it has', async () => {
    const call = await carrier.call('74951234567');
    await call.status(200);
    await esl.api('fsctl pause');
    await (await carrier.call('74951234568')).status(503);
    expect(embedded.channelCount).toBe(1);
    await esl.api('fsctl resume');
    await (await carrier.call('74951234569')).status(200);
    expect(embedded.channelCount).toBe(2);
  });
});
