import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortalClient } from '@app/bitrix24';
import { callFacts, Switchboard, type Call, type Change } from '@app/calls';
import { observeEvent } from '@app/observe';
import {
  CALLS_AS_USUAL,
  MemoryStore,
  noLimits,
  syncCall,
  type CallSettings,
  type PortalSettings,
  type SyncDeps,
} from '@app/sync';
import { companyOf, FakePortal, ManualClock, writeRecording, type Capture } from '@app/testkit';
import { decodeCapture } from './decode-capture';
import { reportCall, type ReportedCall } from './report-call';

/** Something that the stream should not have told, or that could not be filed. */
export interface ReplayAnomaly {
  readonly kind: string;
  readonly detail: string;
}

export interface Replay {
  readonly calls: readonly ReportedCall[];
  readonly anomalies: readonly ReplayAnomaly[];
}

const SWITCH_ID = 'replay';
/** The portal's users: USER_ID N has the internal number 1000 + N. */
const USERS = Array.from({ length: 18 }, (_, index) => ({
  userId: index + 1,
  extension: String(1001 + index),
}));
/** Well below the hour that an access token lives. */
const TOKEN_LIFE_MS = 30 * 60 * 1000;

/**
 * Pushes a captured stream through the real decoder, the domain and the real synchronisation against a fake portal, in
 * this process and in virtual time: the clock stands where the last event left it, and after each event the portal is
 * brought to rest, answering at once.
 *
 * @param calls where the portal's settings differ from what is usual
 */
export async function replayCalls(capture: Capture, calls: Partial<CallSettings> = {}): Promise<Replay> {
  const directory = await mkdtemp(join(tmpdir(), 'connector-replay-'));
  try {
    const recording = join(directory, 'recording.wav');
    writeRecording(recording, { seconds: 1 });
    return await new ReplayRun(capture, recording, calls).run();
  } finally {
    await rm(directory, { recursive: true });
  }
}

class ReplayRun {
  private readonly clock = new ManualClock(0);
  private readonly board = new Switchboard({ callIdFor: (channelUuid) => channelUuid });
  private readonly store = new MemoryStore();
  private readonly portal = new FakePortal({
    company: companyOf({ extensions: USERS.map(({ extension }) => extension) }),
    clock: this.clock,
    rateLimit: false,
  });
  private readonly deps: SyncDeps;
  private readonly calls = new Map<string, Call>();
  /** Every DID of the stream is a line of the portal. */
  private readonly dids = new Set<string>();
  /** When to look at a call again, epoch ms. */
  private readonly due = new Map<string, number>();
  private readonly anomalies: ReplayAnomaly[] = [];
  private token = { value: '', issuedAt: -Infinity };

  constructor(
    private readonly capture: Capture,
    recording: string,
    private readonly wishes: Partial<CallSettings>,
  ) {
    const fetch = this.portal.asFetch();
    this.deps = {
      store: this.store,
      ...noLimits(),
      tokens: { renew: () => Promise.reject(new Error('tokens of a replay do not expire')) },
      troubles: { report: () => Promise.resolve(), moved: () => Promise.resolve() },
      recordings: {
        open: () => Promise.resolve({ kind: 'file', localPath: recording, bytes: 44 + 32_000, torn: false }),
      },
      openPortal: (onExchange) =>
        new PortalClient({ fetch, userAgent: 'connector-replay', timeoutMs: 60_000, onExchange }),
      timeouts: { cardMs: 60_000, requestMs: 60_000, uploadMs: 60_000 },
      egress: 'replay',
      now: () => this.now,
    };
  }

