import { callFacts, isOver, type Call } from '@app/calls';
import { SwitchLink, type LinkState } from '@app/esl';
import { groundTruth, headerText, openCapture, ReplaySwitch, type EventRecord } from '@app/testkit';
import { callIdFor } from '../calls/call-id';
import { CallIntake } from '../calls/call-intake';
import { GroupCommit } from '../calls/group-commit';
import { SwitchFollower } from './switch-follower';

/** A gateway without a database: a real event socket on one side, committed calls in memory on the other. */
class GatewayInMemory {
  readonly calls = new Map<string, Call>();
  readonly anomalies: string[] = [];
  private readonly waiters: { wanted: (calls: readonly Call[]) => boolean; met: () => void }[] = [];
  private readonly link: SwitchLink;

  constructor(port: number) {
    const journal = {
      commit: (group: readonly { call: Call }[]) => {
        for (const { call } of group) this.calls.set(call.callId, call);
        this.check();
        return Promise.resolve();
      },
    };
    const ignore = {
      committed: () => undefined,
      unavailable: () => undefined,
      setAside: () => undefined,
      eventsDropped: () => undefined,
    };
    const commit = new GroupCommit(journal, ignore, { intervalMs: 1, retryMs: 10, mostEvents: 10_000 });
    const intake = new CallIntake(commit, {
      callIdFor,
      now: Date.now,
      onAnomaly: (anomaly) => this.anomalies.push(anomaly.kind),
    });
    const follower = new SwitchFollower('fs1', intake, {
      up: () => this.check(),
      down: () => undefined,
      event: () => undefined,
      anomaly: (_id, anomaly) => this.anomalies.push(anomaly.kind),
    });
    this.link = new SwitchLink(
      {
        switchId: 'fs1',
        host: '127.0.0.1',
        port,
        password: 'ClueCon',
        backoff: { minMs: 10, maxMs: 50, factor: 2, jitter: 0 },
      },
      follower,
    );
    this.link.start();
  }

  get state(): LinkState {
    return this.link.state;
  }

  /** Resolves when the committed calls are as wanted. */
  until(wanted: (calls: readonly Call[]) => boolean): Promise<void> {
    return new Promise((met) => {
      this.waiters.push({ wanted, met });
      this.check();
    });
  }

  stop(): Promise<void> {
    return this.link.stop();
  }

  private check(): void {
    const calls = [...this.calls.values()];
    for (const waiter of this.waiters) if (waiter.wanted(calls)) waiter.met();
  }
}

const isDone = (calls: readonly Call[]) => calls.length > 0 && calls.every(isOver);
const factsOf = (gateway: GatewayInMemory) =>
  [...gateway.calls.values()].filter((call) => !call.mergedInto).map((call) => callFacts(call, 0));

describe('the gateway follows a switch', () => {
  let fs: ReplaySwitch;
  let gateway: GatewayInMemory;

  beforeEach(async () => {
    fs = await ReplaySwitch.start({});
    gateway = new GatewayInMemory(fs.port);
    await fs.subscribed('CHANNEL_CREATE');
  });

  afterEach(async () => {
    await gateway.stop();
    await fs.stop();
  });

  it('a group call that the second phone answers becomes one committed call', async () => {
    const capture = await openCapture('simultaneous-ring-second-answers');
    await fs.play(capture, { speed: Infinity });
    await gateway.until(isDone);
    expect(factsOf(gateway)).toMatchObject([{ outcome: 'answered', answeredByExtension: '1002' }]);
    expect(factsOf(gateway)[0]?.talkSeconds).toBeCloseTo(
      groundTruth(capture.name).expected.talkSeconds ?? 0,
      0,
    );
  });

  it('a hostile caller name harms nobody: both calls are there, the name on one line', async () => {
    await fs.play(await openCapture('caller-name-injection'), { speed: Infinity });
    await gateway.until((calls) => calls.length === 2 && isDone(calls));
    expect(factsOf(gateway).map((facts) => facts.externalName)).toEqual([
      expect.stringMatching(/^Evil Hangup-Cause: FAKE Content-Length: 5 "quoted"[^\n]*$/),
      expect.stringMatching(/^Ж+$/),
    ]);
  });

  it('the connection is lost in mid-call: the call goes on when it is back, and ends once', async () => {
    const playing = fs.play(await openCapture('inbound-answered-caller-hangs-up'), {
      speed: 20,
      pauseAfter: isBridge,
    });
    await fs.nextEvent(isBridge);
    await gateway.until((calls) => calls.some((call) => call.bridges.length > 0));
    fs.dropConnections('rst');
    await fs.subscribed('CHANNEL_CREATE');
    fs.resume();
    await playing;
    await gateway.until(isDone);
    expect(factsOf(gateway)).toMatchObject([
      { outcome: 'answered', answeredByExtension: '1001', hungUpBy: 'caller' },
    ]);
  });

  it('we come in mid-call: the call is learnt from the listing of channels', async () => {
    await gateway.stop();
    const playing = fs.play(await openCapture('inbound-answered-caller-hangs-up'), {
      speed: 20,
      pauseAfter: isBridge,
    });
    await fs.nextEvent(isBridge);
    gateway = new GatewayInMemory(fs.port);
    await gateway.until((calls) => calls.some((call) => call.bridges.length > 0));
    fs.resume();
    await playing;
    await gateway.until(isDone);
    expect(factsOf(gateway)).toMatchObject([
      {
        direction: 'inbound',
        externalNumber: '79161234567',
        did: '74951234567',
        outcome: 'answered',
        answeredByExtension: '1001',
      },
    ]);
  });

  it('the switch dies: its calls are lost, and a call after its restart is a new one', async () => {
    let life = fs.coreUuid;
    const isFirstOfLife = (record: EventRecord) => {
      const before = life;
      life = headerText(record, 'Core-UUID');
      return life !== before;
    };
    const capture = await openCapture('switch-crash-midcall');
    const playing = fs.play(capture, { speed: 50, pauseAfter: isFirstOfLife });
    const { coreUuid } = fs;
    await fs.nextEvent((record) => headerText(record, 'Core-UUID') !== coreUuid);
    // At this speed the call would be over before a gateway on a busy machine is back.
    await fs.subscribed('CHANNEL_CREATE');
    fs.resume();
    await playing;
    await gateway.until((calls) => calls.length === 4 && isDone(calls));
    expect(
      factsOf(gateway)
        .map((facts) => facts.outcome)
        .sort(),
    ).toEqual(['answered', 'lost', 'lost', 'lost']);
  });

  const isBridge = (record: Readonly<Record<string, unknown>>) => record['Event-Name'] === 'CHANNEL_BRIDGE';
});
