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
  type Logger,
  type Metrics,
  METRICS,
  OpsController,
} from '@app/observability';
import {
  openQueueBackend,
  syncCallQueue,
  type JobQueue,
  type QueueBackend,
  type SyncCallJob,
} from '@app/queues';
import { CallFence, PortalCallStore, RateGovernor, StoreModule } from '@app/store';
import { clickProviders } from './clicks/click.providers';
import type { JobProcessor } from './jobs/job-processor';
import { JobWorkers } from './jobs/job-workers';
import { PortalEventProcessor } from './portal-event/portal-event.processor';
import { portalProviders } from './portals.providers';
import { SetUpPortalProcessor } from './set-up-portal/set-up-portal.processor';
import { RingLateDoorbells } from './sweep/ring-late-doorbells';
import { SyncCallProcessor } from './sync-call/sync-call.processor';
import { syncDeps } from './sync-call/sync-deps';
import { DOORBELLS, JOB_PROCESSORS, LOG, QUEUE_BACKEND, SETTINGS } from './tokens';

/** Wires the worker: the only place where its parts are put together. */
@Module({})
export class WorkerModule implements OnApplicationShutdown {
  constructor(
    private readonly fence: CallFence,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    @Inject(DOORBELLS) private readonly doorbells: JobQueue<SyncCallJob>,
  ) {}

  /** @param onFenceLost the process must end at once: from now on others may work on its calls */
  static forRoot(settings: WorkerSettings, log: Logger, onFenceLost: (error: Error) => void): DynamicModule {
    const { database, policy } = settings;
    return {
      module: WorkerModule,
      imports: [
        StoreModule.forRoot({
          url: database.url,
          poolSize: database.poolSize,
          applicationName: 'connector-worker',
          portalDefaults: policy,
          secretKeys: settings.secrets.keys,
        }),
      ],
      controllers: [OpsController],
      providers: [
        ...common(settings, log, onFenceLost),
        ...portalProviders(),
        ...clickProviders(),
        ...synchronising(),
        ...sweeping(),
      ],
    };
  }

  /** The last thing to happen: nobody works any more by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.doorbells.close();
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
      provide: SyncCallProcessor,
      useFactory: (
        settings: WorkerSettings,
        store: PortalCallStore,
        rate: RateGovernor,
        metrics: Metrics,
        fence: CallFence,
        doorbells: JobQueue<SyncCallJob>,
        log: Logger,
      ) =>
        new SyncCallProcessor(
          syncDeps(settings, store, rate, metrics),
          fence,
          doorbells,
          log,
          settings.concurrency,
        ),
      inject: [SETTINGS, PortalCallStore, RateGovernor, METRICS, CallFence, DOORBELLS, LOG],
    },
    {
      provide: JOB_PROCESSORS,
      useFactory: (...processors: JobProcessor<never>[]) => processors,
      inject: [SyncCallProcessor, PortalEventProcessor, SetUpPortalProcessor],
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
        doorbells: JobQueue<SyncCallJob>,
        health: HealthReport,
        log: Logger,
      ) => new RingLateDoorbells(store, doorbells, health, log),
      inject: [PortalCallStore, DOORBELLS, HealthReport, LOG],
    },
  ];
}
