import type { EslAnomaly, EslEvent, LinkDown, SwitchListener, SwitchUp } from '@app/esl';
import { observeEvent } from '@app/observe';
import type { CallIntake } from '../calls/call-intake';
import { listChannels } from './resync';

/** What an operator wants to hear of a switch. */
export interface FollowerReports {
  /** Connected, and every call compared with what the switch has. */
  up(switchId: string, channels: number): void;
  down(switchId: string, down: LinkDown): void;
  event(switchId: string, name: string): void;
  anomaly(switchId: string, anomaly: EslAnomaly): void;
}

/**
 * Follows one switch: every event becomes observations, and every (re)connection a comparison of our calls with the
 * switch's channels. The link delivers the events of a connection after `onUp`, so nothing is applied twice.
 */
export class SwitchFollower implements SwitchListener {
  constructor(
    private readonly switchId: string,
    private readonly intake: CallIntake,
    private readonly reports: FollowerReports,
  ) {}

  onEvent(event: EslEvent): void {
    this.reports.event(this.switchId, event.name);
    const observations = observeEvent(event, this.switchId);
    if (observations.length > 0) this.intake.take(observations);
    else if (event.coreUuid) this.intake.heard(event.coreUuid, event.timestampMs, event.sequence);
  }

  async onUp(up: SwitchUp): Promise<void> {
    const listing = await listChannels(up, this.switchId);
    // Losses first: what another life of the switch has must not be taken for what ours had.
    this.intake.reconcile(listing.alive, listing.coreUuid);
    this.intake.take(listing.observations);
    this.intake.endLostClicks();
    this.reports.up(this.switchId, listing.alive.size);
  }

  onDown(down: LinkDown): void {
    this.reports.down(this.switchId, down);
  }

  onAnomaly(anomaly: EslAnomaly): void {
    this.reports.anomaly(this.switchId, anomaly);
  }
}
