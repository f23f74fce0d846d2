import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import type { WorkerSettings } from '@app/config';
import {
  createMetrics,
  HealthReport,
  Heartbeat,
  type Logger,
  type Metrics,
  METRICS,
  OpsController,
} from '@app/observability';
import { PortalTroubles, RenewTokens, type PortalClients } from '@app/portals';
import {
  openQueueBackend,
  sendWaitingQueue,
  syncCallQueue,
  type JobQueue,
  type QueueBackend,
  type SendWaitingJob,
  type SyncCallJob,
} from '@app/queues';
import {
  CallFence,
  HeartbeatStore,
  PortalCallStore,
  RateGovernor,
  StoreModule,
  WaitingList,
} from '@app/store';
import type { SendWaitingDeps } from '@app/sync';
import { clickProviders } from './clicks/click.providers';
import type { JobProcessor } from './jobs/job-processor';
import { JobWorkers } from './jobs/job-workers';
import { PortalChoreProcessor } from './portal-chore/portal-chore.processor';
import { PortalEventProcessor } from './portal-event/portal-event.processor';
import { portalProviders } from './portals.providers';
import { SendWaitingProcessor } from './send-waiting/send-waiting.processor';
import { SetUpPortalProcessor } from './set-up-portal/set-up-portal.processor';
import { RingLateDoorbells } from './sweep/ring-late-doorbells';
import { SyncCallProcessor } from './sync-call/sync-call.processor';
import { syncDeps } from './sync-call/sync-deps';
import {
  DOORBELLS,
  JOB_PROCESSORS,
  LOG,
  PORTAL_BELL,
  PORTAL_CLIENTS,
  QUEUE_BACKEND,
  SETTINGS,
  SYNC_DEPS,
} from './tokens';

/** Wires the worker: the only place where its parts are put together. */
@Module({})
export class WorkerModule implements OnApplicationShutdown {
  constructor(
    private readonly fence: CallFence,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    @Inject(DOORBELLS) private readonly doorbells: JobQueue<SyncCallJob>,
    @Inject(PORTAL_BELL) private readonly portalBell: JobQueue<SendWaitingJob>,
  ) {}

  /** @param onFenceLost the process must end at once: from now on others may work on its calls */
  static forRoot(settings: WorkerSettings, log: Logger, onFenceLost: (error: Error) => void): DynamicModule {
    const { database, policy, portal } = settings;
    return {
      module: WorkerModule,
      imports: [
        StoreModule.forRoot({
          url: database.url,
          poolSize: database.poolSize,
          applicationName: 'connector-worker',
          portalDefaults: policy,
          turns: { operatingLimitSeconds: portal.operatingSeconds },
          secretKeys: settings.secrets.keys,
        }),
      ],
      controllers: [OpsController],
      providers: [
        ...common(settings, log, onFenceLost),
        ...portalProviders(),
        ...clickProviders(),
        ...synchronising(),
        ...working(),
        ...sweeping(),
      ],
    };
  }

  /** The last thing to happen: nobody works any more by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.doorbells.close();
    await this.portalBell.close();
    await this.backend.close();
    await this.fence.close();
  }
}

function common(settings: WorkerSettings, log: Logger, onFenceLost: (error: Error) => void): Provider[] {
  return [
    { provide: SETTINGS, useValue: settings },
    { provide: LOG, useValue: log },
    { provide: METRICS, useValue: createMetrics('worker') },
    { provide: HealthReport, useValue: new HealthReport(['database', 'queue']) },
    { provide: QUEUE_BACKEND, useFactory: () => openQueue(settings.queue.url, log) },
    {
      provide: DOORBELLS,
      useFactory: (backend: QueueBackend) => backend.queue(syncCallQueue),
      inject: [QUEUE_BACKEND],
    },
    {
      provide: Heartbeat,
      useFactory: (health: HealthReport, signs: HeartbeatStore) => new Heartbeat('worker', health, signs),
      inject: [HealthReport, HeartbeatStore],
    },
    {
      provide: PORTAL_BELL,
      useFactory: (backend: QueueBackend) => backend.queue(sendWaitingQueue),
      inject: [QUEUE_BACKEND],
    },
    { provide: CallFence, useFactory: () => CallFence.open(settings.database.url, { onLost: onFenceLost }) },
  ];
}

/** Whether the queue is up is told by the sweep, which asks it every few seconds. */
function openQueue(url: string, log: Logger): Promise<QueueBackend> {
  return openQueueBackend(url, { onError: (error) => log.warn({ err: error }, 'trouble with the queue') });
}

function synchronising(): Provider[] {
  return [
    {
      provide: SYNC_DEPS,
      useFactory: (
        settings: WorkerSettings,
        store: PortalCallStore,
        rate: RateGovernor,
        turns: WaitingList,
        fence: CallFence,
        tokens: RenewTokens,
        troubles: PortalTroubles,
        { guard }: PortalClients,
        metrics: Metrics,
      ) => syncDeps(settings, { store, rate, turns, fence, tokens, troubles, guard, metrics }),
      inject: [
        SETTINGS,
        PortalCallStore,
        RateGovernor,
        WaitingList,
        CallFence,
        RenewTokens,
        PortalTroubles,
        PORTAL_CLIENTS,
        METRICS,
      ],
    },
    {
      provide: SyncCallProcessor,
      useFactory: (
        deps: SendWaitingDeps,
        calls: JobQueue<SyncCallJob>,
        portals: JobQueue<SendWaitingJob>,
        log: Logger,
        { concurrency }: WorkerSettings,
      ) => new SyncCallProcessor(deps, deps.fence, { calls, portals }, log, concurrency),
      inject: [SYNC_DEPS, DOORBELLS, PORTAL_BELL, LOG, SETTINGS],
    },
    {
      provide: SendWaitingProcessor,
      useFactory: (deps: SendWaitingDeps, log: Logger) => new SendWaitingProcessor(deps, log),
      inject: [SYNC_DEPS, LOG],
    },
  ];
}

/** Every queue has its processor here. */
function working(): Provider[] {
  return [
    {
      provide: JOB_PROCESSORS,
      useFactory: (...processors: JobProcessor<never>[]) => processors,
      inject: [
        SyncCallProcessor,
        SendWaitingProcessor,
        PortalEventProcessor,
        SetUpPortalProcessor,
        PortalChoreProcessor,
      ],
    },
    {
      provide: JobWorkers,
      useFactory: (
        backend: QueueBackend,
        processors: JobProcessor<never>[],
        log: Logger,
        { ops, jobLockMs }: WorkerSettings,
      ) => new JobWorkers(backend, processors, log, { shutdownMs: ops.shutdownMs, jobLockMs }),
      inject: [QUEUE_BACKEND, JOB_PROCESSORS, LOG, SETTINGS],
    },
  ];
}

function sweeping(): Provider[] {
  return [
    {
      provide: RingLateDoorbells,
      useFactory: (
        store: PortalCallStore,
        list: WaitingList,
        calls: JobQueue<SyncCallJob>,
        portals: JobQueue<SendWaitingJob>,
        health: HealthReport,
        log: Logger,
      ) => {
        const due = {
          callsDue: (now: number, limit: number) => store.callsDue(now, limit),
          portals: () => list.portals(),
        };
        return new RingLateDoorbells(due, { calls, portals }, health, log);
      },
      inject: [PortalCallStore, WaitingList, DOORBELLS, PORTAL_BELL, HealthReport, LOG],
    },
  ];
}
