import { protocolSamples, type ProtocolSample } from '../captured-calls/capture-library';
import { ManualReplayClock } from './clock';
import { RawEslClient } from './raw-esl-client';
import { ReplaySwitch } from './replay-switch';

/** 2026-11-22 11:17:24 UTC, the second at which the real switch was asked for the time. */
const ASKED_AT = 1_795_346_244_000;
const HEARTBEAT_MS = 20_000;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * What differs from run to run and switch to switch: ids, times, counters, so all digits; and the answer about
 * registrations, which holds made-up Call-IDs (its form is tested below).
 */
function comparable(text: string): string {
  return text
    .replace(/\{"row_count":6,"rows":.*\]\}/, 'REGISTRATIONS')
    .replace(UUID, 'UUID')
    .replace(/\d+/g, 'N');
}

function frames(text: string): number {
  return text.split(/Content-Type: /).length - 1;
}

describe('the event socket answers as the real switch did', () => {
  let clock: ManualReplayClock;
  let replay: ReplaySwitch;
  let client: RawEslClient;

  beforeEach(async () => {
    clock = new ManualReplayClock(ASKED_AT);
    replay = await ReplaySwitch.start({
      clock,
      heartbeatMs: HEARTBEAT_MS,
      registered: ['1001', '1002', '1003', '1004', '1005', '1006'].map(
        (extension) => `${extension}@127.0.0.1`,
      ),
      // what only a real directory and a real gateway know
      answers: {
        user_exists: () => 'true',
        originate: (args) =>
          `-ERR ${args.startsWith('user/1009') ? 'USER_NOT_REGISTERED' : 'INVALID_GATEWAY'}\n`,
      },
    });
    client = await RawEslClient.connect(replay.port);
  });
  afterEach(async () => {
    client.close();
    await replay.stop();
  });

  /** Sends one command of a sample, gives what came for it. */
  async function exchange(step: ProtocolSample['exchange'][number]): Promise<string> {
    const [framesBefore, bytesBefore] = [client.frames.length, step.sent === null ? 0 : client.bytes.length];
    if (step.sent !== null) client.write(step.sent);
    for (const _heartbeat of step.received.matchAll(/^Event-Name: HEARTBEAT|<Event-Name>HEARTBEAT/gm)) {
      await replay.subscribed('HEARTBEAT');
      clock.advance(HEARTBEAT_MS);
    }
    await client.until(
      () => client.frames.length >= frames(step.received) + (step.sent === null ? 0 : framesBefore),
    );
    return client.bytes.subarray(bytesBefore).toString();
  }

  it.each(protocolSamples())('$name', async ({ exchange: steps }) => {
    for (const step of steps) {
      const received = await exchange(step);
      expect({ sent: step.sent, received: comparable(received) }).toEqual({
        sent: step.sent,
        received: comparable(step.received),
      });
      if (step.closed === true) expect(await client.ended).toBe('fin');
    }
  });

  it('with registrations of the same form', async () => {
    const sample = protocolSamples().flatMap(({ exchange: steps }) => steps);
    const real = sample.find(({ sent }) => sent === 'api show registrations as json\n\n')?.received ?? '';
    const { rows: realRows } = JSON.parse(real.slice(real.indexOf('{'))) as {
      rows: Record<string, string>[];
    };
    await client.frameNumber(1);
    await client.command('auth ClueCon');
    const { rows } = JSON.parse(await client.api('show registrations as json')) as {
      rows: Record<string, string>[];
    };
    expect(rows.map(({ reg_user, realm }) => [reg_user, realm])).toEqual(
      realRows.map(({ reg_user, realm }) => [reg_user, realm]),
    );
    expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(realRows[0] ?? {}));
    expect(await client.api('strftime')).toBe('2026-11-22 11:17:24');
  });
});