  async run(): Promise<Replay> {
    for (const item of decodeCapture(this.capture)) {
      if (item.kind === 'reconnected') {
        await this.apply(this.board.reconcile(new Set(), item.coreUuid));
        continue;
      }
      const { event } = item;
      await this.advanceTo(event.timestampMs);
      const observations = observeEvent(event, SWITCH_ID);
      if (observations.length === 0) {
        await this.apply(this.board.heard(event.coreUuid, { at: event.timestampMs, seq: event.sequence }));
      }
      for (const seen of observations) {
        const { changes, anomalies } = this.board.take(seen);
        for (const { kind, channelUuid, observation } of anomalies)
          this.note(kind, `${observation} of ${channelUuid}`);
        await this.apply(changes);
      }
    }
    await this.advanceTo(Infinity);
    await this.endOpenCalls();
    return { calls: this.report(), anomalies: this.anomalies };
  }

  /** A stream that stops in mid-call is like a switch that dies. */
  private async endOpenCalls(): Promise<void> {
    for (const call of this.board.openCalls()) this.note('open-at-end-of-stream', `call ${call.callId}`);
    await this.apply(this.board.reconcile(new Set(), 'end of stream'));
  }

  private async apply(changes: readonly Change[]): Promise<void> {
    for (const { call } of changes) {
      this.calls.set(call.callId, call);
      const { did } = callFacts(call, this.now);
      if (did !== undefined) this.dids.add(did);
      this.store.put(call, this.settings());
    }
    for (const { call } of changes) await this.sync(call.callId);
  }

  /** Virtual: epoch ms of the newest event so far. */
  private get now(): number {
    return this.clock.now();
  }

  /** Lets the time pass until then; who has to be looked at again meanwhile is. Without an end: until nobody is left. */
  private async advanceTo(then: number): Promise<void> {
    for (;;) {
      const [next] = [...this.due].sort(([, a], [, b]) => a - b);
      if (!next || next[1] > then) break;
      const [callId, at] = next;
      this.due.delete(callId);
      this.clock.advance(Math.max(0, at - this.now));
      await this.sync(callId);
    }
    if (Number.isFinite(then)) this.clock.advance(Math.max(0, then - this.now));
  }

  private async sync(callId: string): Promise<void> {
    this.due.delete(callId);
    const outcome = await syncCall(this.deps, callId);
    if (outcome.kind === 'held') this.due.set(callId, outcome.until);
    if (outcome.kind === 'stuck') this.note('stuck', `call ${callId}: ${outcome.reason}`);
    if (outcome.kind === 'retry') this.note('not-filed', `call ${callId}: ${outcome.error.message}`);
  }

  private note(kind: string, detail: string): void {
    this.anomalies.push({ kind, detail });
  }

  private report(): ReportedCall[] {
    const shown = [...this.calls.values()].filter((call) => call.mergedInto === undefined);
    return shown.map((call) => reportCall(call, this.now, this.requestsOf(call)));
  }

  /** A call that became part of this one may have asked for something before. */
  private requestsOf(call: Call) {
    const callIds = new Set([call.callId, ...call.absorbed]);
    return this.store.ledger
      .filter((entry) => callIds.has(entry.callId) && entry.method !== 'upload')
      .map(({ method, params }) => ({ method, params: params as Readonly<Record<string, unknown>> }));
  }

  private settings(): PortalSettings {
    return {
      portalId: 'replay',
      memberId: 'replay',
      endpoint: 'https://portal.example/rest/',
      accessToken: this.freshToken(),
      defaultUserId: 1,
      defaultRegion: 'RU',
      finishWhen: 'at-end',
      recordingUpload: 'two-step',
      anonymousNumber: '00000000',
      crm: { inbound: { create: true, source: 'CALL' }, outbound: { create: false, source: 'CALL' } },
      addToChat: { inbound: true, outbound: true },
      calls: { ...CALLS_AS_USUAL, ...this.wishes },
      users: USERS.map((user) => ({ ...user, cardPolicy: 'ringing' })),
      lines: [...this.dids].map((did) => ({ did, lineNumber: did })),
    };
  }

  private freshToken(): string {
    if (this.now - this.token.issuedAt > TOKEN_LIFE_MS)
      this.token = { value: this.portal.issueToken(), issuedAt: this.now };
    return this.token.value;
  }
}
