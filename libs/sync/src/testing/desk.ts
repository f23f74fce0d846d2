import { PortalClient } from '@app/bitrix24';
import type { Call } from '@app/calls';
import { MemoryStore } from '../memory-store';
import type { FoundRecording, PortalSettings, RateSlot, SyncDeps } from '../ports';
import { syncCall, type SyncOutcome } from '../sync-call';

/** What a desk needs of a portal in this process: tests bring the fake one. */
interface PortalInProcess {
  issueToken(options: { readonly ttlSeconds: number }): string;
  asFetch(): typeof fetch;
}

/** Tests let weeks pass; refreshing tokens is not the business of this library. */
const TOKEN_SECONDS = 365 * 86_400;

interface VirtualClock {
  now(): number;
  advance(ms: number): void;
}

/** Users 1, 2, 3 with the phones 1001, 1002, 1003; user 9 answers for what is nobody's. */
export function portalSettings(accessToken: string, changes: Partial<PortalSettings> = {}): PortalSettings {
  return {
    portalId: 'portal-1',
    memberId: 'member-1',
    endpoint: 'https://company.example/rest/',
    accessToken,
    defaultUserId: 9,
    defaultRegion: 'RU',
    finishWhen: 'at-end',
    recordingUpload: 'two-step',
    anonymousNumber: '+10000000000',
    crm: { inbound: { create: true, source: 'CALL' }, outbound: { create: false, source: 'CALL' } },
    addToChat: { inbound: false, outbound: false },
    users: [1, 2, 3].map((userId) => ({ userId, extension: String(1000 + userId), cardPolicy: 'ringing' })),
    lines: [{ did: '+74951234567', lineNumber: 'line-1' }],
    ...changes,
  };
}

/** One worker at its desk: a store in memory, a portal in this process, and a clock that moves when it has to wait. */
export class Desk {
  readonly store = new MemoryStore();
  readonly settings: PortalSettings;
  readonly deps: SyncDeps;
  /** What the recordings folder gives. */
  recording: FoundRecording = { kind: 'missing', detail: 'there is no such file' };
  /** What the governor says to the next requests, until there is nothing left to say. */
  readonly slots: RateSlot[] = [];
  readonly penalties: number[] = [];

  constructor(
    private readonly portal: PortalInProcess,
    private readonly clock: VirtualClock,
    changes: Partial<PortalSettings> = {},
    timeoutMs = 1000,
  ) {
    this.settings = portalSettings(portal.issueToken({ ttlSeconds: TOKEN_SECONDS }), changes);
    const { store } = this;
    this.deps = {
      store,
      rate: {
        reserve: () => Promise.resolve(this.slots.shift() ?? { granted: true }),
        penalise: (_portalId, _egress, now) => {
          this.penalties.push(now);
          return Promise.resolve(now + 1500);
        },
      },
      gate: { enter: () => () => undefined },
      recordings: { open: () => Promise.resolve(this.recording) },
      openPortal: (onExchange) => this.#client(onExchange),
      timeouts: { cardMs: timeoutMs, requestMs: timeoutMs, uploadMs: timeoutMs },
      egress: 'test',
      now: () => clock.now(),
    };
  }

  /** One run, as one job of the queue makes it. */
  async sync(call: Call): Promise<SyncOutcome> {
    this.store.put(call, this.settings);
    return syncCall(this.deps, call.callId);
  }

  /** Runs until there is nothing to wait for any more, as the queue would: waits and delays pass at once. */
  async syncToTheEnd(call: Call): Promise<SyncOutcome> {
    for (let run = 0; run < 30; run += 1) {
      const outcome = await this.sync(call);
      if (outcome.kind === 'retry') this.clock.advance(2000);
      else if (outcome.kind === 'wait') this.clock.advance(outcome.until - this.clock.now());
      else return outcome;
    }
    throw new Error('it never ends');
  }

  #client(onExchange: Parameters<SyncDeps['openPortal']>[0]): PortalClient {
    return new PortalClient({
      fetch: this.portal.asFetch(),
      userAgent: 'connector-test/1.0',
      timeoutMs: 1000,
      onExchange,
      now: () => this.clock.now(),
    });
  }
}
