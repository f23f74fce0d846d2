import type { Call, CallAnomaly } from '@app/calls';
import type { GatewaySettings } from '@app/config';
import { SwitchLink } from '@app/esl';
import type { Logger } from '@app/observability';
import { callIdFor } from '../calls/call-id';
import { CallIntake } from '../calls/call-intake';
import type { GroupCommit } from '../calls/group-commit';
import { SwitchFollower, type FollowerReports } from './switch-follower';

/** Calls of a switch that were open when the gateway stopped. */
export interface OpenCalls {
  openCalls(switchId: string): Promise<Call[]>;
}

/** How long an ended call stays in memory for what may still be told of it; ms. */
const REMEMBER_ENDED_MS = 5 * 60 * 1000;
const FORGET_EVERY_MS = 60 * 1000;

type FleetSettings = Pick<GatewaySettings, 'switches' | 'esl'>;

/** The switches that this gateway follows: one link and one intake each. */
export class SwitchFleet {
  private readonly links: SwitchLink[] = [];
  private readonly intakes: CallIntake[] = [];
  private forgetting: NodeJS.Timeout | undefined;

  constructor(
    private readonly settings: FleetSettings,
    private readonly open: OpenCalls,
    private readonly commit: GroupCommit,
    private readonly reports: FollowerReports & { callAnomaly(switchId: string, anomaly: CallAnomaly): void },
    private readonly log: Logger,
  ) {}

  /** Takes back the open calls of every switch, then starts to follow it. */
  async start(): Promise<void> {
    for (const one of this.settings.switches) await this.follow(one);
    this.forgetting = setInterval(() => this.forgetEnded(), FORGET_EVERY_MS).unref();
  }

  /** Leaves all switches and writes what is still to be written. */
  async stop(): Promise<void> {
    clearInterval(this.forgetting);
    await Promise.all(this.links.map((link) => link.stop()));
    await this.commit.stop();
  }

  private async follow(one: FleetSettings['switches'][number]): Promise<void> {
    const { id: switchId, host, port, user, password } = one;
    const { esl } = this.settings;
    const intake = new CallIntake(this.commit, {
      callIdFor,
      now: Date.now,
      onAnomaly: (anomaly) => this.reports.callAnomaly(switchId, anomaly),
    });
    intake.restore(await this.open.openCalls(switchId));
    const link = new SwitchLink(
      {
        switchId,
        host,
        port,
        password,
        ...(user !== undefined && { user }),
        connectTimeoutMs: esl.connectMs,
        commandTimeoutMs: esl.commandMs,
        heartbeatTimeoutMs: esl.silenceMs,
        log: this.log.child({ part: 'esl' }),
      },
      new SwitchFollower(switchId, intake, this.reports),
    );
    this.intakes.push(intake);
    this.links.push(link);
    link.start();
  }

  private forgetEnded(): void {
    for (const intake of this.intakes) intake.forgetEnded(Date.now() - REMEMBER_ENDED_MS);
  }
}
