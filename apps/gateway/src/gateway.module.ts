import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import type { GatewaySettings } from '@app/config';
import {
  createMetrics,
  HealthReport,
  Heartbeat,
  type Logger,
  type Metrics,
  METRICS,
  OpsController,
} from '@app/observability';
import { openQueueBackend, type QueueBackend } from '@app/queues';
import { CallStore, ClickStore, DailyTables, HeartbeatStore, RouteStore, StoreModule } from '@app/store';
import { CommitReports, type Doorbell } from './calls/commit-reports';
import { GroupCommit } from './calls/group-commit';
import { QueueDoorbell } from './calls/queue-doorbell';
import { DialClicks } from './clicks/dial-clicks';
import { routingProviders } from './routing/routing.providers';
import { FollowSwitches } from './switch/follow-switches';
import { SwitchReports } from './switch/follower-reports';
import { SwitchFleet, type SwitchPast } from './switch/switch-fleet';
import { doorProviders } from './portal-door/door.providers';
import { DOOR } from './portal-door/watch-door';
import { DOORBELL, LOG, QUEUE_BACKEND, SETTINGS, SWITCH_PAST } from './tokens';
import { DailyUpkeep } from './upkeep/daily-upkeep';

/** Written again this often while the database is away; ms. */
const COMMIT_RETRY_MS = 500;
/** Beside those on which each switch's clicks are waited for. */
const QUEUE_CONNECTIONS = 4;
/** Journal entries kept while the database is away: some minutes of a busy switch, about 100 MB. */
const MOST_EVENTS_IN_MEMORY = 100_000;

/** Wires the gateway: the only place where its parts are put together. */
@Module({})
export class GatewayModule implements OnApplicationShutdown {
  constructor(@Inject(QUEUE_BACKEND) private readonly queue: QueueBackend) {}

  static forRoot(settings: GatewaySettings, log: Logger): DynamicModule {
    const { database, policy, roles, secrets } = settings;
    return {
      module: GatewayModule,
      imports: [
        StoreModule.forRoot({
          url: database.url,
          poolSize: database.poolSize,
          applicationName: 'connector-gateway',
          portalDefaults: policy,
          secretKeys: secrets.keys,
        }),
      ],
      controllers: [OpsController],
      providers: [
        ...common(settings, log),
        ...(roles.includes('switch') ? [...following(), ...routingProviders()] : []),
        ...(roles.includes('http') ? doorProviders() : []),
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}

function common(settings: GatewaySettings, log: Logger): Provider[] {
  return [
    { provide: SETTINGS, useValue: settings },
    { provide: LOG, useValue: log },
    { provide: METRICS, useValue: createMetrics('gateway') },
    { provide: HealthReport, useValue: new HealthReport(componentsOf(settings)) },
    {
      provide: QUEUE_BACKEND,
      useFactory: (health: HealthReport) => openQueue(settings, health, log),
      inject: [HealthReport],
    },
    {
      provide: Heartbeat,
      useFactory: (health: HealthReport, signs: HeartbeatStore) => new Heartbeat('gateway', health, signs),
      inject: [HealthReport, HeartbeatStore],
    },
    {
      provide: DailyUpkeep,
      useFactory: (tables: DailyTables) =>
        new DailyUpkeep(
          tables,
          { portal_request: settings.keep.ledgerDays, portal_event: settings.keep.eventDays },
          log,
        ),
      inject: [DailyTables],
    },
  ];
}

/** What has to be up before this gateway counts as ready; each switch adds itself. */
function componentsOf({ roles }: GatewaySettings): string[] {
  return [
    'queue',
    ...(roles.includes('switch') ? ['database'] : []),
    ...(roles.includes('http') ? [DOOR] : []),
  ];
}

async function openQueue(
  settings: GatewaySettings,
  health: HealthReport,
  log: Logger,
): Promise<QueueBackend> {
  const backend = await openQueueBackend(settings.queue.url, {
    postgresPoolSize: settings.switches.length + QUEUE_CONNECTIONS,
    onError: (error) => {
      health.down('queue', error.message);
      log.warn({ err: error }, 'trouble with the queue');
    },
  });
  health.up('queue');
  return backend;
}

/** The role `switch`: follow the switches and write their calls. */
function following(): Provider[] {
  return [
    FollowSwitches,
    {
      provide: DOORBELL,
      useFactory: (backend: QueueBackend) => new QueueDoorbell(backend),
      inject: [QUEUE_BACKEND],
    },
    {
      provide: CommitReports,
      useFactory: (doorbell: Doorbell, health: HealthReport, metrics: Metrics, log: Logger) =>
        new CommitReports(doorbell, health, metrics, log),
      inject: [DOORBELL, HealthReport, METRICS, LOG],
    },
    {
      provide: SwitchReports,
      useFactory: (health: HealthReport, metrics: Metrics, log: Logger) =>
        new SwitchReports(health, metrics, log),
      inject: [HealthReport, METRICS, LOG],
    },
    {
      provide: GroupCommit,
      useFactory: (calls: CallStore, reports: CommitReports, settings: GatewaySettings) =>
        new GroupCommit(calls, reports, {
          intervalMs: settings.groupCommitMs,
          retryMs: COMMIT_RETRY_MS,
          mostEvents: MOST_EVENTS_IN_MEMORY,
        }),
      inject: [CallStore, CommitReports, SETTINGS],
    },
    switchPast(),
    {
      provide: SwitchFleet,
      useFactory: (
        settings: GatewaySettings,
        past: SwitchPast,
        commit: GroupCommit,
        reports: SwitchReports,
        log: Logger,
      ) => new SwitchFleet(settings, past, commit, reports, log),
      inject: [SETTINGS, SWITCH_PAST, GroupCommit, SwitchReports, LOG],
    },
    {
      provide: DialClicks,
      useFactory: (
        backend: QueueBackend,
        fleet: SwitchFleet,
        clicks: ClickStore,
        settings: GatewaySettings,
        log: Logger,
      ) => new DialClicks(backend, fleet, clicks, settings, log),
      inject: [QUEUE_BACKEND, SwitchFleet, ClickStore, SETTINGS, LOG],
    },
  ];
}

/** What a switch is followed on from, out of two stores. */
function switchPast(): Provider {
  return {
    provide: SWITCH_PAST,
    useFactory: (calls: CallStore, routes: RouteStore): SwitchPast => ({
      openCalls: (switchId) => calls.openCalls(switchId),
      routePast: (switchId) => routes.pastOf(switchId),
    }),
    inject: [CallStore, RouteStore],
  };
}
