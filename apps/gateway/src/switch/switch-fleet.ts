import type { Call, CallAnomaly } from '@app/calls';
import type { GatewaySettings } from '@app/config';
import { SwitchLink } from '@app/esl';
import type { Logger } from '@app/observability';
import type { RoutePast } from '@app/store';
import { callIdFor } from '../calls/call-id';
import { CallIntake } from '../calls/call-intake';
import type { GroupCommit } from '../calls/group-commit';
import { RingDesk } from '../routing/ring-desk';
import { SwitchFollower, type FollowerReports } from './switch-follower';

/** What was on a switch when the gateway stopped, as far as was written. */
export interface SwitchPast {
  openCalls(switchId: string): Promise<Call[]>;
  routePast(switchId: string): Promise<RoutePast>;
}

/** How long an ended call stays in memory for what may still be told of it; ms. */
const REMEMBER_ENDED_MS = 5 * 60 * 1000;
/** A click that was sent to the switch and of which nothing was heard; no phone rings for so long. ms */
const CLICK_WAITS_MS = 6 * 60 * 1000;
const FORGET_EVERY_MS = 60 * 1000;

type FleetSettings = Pick<GatewaySettings, 'switches' | 'esl' | 'routing'>;

/** A switch and its calls. */
export interface FollowedSwitch {
  readonly switchId: string;
  readonly link: SwitchLink;
  readonly intake: CallIntake;
  /** Who is free on it. */
  readonly desk: RingDesk;
}

/** The switches that this gateway follows: one link and one intake each. */
export class SwitchFleet {
  private readonly switches = new Map<string, FollowedSwitch>();
  private forgetting: NodeJS.Timeout | undefined;

  constructor(
    private readonly settings: FleetSettings,
    private readonly past: SwitchPast,
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
    await Promise.all([...this.switches.values()].map(({ link }) => link.stop()));
    await this.commit.stop();
  }

  /** A switch that is followed, whether or not it can be reached. */
  followed(switchId: string): FollowedSwitch | undefined {
    return this.switches.get(switchId);
  }

  /** The switch whose present life has this `Core-UUID`. */
  livingAs(coreUuid: string): FollowedSwitch | undefined {
    return [...this.switches.values()].find(({ intake }) => intake.life === coreUuid);
  }

  private async follow(one: FleetSettings['switches'][number]): Promise<void> {
    const { id: switchId, host, port, user, password } = one;
    const { esl, routing } = this.settings;
    const desk = new RingDesk(
      { api: (...command) => link.api(...command) },
      { commandMs: routing.commandMs, now: Date.now },
    );
    const intake = new CallIntake(this.commit, {
      callIdFor,
      now: Date.now,
      onChange: (calls) => desk.see(calls),
      onAnomaly: (anomaly) => this.reports.callAnomaly(switchId, anomaly),
    });
    desk.goOnFrom(await this.past.routePast(switchId));
    intake.restore(await this.past.openCalls(switchId));
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
    this.switches.set(switchId, { switchId, link, intake, desk });
    link.start();
  }

  private forgetEnded(): void {
    for (const { intake } of this.switches.values()) {
      intake.endStrandedClicks(Date.now() - CLICK_WAITS_MS);
      intake.forgetEnded(Date.now() - REMEMBER_ENDED_MS);
    }
  }
}
