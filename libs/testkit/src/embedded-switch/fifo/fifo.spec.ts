import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headerText } from '../../captured-calls/captured-event';
import { RawEslClient } from '../../replay-switch/raw-esl-client';
import type { FifoMember } from '../config';
import { startEmbeddedSwitch, type EmbeddedSwitch } from '../embedded-switch';
import { handPlan } from '../testing/hand-plan';
import { inTime } from '../testing/in-time';
import type { TestCall } from '../testing/test-call';
import { TestPhone } from '../testing/test-phone';

jest.setTimeout(30_000);

const member = (extension: string): FifoMember => ({
  id: `id-${extension}`,
  dialString: `user/${extension}@127.0.0.1`,
  calls: 1,
  ringSeconds: 15,
  lagSeconds: 0,
});

const folder = mkdtempSync(join(tmpdir(), 'fifo-'));
afterAll(() => rmSync(folder, { recursive: true }));
const recording = join(folder, 'recorded.wav');

const plan = handPlan({
  fifo: {
    lines: [
      {
        name: 'sales',
        importance: 0,
        membersPerCaller: 0,
        retrySeconds: 0,
        members: [member('1001'), member('1002')],
      },
    ],
  },
  contexts: {
    public: (number) => {
      if (number === 'sales') return ['fifo sales in undef local_stream://moh'];
      if (number === 'desk') return ['set fifo_music=local_stream://moh', 'fifo desk in'];
      if (number === 'recorded') return [`set execute_on_answer=record_session ${recording}`, 'fifo desk in'];
      if (number === 'short') return ['set fifo_orbit_exten=away:1', 'fifo desk in'];
      return number === 'away' ? ['hangup NO_ANSWER'] : undefined;
    },
    default: () => ['fifo desk out nowait'],
  },
});

let embedded: EmbeddedSwitch;
let esl: RawEslClient;
let carrier: TestPhone;
const phones: TestPhone[] = [];

beforeEach(async () => {
  embedded = await startEmbeddedSwitch({ plan, heartbeatMs: 0 });
  esl = await RawEslClient.login(embedded.eventSocketPort, 'event json ALL');
  carrier = await TestPhone.open({ user: '79161234567' }, embedded.sipPort('external'));
});
afterEach(async () => {
  for (const phone of [carrier, ...phones.splice(0)]) phone.close();
  esl.close();
  await embedded.stop();
  expect(embedded.errors).toEqual([]);
});

async function phone(user: string): Promise<TestPhone> {
  const opened = await TestPhone.open({ user, password: 'secret' }, embedded.sipPort('internal'));
  phones.push(opened);
  expect(await opened.register()).toBe(200);
  return opened;
}

/** What the lines have told, in order: the action, and of whom. */
function told(): string[] {
  return esl.events
    .filter((event) => event['Event-Subclass'] === 'fifo::info')
    .map((event) => {
      const who = headerText(event, 'Caller-Orig-Caller-ID-Number') || headerText(event, 'result');
      return `${headerText(event, 'FIFO-Action')} ${who}`;
    });
}

async function until(entry: string): Promise<void> {
  await inTime(
    esl.until(() => told().includes(entry)),
    () => esl.events,
  );
}

/** All calls are over, and all their events have come. */
async function idle(): Promise<void> {
  await embedded.idle();
  await esl.api('version');
}

async function waiting(user: string, line = 'desk'): Promise<TestCall> {
  const call = await carrier.call(line, { user });
  await call.status(200);
  await until(`push ${user}`);
  return call;
}

