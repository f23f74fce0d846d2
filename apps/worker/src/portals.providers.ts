import type { OnApplicationShutdown, Provider } from '@nestjs/common';
import type { WorkerSettings } from '@app/config';
import type { Logger } from '@app/observability';
import {
  AskRedPortals,
  portalClients,
  PortalSessions,
  PortalTroubles,
  ReadFacts,
  RenewTokens,
  SetUpPortal,
  type PortalClients,
} from '@app/portals';
import {
  portalEventQueue,
  ringSetUpPortal,
  setUpPortalQueue,
  type JobQueue,
  type PortalEventJob,
  type QueueBackend,
  type SetUpPortalJob,
} from '@app/queues';
import { ClickStore, PortalEventStore, PortalStore, SetUpStore } from '@app/store';
import { CLICK_BELLS } from './clicks/click.providers';
import { endMissedClicks, forgetOldClicks } from './clicks/click-tasks';
import { OrderClicks, type ClickBells } from './clicks/order-clicks';
import { portalEventHandlers } from './portal-event/portal-event-handlers';
import { PortalEventProcessor } from './portal-event/portal-event.processor';
import { SetUpPortalProcessor } from './set-up-portal/set-up-portal.processor';
import {
  askRedPortals,
  eraseRemovedPortals,
  ringForLateEvents,
  ringForLateSetUps,
} from './sweep/portal-tasks';
import { RunRegularly } from './sweep/run-regularly';
import { LOG, PORTAL_CLIENTS, PORTAL_EVENTS, QUEUE_BACKEND, SET_UPS, SETTINGS } from './tokens';

/** What the worker does with portals beside their calls. */
export function portalProviders(): Provider[] {
  return [...access(), ...queues(), ...processors(), ...regularTasks()];
}

/** Tokens, troubles and requests: for calls, too. */
function access(): Provider[] {
  return [
    {
      provide: PORTAL_CLIENTS,
      useFactory: ({ portals }: WorkerSettings) => portalClients(portals),
      inject: [SETTINGS],
    },
    {
      provide: RenewTokens,
      useFactory: (portals: PortalStore, { oauth, guard }: PortalClients) =>
        new RenewTokens(portals, oauth, { rules: guard }),
      inject: [PortalStore, PORTAL_CLIENTS],
    },
    {
      provide: PortalTroubles,
      useFactory: (portals: PortalStore, { guard }: PortalClients, log: Logger) =>
        new PortalTroubles(portals, guard, log),
      inject: [PortalStore, PORTAL_CLIENTS, LOG],
    },
    {
      provide: PortalSessions,
      useFactory: (portals: PortalStore, tokens: RenewTokens, troubles: PortalTroubles) =>
        new PortalSessions(portals, tokens, troubles),
      inject: [PortalStore, RenewTokens, PortalTroubles],
    },
  ];
}

function queues(): Provider[] {
  return [
    {
      provide: PORTAL_EVENTS,
      useFactory: (backend: QueueBackend) => backend.queue(portalEventQueue),
      inject: [QUEUE_BACKEND],
    },
    {
      provide: SET_UPS,
      useFactory: (backend: QueueBackend) => backend.queue(setUpPortalQueue),
      inject: [QUEUE_BACKEND],
    },
    {
      provide: PortalQueues,
      useFactory: (...queues: [JobQueue<PortalEventJob>, JobQueue<SetUpPortalJob>]) =>
        new PortalQueues(queues),
      inject: [PORTAL_EVENTS, SET_UPS],
    },
  ];
}

function processors(): Provider[] {
  return [
    {
      provide: PortalEventProcessor,
      useFactory: (
        inbox: PortalEventStore,
        setUps: SetUpStore,
        queue: JobQueue<SetUpPortalJob>,
        clicks: OrderClicks,
        log: Logger,
      ) => {
        const setUp = async (portalId: string) => {
          await setUps.wish(portalId);
          await ringSetUpPortal(queue, portalId);
        };
        return new PortalEventProcessor(inbox, portalEventHandlers({ setUp, clicks }), log);
      },
      inject: [PortalEventStore, SetUpStore, SET_UPS, OrderClicks, LOG],
    },
    {
      provide: SetUpPortalProcessor,
      useFactory: (
        setUps: SetUpStore,
        portals: PortalStore,
        sessions: PortalSessions,
        { client }: PortalClients,
        log: Logger,
      ) => {
        const steps = [new ReadFacts(sessions, client, portals)];
        return new SetUpPortalProcessor(new SetUpPortal(setUps, portals, steps), log);
      },
      inject: [SetUpStore, PortalStore, PortalSessions, PORTAL_CLIENTS, LOG],
    },
  ];
}

function regularTasks(): Provider[] {
  return [
    {
      provide: AskRedPortals,
      useFactory: (portals: PortalStore, sessions: PortalSessions, { client }: PortalClients) =>
        new AskRedPortals(portals, sessions, client),
      inject: [PortalStore, PortalSessions, PORTAL_CLIENTS],
    },
    {
      provide: RunRegularly,
      useFactory: (
        inbox: PortalEventStore,
        events: JobQueue<PortalEventJob>,
        setUps: SetUpStore,
        setUpQueue: JobQueue<SetUpPortalJob>,
        portals: PortalStore,
        red: AskRedPortals,
        clicks: ClickStore,
        bells: ClickBells,
        log: Logger,
        { ops }: WorkerSettings,
      ) =>
        new RunRegularly(
          [
            ringForLateEvents(inbox, events),
            ringForLateSetUps(setUps, setUpQueue),
            eraseRemovedPortals(portals),
            askRedPortals(red),
            endMissedClicks(clicks, bells, log),
            forgetOldClicks(clicks),
          ],
          log,
          ops.shutdownMs,
        ),
      inject: [
        PortalEventStore,
        PORTAL_EVENTS,
        SetUpStore,
        SET_UPS,
        PortalStore,
        AskRedPortals,
        ClickStore,
        CLICK_BELLS,
        LOG,
        SETTINGS,
      ],
    },
  ];
}

/** Closes the queues when nobody rings any more. */
class PortalQueues implements OnApplicationShutdown {
  constructor(private readonly queues: readonly Pick<JobQueue<object>, 'close'>[]) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.close()));
  }
}
