import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureFolder, listCaptures, openCapture } from '../../captured-calls/capture-library';
import { eventMicroseconds, type EventRecord } from '../../captured-calls/captured-event';
import { Registrations } from './registrations';
import { SwitchState } from './switch-state';

/** Fifty calls are 16 MB of events: some seconds on a busy machine. */
jest.setTimeout(30_000);

const CALL = 'inbound-answered-caller-hangs-up';
const dumps = JSON.parse(readFileSync(join(captureFolder(CALL), 'uuid_dump.json'), 'utf8')) as {
  label: string;
  at_epoch_ms: number;
  reply: Record<string, string | string[]>;
}[];

/** Without what every event has. */
function ofTheChannel(record: EventRecord): EventRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([header]) => !/^(Event-|Core-UUID|FreeSWITCH-)/.test(header)),
  );
}

describe('the state of the switch', () => {
  it.each(dumps)(
    'has the data of a channel as uuid_dump gives it: $label',
    async ({ at_epoch_ms, reply }) => {
      const state = new SwitchState(new Registrations());
      for (const { record } of (await openCapture(CALL)).events) {
        if (eventMicroseconds(record) / 1000 <= at_epoch_ms) state.apply(record);
      }
      const data = state.channelData(String(reply['Unique-ID'])) ?? {};
      expect(data).toEqual(ofTheChannel(reply));
      expect(Object.keys(data)).toEqual(Object.keys(ofTheChannel(reply)));
    },
  );

  it('takes newer headers from events without variables', async () => {
    const state = new SwitchState(new Registrations());
    const { events } = await openCapture(CALL);
    const answered = events.findIndex(({ record }) => record['Answer-State'] === 'answered');
    const stateChange = events.findIndex(
      ({ record }, index) => index > answered && record['Event-Name'] === 'CHANNEL_CALLSTATE',
    );
    events.slice(0, stateChange + 1).forEach(({ record }) => state.apply(record));
    const data = state.channelData(String(events[stateChange]?.record['Unique-ID']));
    expect(data).toMatchObject({ 'Channel-Call-State': 'ACTIVE', variable_dialed_user: '1001' });
  });

  it('counts the sessions of fifty calls at once', async () => {
    const state = new SwitchState(new Registrations());
    let alive = 0;
    let peak = 0;
    for (const { record } of (await openCapture('fifty-concurrent-calls')).events) {
      if (record['Event-Name'] === 'CHANNEL_CREATE') alive += 1;
      if (record['Event-Name'] === 'CHANNEL_DESTROY') alive -= 1;
      peak = Math.max(peak, alive);
      state.apply(record);
    }
    expect(peak).toBeGreaterThan(90);
    expect(state.counts).toEqual({ now: 0, sinceStartup: 100, peak });
  });

  it.each(listCaptures().filter((name) => !name.startsWith('switch-')))('ends empty: %s', async (name) => {
    const state = new SwitchState(new Registrations());
    (await openCapture(name)).events.forEach(({ record }) => state.apply(record));
    expect(state.table.rows()).toEqual([]);
    expect(state.counts.now).toBe(0);
  });

  it('keeps who is registered', async () => {
    const registrations = new Registrations();
    const state = new SwitchState(registrations);
    (await openCapture(CALL)).events.forEach(({ record }) => state.apply(record));
    expect(registrations.rows()).toEqual([
      {
        reg_user: '1001',
        realm: '127.0.0.1',
        token: 'htpw1fqxvscw5j',
        url: 'sofia/internal/sip:1001@127.0.0.1:7101',
        expires: String(1795344460 + 3600),
        network_ip: '127.0.0.1',
        network_port: '7101',
        network_proto: 'udp',
        hostname: 'fscorpus',
        metadata: '',
      },
    ]);
    state.apply({
      'Event-Name': 'CUSTOM',
      'Event-Subclass': 'sofia::unregister',
      'from-user': '1001',
      'from-host': '127.0.0.1',
    });
    expect(registrations.contact('1001@127.0.0.1')).toBeUndefined();
  });
});
