import { openCapture } from '../../captured-calls/capture-library';
import type { Capture } from '../../captured-calls/captured-event';
import { ManualReplayClock } from '../clock';
import { Player, type Pace, type PlayReport } from './player';

/** Lets everything run that is due now. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a player', () => {
  let capture: Capture;
  let clock: ManualReplayClock;
  let played: number[];
  let player: Player;
  let playing: Promise<PlayReport>;

  beforeAll(async () => {
    capture = await openCapture('inbound-answered-caller-hangs-up');
  });

  function start(pace: Pace): void {
    clock = new ManualReplayClock(1_000_000);
    played = [];
    player = new Player(capture, pace, clock, {
      event: ({ receivedAtMs, record }) => {
        played.push(receivedAtMs);
        return record;
      },
      marker: () => Promise.resolve(),
      drained: () => Promise.resolve(),
    });
    playing = player.run();
  }

  /** Arrival times of the capture up to so many ms after its first event. */
  function until(ms: number): number[] {
    const arrivals = capture.events.map(({ receivedAtMs }) => receivedAtMs);
    return arrivals.filter((at) => at - (arrivals[0] ?? 0) <= ms);
  }

  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await turn();
  }

  it.each([1, 10, 0.5])('keeps the pauses of the capture, at speed %d', async (speed) => {
    start({ speed });
    await turn();
    expect(played).toEqual(until(0));
    for (const capturedMs of [20, 100, 1600, 3000, 5600]) {
      await pass(1_000_000 + capturedMs / speed - clock.now());
      expect(played).toEqual(until(capturedMs));
    }
    await pass(60_000 / speed);
    expect(await playing).toEqual({ eventsSent: capture.events.length, cut: false });
  });

  it('plays without any pause at infinite speed', async () => {
    start({ speed: Infinity });
    expect(await playing).toEqual({ eventsSent: capture.events.length, cut: false });
    expect(clock.now()).toBe(1_000_000);
  });

  it('stands still while it is paused, and goes on where it was', async () => {
    start({ speed: 1 });
    await turn();
    await pass(1000);
    player.pause();
    await pass(3_600_000);
    expect(played).toEqual(until(1000));
    player.resume();
    await pass(500);
    expect(played).toEqual(until(1500));
    await pass(50);
    expect(played).toEqual(until(1550));
    expect(until(1550).length).toBeGreaterThan(until(1500).length);
    player.cut();
    await playing;
  });

  it('pauses by itself after the event that was named', async () => {
    start({ speed: Infinity, pauseAfter: (record) => record['Event-Name'] === 'CHANNEL_BRIDGE' });
    await turn();
    const bridge = capture.events.findIndex(({ record }) => record['Event-Name'] === 'CHANNEL_BRIDGE');
    expect(played).toHaveLength(bridge + 1);
    player.resume();
    expect(await playing).toEqual({ eventsSent: capture.events.length, cut: false });
  });

  it.each(['waiting', 'paused'])('can be cut off while it is %s', async (mode) => {
    start({ speed: 1 });
    await turn();
    if (mode === 'paused') player.pause();
    player.cut();
    expect(await playing).toEqual({ eventsSent: until(0).length, cut: true });
  });
});
