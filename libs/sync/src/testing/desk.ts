import { PortalClient, type AddressCheck } from '@app/bitrix24';
import type { Call } from '@app/calls';
import { MemoryStore } from '../memory-store';
import { noLimits } from '../no-limits';
import type { FoundRecording, PortalSettings, SendWaitingDeps, SyncDeps } from '../ports';
import { syncCall, type SyncOutcome } from '../sync-call';
import { sendWaiting, type WaitingEnd } from '../waiting/send-waiting';
import { MemoryTurns } from './memory-turns';

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
  /** As the store has them by now: tests change them. */
  settings: PortalSettings;
  readonly deps: SendWaitingDeps;
  readonly turns = new MemoryTurns();
  /** What the recordings folder gives. */
  recording: FoundRecording = { kind: 'missing', detail: 'there is no such file' };
  readonly penalties: number[] = [];
  /** What was told of the portal as a whole. */
  readonly troubles: string[] = [];
  /** Calls that somebody else works on. */
  readonly heldByOthers = new Set<string>();
  /** Where a portal may be; without it renamed portals are not followed. */
  checkAddress: AddressCheck | undefined;
  /** Gives a new token for a stale one. */
  renew: (stale: string) => Promise<string> = () => Promise.reject(new Error('nobody renews tokens here'));

  constructor(
    private readonly portal: PortalInProcess,
    readonly clock: VirtualClock,
    changes: Partial<PortalSettings> = {},
    timeoutMs = 1000,
  ) {
    this.settings = portalSettings(portal.issueToken({ ttlSeconds: TOKEN_SECONDS }), changes);
    const { store, turns } = this;
    const limits = noLimits();
    this.deps = {
      store,
      turns,
      rate: {
        ...limits.rate,
        penalise: (_portalId, _egress, now) => {
          this.penalties.push(now);
          return Promise.resolve(now + 1500);
        },
      },
      gate: {
        ...limits.gate,
        enterAny: () => ({ leave: () => undefined, least: 'directory' }),
      },
      fence: {
        hold: async (_callId, work) => ({ held: true, value: await work() }),
        holdAll: (callIds, work) => work(callIds.filter((callId) => !this.heldByOthers.has(callId))),
      },
      tokens: { renew: (_portalId, stale) => this.renew(stale) },
      troubles: {
        report: (_portalId, error) => Promise.resolve(void this.troubles.push(error.kind)),
        moved: (_portalId, endpoint) => Promise.resolve(void this.troubles.push(endpoint)),
      },
      recordings: { open: () => Promise.resolve(this.recording) },
      openPortal: (onExchange) => this.#client(onExchange),
      timeouts: { cardMs: timeoutMs, requestMs: timeoutMs, uploadMs: timeoutMs },
      egress: 'test',
      now: () => clock.now(),
    };
  }

  /** Sends for those who wait, as one job of the queue does. */
  async sendWaiting(): Promise<WaitingEnd> {
    return sendWaiting(this.deps, this.settings.portalId);
  }

  /** One run, as one job of the queue makes it, and again for cards that were held back for a moment. */
  async sync(call: Call): Promise<SyncOutcome> {
    this.store.put(call, this.settings);
    for (;;) {
      const outcome = await syncCall(this.deps, call.callId);
      if (outcome.kind !== 'held') return outcome;
      this.clock.advance(outcome.until - this.clock.now());
    }
  }

  /** Runs until there is nothing to wait for any more, as the queue would: waits and delays pass at once. */
  async syncToTheEnd(call: Call): Promise<SyncOutcome> {
    for (let run = 0; run < 30; run += 1) {
      const outcome = await this.sync(call);
      if (outcome.kind === 'retry' || outcome.kind === 'listed') this.clock.advance(2000);
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
      checkAddress: this.checkAddress,
      now: () => this.clock.now(),
    });
  }
}
