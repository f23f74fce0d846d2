import type { Provider } from '@nestjs/common';
import type { WorkerSettings } from '@app/config';
import type { Logger } from '@app/observability';
import { PortalSessions, type PortalClients } from '@app/portals';
import { ringDoorbell, type JobQueue, type QueueBackend, type SyncCallJob } from '@app/queues';
import { ClickStore, PortalStore } from '@app/store';
import { DOORBELLS, LOG, PORTAL_CLIENTS, QUEUE_BACKEND, SETTINGS } from '../tokens';
import type { RegularTask } from '../sweep/run-regularly';
import { endMissedClicks, forgetOldClicks } from './click-tasks';
import { DialQueues } from './dial-queues';
import { FindCallbackUser } from './find-callback-user';
import { OrderClicks, type ClickBells } from './order-clicks';

export const CLICK_BELLS = Symbol('ClickBells');
/** Regular tasks. */
export const CLICK_TASKS = Symbol('RegularTask[] of clicks');

/** What the worker does with clicks. */
export function clickProviders(): Provider[] {
  return [
    {
      provide: DialQueues,
      useFactory: (backend: QueueBackend) => new DialQueues(backend),
      inject: [QUEUE_BACKEND],
    },
    {
      provide: CLICK_BELLS,
      useFactory: (dials: DialQueues, doorbells: JobQueue<SyncCallJob>): ClickBells => ({
        dial: (switchId, callId) => dials.ring(switchId, callId),
        file: (callId) => ringDoorbell(doorbells, callId),
      }),
      inject: [DialQueues, DOORBELLS],
    },
    {
      provide: FindCallbackUser,
      useFactory: (sessions: PortalSessions, { client }: PortalClients, log: Logger) =>
        new FindCallbackUser(sessions, client, log),
      inject: [PortalSessions, PORTAL_CLIENTS, LOG],
    },
    {
      provide: OrderClicks,
      useFactory: (
        clicks: ClickStore,
        portals: PortalStore,
        callbackUser: FindCallbackUser,
        bells: ClickBells,
        settings: WorkerSettings,
        log: Logger,
      ) =>
        new OrderClicks(
          { clicks, portals },
          callbackUser,
          bells,
          { clicks: settings.clicks, defaultRegion: settings.policy.defaultRegion },
          log,
        ),
      inject: [ClickStore, PortalStore, FindCallbackUser, CLICK_BELLS, SETTINGS, LOG],
    },
    {
      provide: CLICK_TASKS,
      useFactory: (clicks: ClickStore, bells: ClickBells, log: Logger): RegularTask[] => [
        endMissedClicks(clicks, bells, log),
        forgetOldClicks(clicks),
      ],
      inject: [ClickStore, CLICK_BELLS, LOG],
    },
  ];
}