describe('a waiting line', () => {
  it('whoever hangs up while he waits has left it', async () => {
    const call = await waiting('7001');
    expect(await embedded.api('fifo count desk')).toBe('desk:0:1:0:0:0\n');
    call.hangUp();
    await until('abort 7001');
    await idle();
    expect(told()).toEqual(['push 7001', 'abort 7001']);
    expect(await embedded.api('fifo count desk')).toBe('desk:0:0:0:0:0\n');
  });

  it('what is recorded begins with the talk: nothing, when nobody comes', async () => {
    const call = await waiting('7001', 'recorded');
    expect(existsSync(recording)).toBe(true);
    call.hangUp();
    await idle();
    const stop = esl.events.find((event) => event['Event-Name'] === 'RECORD_STOP');
    expect(stop).toMatchObject({ 'Record-Completion-Cause': 'empty-file', variable_record_ms: '0' });
    expect(existsSync(recording)).toBe(false);
  });

  it('nobody waits longer than fifo_orbit_exten says', async () => {
    const call = await waiting('7001', 'short');
    await call.ended();
    await idle();
    expect(told()).toEqual(['push 7001', 'timeout 7001']);
    const end = esl.events.find((event) => event['Event-Name'] === 'CHANNEL_HANGUP_COMPLETE');
    expect(end).toMatchObject({ 'Hangup-Cause': 'NO_ANSWER', 'Caller-Destination-Number': 'away' });
  });

  it('two who wait are served in their order, by whoever dials', async () => {
    const agent = await phone('1001');
    const first = await waiting('7001');
    const second = await waiting('7002');
    const talk = await agent.call('next');
    await until('bridge-caller-start 7001');
    first.hangUp();
    await until('consumer_stop 1001');
    await talk.ended();
    const other = await agent.call('next');
    await until('bridge-caller-start 7002');
    await other.status(200);
    other.hangUp();
    await second.ended();
    await idle();
    const taken = told().filter((entry) => entry.startsWith('caller_pop'));
    expect(taken).toEqual(['caller_pop 7001', 'caller_pop 7002']);
  });

  it('nobody is there: who dials is let go again', async () => {
    const talk = await (await phone('1001')).call('next');
    await until('consumer_stop 1001');
    await talk.ended();
    expect(told()).toEqual(['consumer_start 1001', 'consumer_stop 1001']);
  });
});

describe('members of a line', () => {
  it('ring together, and the first to answer gets the caller', async () => {
    const rings = [(await phone('1001')).incoming(), (await phone('1002')).incoming()];
    const call = await waiting('7001', 'sales');
    const [one, two] = await Promise.all(rings);
    one!.ring();
    two!.answer();
    await until('bridge-consumer-start 7001');
    await one!.ended();
    const [bridge] = esl.events.filter((event) => event['Event-Name'] === 'CHANNEL_BRIDGE');
    expect(bridge).toMatchObject({
      'Channel-Presence-ID': '1002@127.0.0.1',
      variable_fifo_bridge_uuid: headerText(bridge!, 'Bridge-B-Unique-ID'),
      variable_fifo_outbound_uuid: 'id-1002',
    });
    call.hangUp();
    await two!.ended();
    await idle();
    expect(told()).toEqual([
      'push 7001',
      'pre-dial 7001',
      'post-dial 7001',
      'consumer_start 7001',
      'caller_pop 7001',
      'consumer_pop 7001',
      'channel-consumer-start 7001',
      'bridge-consumer-start 7001',
      'bridge-caller-start 7001',
      'channel-consumer-stop 7001',
      'bridge-consumer-stop 7001',
      'bridge-caller-stop 7001',
      'consumer_stop 7001',
      // his phone is on for a moment longer: a call beside the line
      'channel-consumer-start 7001',
      'channel-consumer-stop 7001',
    ]);
  });

  it('stop ringing when the caller gives up', async () => {
    const rings = [(await phone('1001')).incoming(), (await phone('1002')).incoming()];
    const call = await waiting('7001', 'sales');
    const calls = await Promise.all(rings);
    calls.forEach((each) => each.ring());
    await esl.until(
      () => esl.events.filter((event) => event['Event-Name'] === 'CHANNEL_PROGRESS').length === 2,
    );
    call.hangUp();
    await Promise.all(calls.map((each) => each.ended()));
    await until('post-dial failure');
  });

  it('ring again when nobody has answered', async () => {
    const one = await phone('1001');
    const rings = one.incoming();
    const call = await waiting('7001', 'sales');
    const first = await rings;
    const again = one.incoming();
    first.refuse('486 Busy Here');
    const second = await again;
    second.answer();
    await until('bridge-caller-start 7001');
    call.hangUp();
    await second.ended();
  });
});
