import type { OnApplicationShutdown, Provider } from '@nestjs/common';
import type { WorkerSettings } from '@app/config';
import { METRICS, type Logger, type Metrics } from '@app/observability';
import {
  AskRedPortals,
  EGRESS,
  PacedSessions,
  portalClients,
  PortalLimits,
  PortalSessions,
  PortalTroubles,
  RenewTokens,
  type PortalClients,
} from '@app/portals';
import {
  portalChoreQueue,
  portalEventQueue,
  ringSetUpPortal,
  setUpPortalQueue,
  type JobQueue,
  type PortalChoreJob,
  type PortalEventJob,
  type QueueBackend,
  type SetUpPortalJob,
} from '@app/queues';
import { ChoreStore, PortalEventStore, PortalStore, RateGovernor, SetUpStore } from '@app/store';
import { CLICK_TASKS } from './clicks/click.providers';
import { OrderClicks } from './clicks/order-clicks';
import { AskForChores } from './portal-chore/ask-for-chores';
import { choreProviders } from './portal-chore/chore.providers';
import { portalEventHandlers } from './portal-event/portal-event-handlers';
import { PortalEventProcessor } from './portal-event/portal-event.processor';
import { setUpProviders } from './set-up-portal/set-up.providers';
import { shoutOfTroubles } from './shout-of-troubles';
import {
  askForUnknownPhones,
  askRedPortals,
  eraseRemovedPortals,
  ringForDueChores,
  ringForLateEvents,
  ringForLateSetUps,
} from './sweep/portal-tasks';
import { RunRegularly, type RegularTask } from './sweep/run-regularly';
import {
  LOG,
  PORTAL_CHORES,
  PORTAL_CLIENTS,
  PORTAL_EVENTS,
  QUEUE_BACKEND,
  REGULAR_TASKS,
  SET_UPS,
  SETTINGS,
} from './tokens';

/** What the worker does with portals beside their calls. */
export function portalProviders(): Provider[] {
  return [...access(), ...queues(), ...setUpProviders(), ...choreProviders(), ...events(), ...regularTasks()];
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
      useFactory: (portals: PortalStore, { oauth, guard }: PortalClients, log: Logger, metrics: Metrics) =>
        new RenewTokens(portals, oauth, { rules: guard, log: shoutOfTroubles(log, metrics) }),
      inject: [PortalStore, PORTAL_CLIENTS, LOG, METRICS],
    },
    {
      provide: PortalTroubles,
      useFactory: (portals: PortalStore, { guard }: PortalClients, log: Logger, metrics: Metrics) =>
        new PortalTroubles(portals, guard, shoutOfTroubles(log, metrics)),
      inject: [PortalStore, PORTAL_CLIENTS, LOG, METRICS],
    },
    {
      provide: PortalSessions,
      useFactory: (portals: PortalStore, tokens: RenewTokens, troubles: PortalTroubles, rate: RateGovernor) =>
        new PortalSessions(portals, tokens, troubles, new PortalLimits(rate, EGRESS)),
      inject: [PortalStore, RenewTokens, PortalTroubles, RateGovernor],
    },
    {
      provide: PacedSessions,
      useFactory: (sessions: PortalSessions, { client }: PortalClients, rate: RateGovernor) =>
        new PacedSessions(sessions, client, rate, { egress: EGRESS }),
      inject: [PortalSessions, PORTAL_CLIENTS, RateGovernor],
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
      provide: PORTAL_CHORES,
      useFactory: (backend: QueueBackend) => backend.queue(portalChoreQueue),
      inject: [QUEUE_BACKEND],
    },
    {
      provide: PortalQueues,
      useFactory: (...queues: JobQueue<object>[]) => new PortalQueues(queues),
      inject: [PORTAL_EVENTS, SET_UPS, PORTAL_CHORES],
    },
  ];
}

function events(): Provider[] {
  return [
    {
      provide: PortalEventProcessor,
      useFactory: (
        inbox: PortalEventStore,
        setUps: SetUpStore,
        queue: JobQueue<SetUpPortalJob>,
        ask: AskForChores,
        clicks: OrderClicks,
        log: Logger,
      ) => {
        const setUp = async (portalId: string) => {
          await setUps.wish(portalId);
          await ringSetUpPortal(queue, portalId);
        };
        const missedEvents = (portalId: string) => ask.missedEvents(portalId);
        const newUser = (portalId: string) => ask.newUser(portalId);
        const handlers = portalEventHandlers({ setUp, missedEvents, newUser, clicks });
        return new PortalEventProcessor(inbox, handlers, log);
      },
      inject: [PortalEventStore, SetUpStore, SET_UPS, AskForChores, OrderClicks, LOG],
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
      provide: REGULAR_TASKS,
      useFactory: (
        portals: PortalStore,
        red: AskRedPortals,
        ask: AskForChores,
        ...[inbox, events, setUps, setUpQueue, chores, choreQueue]: [
          PortalEventStore,
          JobQueue<PortalEventJob>,
          SetUpStore,
          JobQueue<SetUpPortalJob>,
          ChoreStore,
          JobQueue<PortalChoreJob>,
        ]
      ): RegularTask[] => [
        ringForLateEvents(inbox, events),
        ringForLateSetUps(setUps, setUpQueue),
        ringForDueChores(chores, choreQueue),
        askForUnknownPhones(ask),
        eraseRemovedPortals(portals),
        askRedPortals(red),
      ],
      inject: [
        PortalStore,
        AskRedPortals,
        AskForChores,
        PortalEventStore,
        PORTAL_EVENTS,
        SetUpStore,
        SET_UPS,
        ChoreStore,
        PORTAL_CHORES,
      ],
    },
    {
      provide: RunRegularly,
      useFactory: (portals: RegularTask[], clicks: RegularTask[], log: Logger, { ops }: WorkerSettings) =>
        new RunRegularly([...portals, ...clicks], log, ops.shutdownMs),
      inject: [REGULAR_TASKS, CLICK_TASKS, LOG, SETTINGS],
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
