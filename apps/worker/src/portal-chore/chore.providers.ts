import type { Provider } from '@nestjs/common';
import type { Logger } from '@app/observability';
import { DoChores, FetchOfflineEvents, PacedSessions, ReadUsers } from '@app/portals';
import {
  ringDoorbell,
  ringPortalEvent,
  type JobQueue,
  type PortalChoreJob,
  type PortalEventJob,
  type SyncCallJob,
} from '@app/queues';
import { ChoreStore, PhoneStore, PortalEventStore, PortalStore } from '@app/store';
import { DOORBELLS, LOG, PORTAL_CHORES, PORTAL_EVENTS } from '../tokens';
import { AskForChores } from './ask-for-chores';
import { FetchMissedEvents } from './fetch-missed-events';
import { PortalChoreProcessor } from './portal-chore.processor';
import { readUsersInCalls } from './read-users-in-calls';

/** ONOFFLINEEVENT tells of most; this is for those whose notice was lost, too. */
const MISSED_EVENTS_EVERY_MS = 5 * 60_000;

/** What is done for portals again and again, and who asks for it earlier. */
export function choreProviders(): Provider[] {
  return [
    {
      provide: AskForChores,
      useFactory: (
        chores: ChoreStore,
        phones: PhoneStore,
        queue: JobQueue<PortalChoreJob>,
        portals: PortalStore,
        log: Logger,
      ) => {
        const portalIds = async () => (await portals.all()).map(({ portalId }) => portalId);
        return new AskForChores(chores, phones, queue, portalIds, log);
      },
      inject: [ChoreStore, PhoneStore, PORTAL_CHORES, PortalStore, LOG],
    },
    {
      provide: FetchMissedEvents,
      useFactory: (ask: AskForChores, log: Logger) => new FetchMissedEvents(ask, log),
      inject: [AskForChores, LOG],
    },
    {
      provide: FetchOfflineEvents,
      useFactory: (sessions: PacedSessions, inbox: PortalEventStore, events: JobQueue<PortalEventJob>) =>
        new FetchOfflineEvents(sessions, inbox, (eventId) => ringPortalEvent(events, eventId)),
      inject: [PacedSessions, PortalEventStore, PORTAL_EVENTS],
    },
    {
      provide: DoChores,
      useFactory: (
        chores: ChoreStore,
        phones: PhoneStore,
        users: ReadUsers,
        offline: FetchOfflineEvents,
        calls: JobQueue<SyncCallJob>,
      ) =>
        new DoChores(chores, {
          'read-users': readUsersInCalls(users, phones, (callId) => ringDoorbell(calls, callId)),
          'fetch-offline-events': {
            run: (portalId) => offline.run(portalId),
            everyMs: MISSED_EVENTS_EVERY_MS,
          },
        }),
      inject: [ChoreStore, PhoneStore, ReadUsers, FetchOfflineEvents, DOORBELLS],
    },
    {
      provide: PortalChoreProcessor,
      useFactory: (chores: DoChores, log: Logger) => new PortalChoreProcessor(chores, log),
      inject: [DoChores, LOG],
    },
  ];
}
