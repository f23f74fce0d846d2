import type { Job } from 'bullmq';
import type { Logger } from '@app/observability';
import {
  ringDoorbell,
  ringPortal,
  syncCallQueue,
  type DoorbellQueue,
  type PortalBell,
  type SyncCallJob,
} from '@app/queues';
import { syncCall, type CallFence, type SyncDeps, type SyncOutcome } from '@app/sync';
import type { JobProcessor } from '../jobs/job-processor';
import { putAside } from '../jobs/put-aside';

/** A longer wait is noted down in Postgres and the job ends: a lost queue must not lose a wait of hours. */
const LONGEST_DELAY_MS = 30_000;

/** Somebody else works on the call, or froze over it. */
const FENCE_DELAY_MS = 500;

/** Whom a run may have to ring for. */
export interface Bells {
  readonly calls: DoorbellQueue;
  readonly portals: PortalBell;
}

/** What a run means for its job. */
type JobEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'delay'; readonly until: number; readonly version: number }
  | { readonly kind: 'fail'; readonly error: TryAgain };

/** Has BullMQ try the job again. */
class TryAgain extends Error {
  override readonly name = 'TryAgain';

  /** @param version of the call that was looked at */
  constructor(
    readonly version: number,
    cause: Error,
  ) {
    super(cause.message, { cause });
  }
}

/**
 * Works a call's doorbell off: one run of `syncCall`, under the call's fence. BullMQ does all trying again: by its
 * delays where it takes seconds, by the sweeper and a note in Postgres where it takes longer.
 */
export class SyncCallProcessor implements JobProcessor<SyncCallJob> {
  readonly queue = syncCallQueue;

  constructor(
    private readonly deps: SyncDeps,
    private readonly fence: CallFence,
    private readonly bells: Bells,
    private readonly log: Logger,
    readonly concurrency: number,
  ) {}

  async process(job: Job<SyncCallJob>, token: string | undefined, stop: AbortSignal): Promise<void> {
    const { callId } = job.data;
    const run = await this.fence.hold(callId, async () =>
      this.#end(job, await syncCall(this.deps, callId, stop)),
    );
    if (!run.held) return putAside(job, token, this.deps.now() + FENCE_DELAY_MS * (1 + Math.random()));
    const end = run.value;
    switch (end.kind) {
      case 'done':
        return;
      case 'delay':
        return putAside(job, token, end.until, () => this.#hearMissedRing(callId, end.version));
      case 'fail':
        throw end.error;
    }
  }

  failed(job: Job<SyncCallJob>, error: Error): void {
    const { callId } = job.data;
    this.log.warn({ callId, attempt: job.attemptsMade, err: error }, 'a call could not be synchronised');
    if (error instanceof TryAgain) void this.#hearMissedRing(callId, error.version);
  }

  async #end(job: Job<SyncCallJob>, outcome: SyncOutcome): Promise<JobEnd> {
    const { callId } = job.data;
    switch (outcome.kind) {
      case 'listed':
        if (outcome.isFirst) await this.#ringPortal(outcome.portalId);
        return { kind: 'done' };
      case 'held':
        return { ...outcome, kind: 'delay' };
      case 'wait':
        if (outcome.until - this.deps.now() <= LONGEST_DELAY_MS) return { ...outcome, kind: 'delay' };
        await this.#lookAgainAt(callId, outcome, outcome.until);
        return { kind: 'done' };
      case 'retry': {
        const isLastTry = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
        if (!isLastTry) return { kind: 'fail', error: new TryAgain(outcome.version, outcome.error) };
        await this.#lookAgainAt(callId, outcome, outcome.lookAgainAt);
        return { kind: 'done' };
      }
      case 'interrupted':
        return { kind: 'delay', until: this.deps.now(), version: outcome.version };
      case 'stuck':
        this.log.error({ callId, reason: outcome.reason }, 'a call is stuck: a person must look');
        return { kind: 'done' };
      case 'settled':
      case 'agreed':
      case 'no-portal':
      case 'unknown-call':
        this.log.debug({ callId, outcome: outcome.kind }, 'a call is synchronised');
        return { kind: 'done' };
    }
  }

  async #lookAgainAt(
    callId: string,
    outcome: Extract<SyncOutcome, { kind: 'wait' | 'retry' }>,
    notBefore: number,
  ): Promise<void> {
    const { version, error } = outcome;
    const problem = error.message;
    this.log.warn({ callId, notBefore: new Date(notBefore).toISOString(), err: error }, 'a call has to wait');
    await this.deps.store.markSynced({ callId, version, settled: false, notBefore, problem });
  }

  /** The step waits in the database: a ring that is lost costs it the time until the next sweep. */
  async #ringPortal(portalId: string): Promise<void> {
    await ringPortal(this.bells.portals, portalId).catch((error: unknown) =>
      this.log.warn({ portalId, err: error }, 'nobody was rung for a step that waits'),
    );
  }

  /**
   * BullMQ keeps a ring that came during the run for the end of the job, and a job that is put aside has not ended. So
   * whoever puts a job aside looks whether it missed one; a ring that comes later gets through by itself.
   */
  async #hearMissedRing(callId: string, version: number): Promise<void> {
    try {
      const found = await this.deps.store.load(callId);
      if (found && found.call.version > version) await ringDoorbell(this.bells.calls, callId);
    } catch (error) {
      // The job is safe where it is; it only runs at its own time.
      this.log.warn({ callId, err: error }, 'a ring may have been missed');
    }
  }
}
