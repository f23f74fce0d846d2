import { callFacts, isOver, type Call } from '@app/calls';
import type { HealthReport, Logger, Metrics } from '@app/observability';
import type { GroupCommitListener } from './group-commit';
import { PortalProjection } from './portal-projection';

/** Rings for a call: somebody should compare it with its portal. The ring carries the id and nothing else. */
export interface Doorbell {
  ring(callId: string): Promise<void>;
}

/**
 * What follows a commit: the doorbell for calls whose portal side changed, and what operators want to know. A ring that
 * fails costs nothing but time: the worker's sweeper rings for every call that is ahead of its portal.
 */
export class CommitReports implements GroupCommitListener {
  private readonly projection = new PortalProjection();

  constructor(
    private readonly doorbell: Doorbell,
    private readonly health: HealthReport,
    private readonly metrics: Metrics,
    private readonly log: Logger,
  ) {}

  committed(calls: readonly Call[], durationMs: number): void {
    this.health.up('database');
    this.metrics.groupCommitSize.observe(calls.length);
    this.metrics.groupCommitSeconds.observe(durationMs / 1000);
    for (const call of calls) {
      if (isOver(call)) this.reportEnd(call);
      if (this.projection.hasChanged(call)) void this.ring(call.callId);
    }
  }

  unavailable(error: unknown, waiting: number): void {
    this.health.down('database', `the journal cannot be written, ${waiting} calls wait in memory`);
    this.log.error({ err: error, waiting }, 'the database is away: calls are kept in memory');
  }

  setAside(call: Call, error: unknown): void {
    this.metrics.anomalies.inc({ kind: 'call-set-aside' });
    this.log.error({ err: error, callId: call.callId }, 'the database refuses this call: it is set aside');
  }

  eventsDropped(count: number): void {
    this.metrics.anomalies.inc({ kind: 'journal-events-dropped' }, count);
    this.log.warn(
      { count },
      'the database is away for long: the oldest journal entries were dropped, calls were not',
    );
  }

  private reportEnd(call: Call): void {
    if (call.mergedInto) return;
    const { outcome, direction } = callFacts(call, call.started.at);
    this.metrics.callsEnded.inc({ outcome: outcome ?? 'unknown' });
    this.log.info({ callId: call.callId, direction, outcome }, 'call ended');
  }

  private async ring(callId: string): Promise<void> {
    try {
      await this.doorbell.ring(callId);
      this.health.up('queue');
    } catch (error) {
      this.health.down('queue', 'rings are not taken; the worker sweeps for what was missed');
      this.log.warn({ err: error, callId }, 'the doorbell was not taken');
    }
  }
}
