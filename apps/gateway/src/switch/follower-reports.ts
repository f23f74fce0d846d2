import type { CallAnomaly } from '@app/calls';
import type { EslAnomaly, LinkDown } from '@app/esl';
import type { HealthReport, Logger, Metrics } from '@app/observability';
import type { FollowerReports } from './switch-follower';

/** Tells operators how the switches do: health, metrics and log. */
export class SwitchReports implements FollowerReports {
  constructor(
    private readonly health: HealthReport,
    private readonly metrics: Metrics,
    private readonly log: Logger,
  ) {}

  up(switchId: string, channels: number): void {
    this.health.up(componentOf(switchId));
    this.log.info({ switchId, channels }, 'following the switch');
  }

  /** The link logs each failed attempt itself. */
  down(switchId: string, { state, error }: LinkDown): void {
    const refused = `the switch does not let us in (password, ACL or permissions): ${error.message}`;
    this.health.down(componentOf(switchId), state === 'refused' ? refused : error.message);
  }

  event(_switchId: string, name: string): void {
    this.metrics.eslEvents.inc({ name });
  }

  anomaly(switchId: string, { kind, sample }: EslAnomaly): void {
    this.metrics.anomalies.inc({ kind });
    this.log.debug({ switchId, kind, sample }, 'anomaly on the event socket');
  }

  /** Something told of a channel that does not fit the calls we know. */
  callAnomaly(switchId: string, anomaly: CallAnomaly): void {
    this.metrics.anomalies.inc({ kind: anomaly.kind });
    this.log.debug({ switchId, ...anomaly }, 'anomaly in the calls of the switch');
  }
}

/** The name of a switch in the health report. */
export function componentOf(switchId: string): string {
  return `switch ${switchId}`;
}
