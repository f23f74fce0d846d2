import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Call } from '@app/calls';
import type { GatewaySettings } from '@app/config';
import type { HandedChannel } from '@app/esl';
import type { Logger, Metrics } from '@app/observability';
import type { RoutedLine, RouteStore } from '@app/store';
import { e164In } from '@app/sync';
import type { FollowedSwitch, SwitchFleet } from '../switch/switch-fleet';
import { CallerLeg } from './caller-leg';
import { explain } from './explain';
import { KnownPeers } from './known-peers';
import type { FindResponsible } from './responsible/find-responsible';
import { RouteCall, type Caller, type RoutePlace } from './route-call';
import { RouteServer } from './route-server';
import { within } from './within';

type RouteSettings = Pick<GatewaySettings, 'switches' | 'routing' | 'policy'>;

/** Routes the calls that the followed switches hand over. */
export class RouteCalls implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server: RouteServer;
  private readonly calls = new Set<RouteCall>();

  constructor(
    private readonly fleet: Pick<SwitchFleet, 'livingAs'>,
    private readonly find: {
      readonly lines: Pick<RouteStore, 'lineOf'>;
      readonly responsible: FindResponsible;
    },
    private readonly settings: RouteSettings,
    private readonly metrics: Metrics,
    private readonly log: Logger,
  ) {
    const { switches, routing } = settings;
    const peers = new KnownPeers(
      switches.map(({ host }) => host),
      routing.peers,
    );
    this.server = new RouteServer(peers, (channel) => this.take(channel), routing, log);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.server.start();
  }

  /** Hands every caller back before the switches are left. Who talks already goes on talking. */
  async beforeApplicationShutdown(): Promise<void> {
    this.server.stopListening();
    await Promise.all([...this.calls].map((call) => call.handBack('shutting-down')));
    this.server.closeAll();
  }

  private async take(channel: HandedChannel): Promise<void> {
    const place = this.fleet.livingAs(channel.data.get('Core-UUID') ?? '');
    if (!place) {
      this.log.warn('a call was handed over by a switch that is not followed');
      channel.release();
      return;
    }
    const came = performance.now();
    const found = await this.lineOf(place, channel);
    const line = found === 'unknown' ? undefined : found;
    const region = line?.region ?? this.settings.policy.defaultRegion;
    const caller = callerOn(channel, line, region, place.intake.callOf(channel.uuid));
    const routePlace = this.placeOf(channel, place, line);
    const leg = new CallerLeg(channel, line?.settings.waiting.music);
    if (!line || caller.domain === '') {
      const why = line || found === 'unknown' ? 'blind' : 'no-plan';
      routePlace.note({ step: 'handed-back', why, whom: [], passedOver: [], client: 'not-asked' });
      await leg.handBack();
      return;
    }
    const known = await this.find.responsible.of(line, {
      switchId: place.switchId,
      number: caller.number,
      registerAtOnce: () => routePlace.note(REGISTER),
      call: () => place.intake.callOf(channel.uuid),
    });
    this.metrics.routeLookups.inc({ client: known.client });
    const call = new RouteCall(channel, leg, { ...caller, ...known }, { ...routePlace, line });
    this.calls.add(call);
    this.metrics.routeDecisionSeconds.observe((performance.now() - came) / 1000);
    await call.run().finally(() => this.calls.delete(call));
  }

  /** Undefined: it is not ours to route; `unknown`: nobody can say in time. */
  private async lineOf(
    { switchId }: FollowedSwitch,
    channel: HandedChannel,
  ): Promise<RoutedLine | undefined | 'unknown'> {
    const did = channel.data.get('Caller-Destination-Number') ?? '';
    try {
      return await within(this.settings.routing.commandMs, this.find.lines.lineOf({ switchId, did }));
    } catch (error) {
      this.log.error({ err: error, switchId, did }, 'what a line does with its callers cannot be read');
      return 'unknown';
    }
  }

  private placeOf(
    channel: HandedChannel,
    { switchId, link, intake, desk }: FollowedSwitch,
    line: RoutedLine | undefined,
  ): Omit<RoutePlace, 'line'> {
    const coreUuid = channel.data.get('Core-UUID') ?? '';
    return {
      desk,
      seesCalls: () => link.state === 'up',
      refusals: () => refusalsOn(intake.callOf(channel.uuid)),
      note: (decision) => {
        this.metrics.routeSteps.inc({ step: decision.step, why: decision.why });
        const callId = intake.callOf(channel.uuid)?.callId;
        this.log.info({ callId, line: line?.lineNumber, ...decision }, explain(decision));
        const moment = { at: Date.now(), seq: 0 };
        intake.take([
          { type: 'ChannelRouted', switchId, coreUuid, channelUuid: channel.uuid, moment, decision },
        ]);
      },
    };
  }
}

const REGISTER = {
  step: 'register',
  why: 'who-calls',
  whom: [],
  passedOver: [],
  client: 'not-asked',
} as const;

/** Caller and number as the switch tells them. */
function callerOn(
  { uuid, data }: HandedChannel,
  line: RoutedLine | undefined,
  region: string,
  call: Call | undefined,
): Caller {
  const number = e164In(region)(data.get('Caller-Caller-ID-Number') ?? '');
  return {
    callId: call?.callId ?? data.variable('connector_call_id') ?? uuid,
    did: data.get('Caller-Destination-Number') ?? '',
    domain: line?.settings.domain ?? data.variable('connector_domain') ?? '',
    ...(number !== undefined && { number }),
    cameAt: Date.now(),
  };
}

/** Who declined, or whose phone is busy. */
function refusalsOn(call: Call | undefined): string[] {
  return (call?.legs ?? []).flatMap(({ origin: { party }, ended }) => {
    const isRefusal = ended?.hangupCause === 'USER_BUSY' || ended?.hangupCause === 'CALL_REJECTED';
    return isRefusal && party.kind === 'employee' ? [party.extension] : [];
  });
}
