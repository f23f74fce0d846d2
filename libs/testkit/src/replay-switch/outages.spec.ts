import { openCapture } from '../captured-calls/capture-library';
import { headerText, type Capture, type EventRecord } from '../captured-calls/captured-event';
import { ManualReplayClock } from './clock';
import { RawEslClient } from './raw-esl-client';
import { ReplaySwitch } from './replay-switch';

function named(name: string): (record: EventRecord) => boolean {
  return (record) => headerText(record, 'Event-Name') === name;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('when the connection or the switch is lost', () => {
  let replay: ReplaySwitch;
  let call: Capture;
  let clock: ManualReplayClock;

  beforeAll(async () => {
    call = await openCapture('inbound-answered-caller-hangs-up');
  });
  beforeEach(async () => {
    clock = new ManualReplayClock(1_800_000_000_000);
    replay = await ReplaySwitch.start({ clock, heartbeatMs: 0 });
  });
  afterEach(() => replay.stop());

  /** Plays up to the moment two people talk. */
  async function talk(): Promise<{ playing: ReturnType<ReplaySwitch['play']> }> {
    const bridged = replay.nextEvent(named('CHANNEL_BRIDGE'));
    const playing = replay.play(call, { speed: Infinity, pauseAfter: named('CHANNEL_BRIDGE') });
    await bridged;
    return { playing };
  }

  it.each(['fin', 'rst'] as const)('the calls go on for whoever comes back (%s)', async (how) => {
    const before = await RawEslClient.login(replay.port, 'event json ALL');
    const { playing } = await talk();
    const { coreUuid } = replay;
    await before.event('CHANNEL_BRIDGE');
    replay.dropConnections(how);
    expect(await before.ended).toBe(how);

    const updated = replay.nextEvent(named('CALL_UPDATE'));
    replay.resume();
    await updated;
    const after = await RawEslClient.login(replay.port, 'event json ALL');
    await playing;
    await replay.play(call, { speed: Infinity, uuidSalt: 'next' });
    const destroyed = await after.event('CHANNEL_DESTROY');
    expect(destroyed['Core-UUID']).toBe(coreUuid);
    const heard = [before, after].flatMap((client) =>
      client.events.map((event) => Number(event['Event-Sequence'])),
    );
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(new Set(heard).size).toBe(heard.length);
    expect(heard.length).toBeLessThan(2 * call.events.length);
  });

  it('a restart leaves no channel, a new Core-UUID and a numbering from 1', async () => {
    const before = await RawEslClient.login(replay.port, 'event json ALL');
    const { playing } = await talk();
    const { coreUuid, port } = replay;
    await replay.restart();
    expect(await before.ended).toBe('fin');
    expect(await playing).toMatchObject({ cut: true });
    expect(replay.port).toBe(port);
    expect(replay.coreUuid).not.toBe(coreUuid);

    const after = await RawEslClient.login(port, 'event json ALL');
    expect(await after.api('show channels as json')).toBe('{"row_count": 0}\n');
    expect(await after.api('status')).toContain('\n0 session(s) since startup\n');
    await replay.play(call, { speed: Infinity });
    expect((await after.event('CHANNEL_CREATE'))['Core-UUID']).toBe(replay.coreUuid);
    expect(after.events[0]?.['Event-Sequence']).toBe('1');
  });

  it('a switch that is down refuses connections and plays nothing', async () => {
    const { port } = replay;
    const restarting = replay.restart({ downMs: 5000 });
    await expect(RawEslClient.connect(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(replay.play(call)).rejects.toThrow('the replay switch is down');
    clock.advance(5000);
    await restarting;
    expect((await RawEslClient.login(port)).frames).toHaveLength(2);
  });

  it('a captured crash is one: the socket ends, calls never do, and another core comes up', async () => {
    const crash = await openCapture('switch-crash-midcall');
    const before = await RawEslClient.login(replay.port, 'event json ALL');
    const { coreUuid, port } = replay;
    const playing = replay.play(crash, { speed: 1 });
    const bystander = replay.play(call, { speed: 0.1, uuidSalt: 'bystander' });
    const began = crash.timeline[0]?.receivedAtMs ?? 0;
    for (const until of [1000, 2000, 3000, 3480]) {
      clock.advance(until - began + 1_800_000_000_000 - clock.now());
      await turn();
    }
    expect(await before.ended).toBe('fin');
    expect(before.events.filter(named('CHANNEL_CREATE'))).toHaveLength(6 + 2);
    expect(before.events.filter(named('CHANNEL_HANGUP_COMPLETE'))).toEqual([]);
    expect(await bystander).toMatchObject({ cut: true });
    await expect(RawEslClient.connect(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    clock.advance(7300 - 3480);
    await turn();
    await turn();
    const after = await RawEslClient.login(port, 'event json ALL');
    expect(replay.coreUuid).not.toBe(coreUuid);
    expect(await after.api('show channels as json')).toBe('{"row_count": 0}\n');
    clock.advance(60_000);
    expect(await playing).toMatchObject({ cut: false });
    const hungUp = await after.event('CHANNEL_HANGUP_COMPLETE');
    expect(hungUp).toMatchObject({ 'Core-UUID': replay.coreUuid, variable_sip_from_user: '79161234570' });
  });

  it('a captured shutdown says goodbye first', async () => {
    const shutdown = await openCapture('switch-graceful-shutdown-midcall');
    const client = await RawEslClient.login(
      replay.port,
      'event json SHUTDOWN CHANNEL_HANGUP_COMPLETE RECORD_STOP',
    );
    await replay.play(shutdown, { speed: Infinity });
    expect(await client.ended).toBe('fin');
    expect(client.frames.at(-1)).toMatchObject({
      contentType: 'text/disconnect-notice',
      body: 'The system is being shut down.\n',
    });
    expect(client.events.map((event) => event['Hangup-Cause'] ?? event['Event-Name'])).toEqual([
      'SHUTDOWN',
      ...Array<string>(5).fill('SYSTEM_SHUTDOWN'),
    ]);
  });

  it('a stopped switch cuts its plays, ends its connections and tells who still waits', async () => {
    const client = await RawEslClient.login(replay.port);
    const { playing } = await talk();
    const waiting = replay.nextEvent(() => true);
    const refused = expect(waiting).rejects.toThrow('the replay switch was stopped');
    await replay.stop();
    await refused;
    expect(await playing).toMatchObject({ cut: true });
    expect(await client.ended).toMatch(/fin|rst/);
    await expect(replay.play(call)).rejects.toThrow('the replay switch is down');
    await expect(RawEslClient.connect(replay.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
