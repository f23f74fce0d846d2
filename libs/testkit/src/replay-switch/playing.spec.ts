import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { captureFolder, groundTruth, openCapture } from '../captured-calls/capture-library';
import { headerText, type Capture, type EventRecord } from '../captured-calls/captured-event';
import { saltedUuid } from './play/identities';
import { RawEslClient } from './raw-esl-client';
import { ReplaySwitch } from './replay-switch';

/** Fifty calls are 16 MB of events: some seconds on a busy machine. */
jest.setTimeout(30_000);

const CALL = 'inbound-answered-caller-hangs-up';

function named(...names: string[]): (record: EventRecord) => boolean {
  return (record) => names.includes(headerText(record, 'Event-Name'));
}

function sequences(events: readonly EventRecord[]): number[] {
  return events.map((event) => Number(event['Event-Sequence']));
}

/** The events of a connection one by one, without what differs: the number, and the length that goes with it. */
function comparableEvents(bytes: string): string[] {
  const [, ...events] = bytes
    .replace(/("?Event-Sequence"?: ?"?)\d+/g, '$1')
    .split(/Content-Length: \d+(?=\nContent-Type: text\/event-)/);
  return events;
}

describe('playing captured calls', () => {
  let replay: ReplaySwitch;
  let call: Capture;

  beforeAll(async () => {
    call = await openCapture(CALL);
  });
  beforeEach(async () => {
    replay = await ReplaySwitch.start();
  });
  afterEach(() => replay.stop());

  /** Plays as fast as possible to a client that hears everything; gives what it heard. */
  async function everythingHeard(capture: Capture, options = {}): Promise<readonly EventRecord[]> {
    const client = await RawEslClient.login(replay.port, 'event json ALL');
    const { eventsSent } = await replay.play(capture, { speed: Infinity, ...options });
    await client.until(() => client.events.length === eventsSent);
    return client.events;
  }

  it.each(['json', 'plain'] as const)(
    'sends what the real switch sent, byte for byte, in %s',
    async (format) => {
      const raw = gunzipSync(readFileSync(join(captureFolder(CALL), `${format}.raw.gz`))).toString();
      const core = headerText(call.events[0]?.record ?? {}, 'Core-UUID');
      const client = await RawEslClient.login(replay.port, `event ${format} ALL`);
      const { eventsSent } = await replay.play(call, { speed: Infinity, startAt: 'as-captured' });
      // greeting, two replies, the events
      await client.frameNumber(3 + eventsSent);
      const sent = comparableEvents(client.bytes.toString().replaceAll(replay.coreUuid, core));
      const real = comparableEvents(raw);
      expect(sent).toHaveLength(real.length);
      sent.forEach((event, index) => expect(event).toBe(real[index]));
    },
  );

  it('sends to each client what it has subscribed, and nothing else', async () => {
    const names = ['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_HANGUP_COMPLETE'];
    const calls = await RawEslClient.login(replay.port, `event json ${names.join(' ')}`);
    const queue = await RawEslClient.login(replay.port, 'event json CUSTOM callcenter::info');
    const filtered = await RawEslClient.login(replay.port, `event json ${names.join(' ')}`);
    await filtered.command('filter Call-Direction inbound');
    const silent = await RawEslClient.login(replay.port);
    await replay.play(await openCapture('callcenter-second-agent-answers'), { speed: Infinity });
    await Promise.all([calls, queue, filtered, silent].map((client) => client.api('version')));

    const { eventCounts } = groundTruth('callcenter-second-agent-answers');
    const count = (client: RawEslClient, name: string): number => client.events.filter(named(name)).length;
    expect(names.map((name) => count(calls, name))).toEqual(names.map((name) => eventCounts[name]));
    expect(calls.events.every(named(...names))).toBe(true);
    expect(queue.events).toHaveLength(eventCounts['CUSTOM callcenter::info'] ?? 0);
    expect(new Set(queue.events.map((event) => event['Event-Subclass']))).toEqual(
      new Set(['callcenter::info']),
    );
    expect(filtered.events.map((event) => event['Call-Direction'])).toEqual([
      'inbound',
      'inbound',
      'inbound',
    ]);
    expect(silent.events).toEqual([]);
  });

  it('no longer sends what is nixed, and nothing after noevents', async () => {
    const client = await RawEslClient.login(replay.port, 'event json CHANNEL_CREATE CHANNEL_ANSWER');
    await client.command('nixevent CHANNEL_CREATE');
    await replay.play(call, { speed: Infinity });
    await client.command('noevents');
    const heard = client.events.length;
    expect(client.events.map((event) => event['Event-Name'])).toEqual(['CHANNEL_ANSWER', 'CHANNEL_ANSWER']);
    await replay.play(call, { speed: Infinity });
    await client.api('version');
    expect(client.events).toHaveLength(heard);
  });

  it('takes a twentieth of the time at speed 20, and happens now', async () => {
    const lastsMs = (call.events.at(-1)?.receivedAtMs ?? 0) - (call.events[0]?.receivedAtMs ?? 0);
    const client = await RawEslClient.login(replay.port, 'event json ALL');
    const began = Date.now();
    await replay.play(call, { speed: 20 });
    const took = Date.now() - began;
    expect(took).toBeGreaterThanOrEqual(Math.floor(lastsMs / 20));
    expect(took).toBeLessThan(lastsMs / 2);
    const last = Number((await client.event('CHANNEL_DESTROY'))['Event-Date-Timestamp']) / 1000;
    expect(last).toBeLessThanOrEqual(began + took);
    expect(last).toBeGreaterThan(began - 2000);
  });

  it('begins at the moment it is told', async () => {
    const startAt = Date.parse('2027-03-01T12:00:00Z');
    const [first] = await everythingHeard(call, { startAt });
    expect(Number(first?.['Event-Date-Timestamp']) / 1000).toBeGreaterThan(startAt - 1000);
    expect(Number(first?.['Event-Date-Timestamp']) / 1000).toBeLessThanOrEqual(startAt);
    expect(first?.['Event-Date-Local']).toBe('2027-03-01 11:59:59');
  });

  it('twice at a time keeps each call whole, under one Core-UUID and one numbering', async () => {
    const client = await RawEslClient.login(replay.port, 'event json ALL');
    const transfer = await openCapture('attended-transfer-att_xfer');
    const plays = [
      { capture: call, uuidSalt: 'one' },
      { capture: call, uuidSalt: 'two' },
      { capture: transfer, uuidSalt: 'three' },
    ];
    const reports = await Promise.all(
      plays.map(({ capture, uuidSalt }) => replay.play(capture, { speed: 40, uuidSalt })),
    );
    const sent = reports.reduce((sum, { eventsSent }) => sum + eventsSent, 0);
    await client.until(() => client.events.length === sent);

    const numbers = sequences(client.events);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(new Set(client.events.map((event) => event['Core-UUID']))).toEqual(new Set([replay.coreUuid]));
    for (const { capture, uuidSalt } of plays) {
      const legs = new Set(
        capture.events.map(({ record }) => headerText(record, 'Unique-ID')).filter((id) => id !== ''),
      );
      const salted = new Set([...legs].map((leg) => saltedUuid(leg, uuidSalt)));
      const heard = client.events.filter((event) => salted.has(headerText(event, 'Unique-ID')));
      const captured = capture.events.filter(({ record }) => legs.has(headerText(record, 'Unique-ID')));
      expect(heard.map((event) => event['Event-Name'])).toEqual(
        captured.map(({ record }) => record['Event-Name']),
      );
    }
    const mixed = client.events.map((event) => headerText(event, 'Unique-ID'));
    expect(mixed.filter((leg, index) => leg !== mixed[index + 1]).length).toBeGreaterThan(3 * plays.length);
  });

  it('answers in the middle of a call from what has been played', async () => {
    const client = await RawEslClient.login(replay.port);
    const bridged = replay.nextEvent(named('CHANNEL_BRIDGE'));
    const playing = replay.play(call, {
      speed: Infinity,
      pauseAfter: named('CHANNEL_BRIDGE'),
      uuidSalt: 'x',
    });
    const uuid = headerText(await bridged, 'Unique-ID');

    const shown = JSON.parse(await client.api('show channels as json')) as {
      row_count: number;
      rows: Record<string, string>[];
    };
    expect(shown.row_count).toBe(2);
    expect(shown.rows[0]).toMatchObject({
      uuid,
      direction: 'inbound',
      initial_dest: '74951234567',
      initial_cid_num: '79161234567',
      initial_cid_name: 'Иван Петров',
      callstate: 'ACTIVE',
      call_uuid: uuid,
    });
    expect(shown.rows[1]).toMatchObject({
      direction: 'outbound',
      dest: '1001',
      presence_id: '1001@127.0.0.1',
      call_uuid: uuid,
    });
    expect(await client.api('show channels count')).toBe('\n2 total.\n');
    expect(await client.api('status')).toContain('\n2 session(s) - peak 2,');
    const dump = JSON.parse(await client.api(`uuid_dump ${uuid} json`)) as EventRecord;
    expect(dump).toMatchObject({
      'Event-Name': 'CHANNEL_DATA',
      'Core-UUID': replay.coreUuid,
      'Unique-ID': uuid,
      'Answer-State': 'answered',
      variable_sip_req_user: '74951234567',
    });
    expect(await client.api(`uuid_dump ${uuid}`)).toContain('\nvariable_sip_req_user: 74951234567\n');
    expect(await client.api(`uuid_exists ${uuid}`)).toBe('true');
    expect((await client.command(`sendmsg ${uuid}\ncall-command: hangup`)).head).toContain('+OK');

    replay.resume();
    await playing;
    expect(await client.api('show channels as json')).toBe('{"row_count": 0}\n');
    expect(await client.api(`uuid_exists ${uuid}`)).toBe('false');
    expect(await client.api(`uuid_dump ${uuid} json`)).toBe('-ERR No such channel!\n');
    expect(await client.api('global_getvar core_uuid')).toBe(replay.coreUuid);
  });

  it('shows the registrations it has played', async () => {
    const client = await RawEslClient.login(replay.port);
    expect(await client.api('sofia_contact 1001@127.0.0.1')).toBe('error/user_not_registered');
    await replay.play(call, { speed: Infinity, rename: { 1001: '2001' } });
    expect(await client.api('sofia_contact 2001@127.0.0.1')).toBe('sofia/internal/sip:2001@127.0.0.1:7101');
    expect(await client.api('show registrations')).toMatch(
      /^reg_user,realm,.*\n2001,127\.0\.0\.1,.*\n\n1 total\.\n$/,
    );
  });

  it('plays fifty calls at once without losing an event, and keeps their order', async () => {
    const fifty = await openCapture('fifty-concurrent-calls');
    const heard = await everythingHeard(fifty);
    const names = fifty.events.map(({ record }) => record['Event-Name']);
    expect(names).toContain('HEARTBEAT');
    expect(heard.map((event) => event['Event-Name'])).toEqual(names.filter((name) => name !== 'HEARTBEAT'));
    expect(sequences(heard)).toEqual(heard.map((_, index) => index + 1));
  });

  it('has a heart of its own', async () => {
    const lively = await ReplaySwitch.start({ heartbeatMs: 5 });
    const client = await RawEslClient.login(lively.port, 'event json HEARTBEAT');
    await client.until(() => client.events.length >= 3);
    await lively.stop();
    expect(client.events[0]).toMatchObject({ 'Event-Info': 'System Ready', 'Core-UUID': lively.coreUuid });
  });

  it('hands what only a test can answer to the test', async () => {
    const asked: unknown[] = [];
    const scripted = await ReplaySwitch.start({
      answers: {
        originate: (args, jobUuid) => {
          asked.push(args, jobUuid);
          return undefined;
        },
        uuid_transfer: () => '+OK\n',
        broken: () => {
          throw new Error('not today');
        },
        status: () => Promise.resolve('UP\n'),
      },
    });
    const client = await RawEslClient.login(scripted.port, 'event json BACKGROUND_JOB CUSTOM crm::test');
    const { head } = await client.command(
      'bgapi originate user/1001 &park()\nJob-UUID: 11111111-2222-4333-8444-555555555555',
    );
    expect(head).toContain(
      'Reply-Text: +OK Job-UUID: 11111111-2222-4333-8444-555555555555\nJob-UUID: 11111111-2222-4333-8444-555555555555',
    );
    expect(await client.api('uuid_transfer x 1001')).toBe('+OK\n');
    expect(await client.api('broken')).toBe('-ERR not today\n');
    expect(await client.api('status')).toBe('UP\n');
    await client.command('bgapi broken');
    expect(await client.event('BACKGROUND_JOB')).toMatchObject({
      'Job-Command': 'broken',
      _body: '-ERR not today\n',
    });
    expect(asked).toEqual(['user/1001 &park()', '11111111-2222-4333-8444-555555555555']);
    expect(client.events).toHaveLength(1);

    scripted.fire({ 'Event-Name': 'CUSTOM', 'Event-Subclass': 'crm::test', 'X-Note': 'да' });
    await client.command(
      'sendevent CUSTOM\nEvent-Subclass: crm::test\nContent-Length: 2\n\nда'.replace('2', '4'),
    );
    await client.until(() => client.events.length === 3);
    expect(client.events[1]).toMatchObject({ 'X-Note': 'да', 'Core-UUID': scripted.coreUuid });
    expect(client.events[2]).toMatchObject({ 'Event-Name': 'CUSTOM', _body: 'да' });
    await scripted.stop();
  });

  it('bears the name it is given', async () => {
    const other = await ReplaySwitch.start({ switchName: 'fs-two' });
    const client = await RawEslClient.login(other.port, 'event json CHANNEL_CREATE');
    await other.play(call, { speed: Infinity });
    expect(await client.event('CHANNEL_CREATE')).toMatchObject({ 'FreeSWITCH-Switchname': 'fs-two' });
    await other.stop();
  });
});
