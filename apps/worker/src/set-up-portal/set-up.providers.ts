import type { Provider } from '@nestjs/common';
import type { WorkerSettings } from '@app/config';
import type { Logger } from '@app/observability';
import { AddLines, BindEvents, PacedSessions, ReadFacts, ReadUsers, SetUpPortal } from '@app/portals';
import {
  ChoreStore,
  DirectoryStore,
  PhoneStore,
  PortalAppStore,
  PortalLineStore,
  PortalStore,
  SetUpStore,
} from '@app/store';
import { LOG, SETTINGS } from '../tokens';
import { SetUpPortalProcessor } from './set-up-portal.processor';

/** The set-up of portals: its steps, in the order in which they are done. */
export function setUpProviders(): Provider[] {
  return [
    {
      provide: ReadUsers,
      useFactory: (
        sessions: PacedSessions,
        phones: PhoneStore,
        directory: DirectoryStore,
        chores: ChoreStore,
      ) => new ReadUsers(sessions, phones, directory, chores),
      inject: [PacedSessions, PhoneStore, DirectoryStore, ChoreStore],
    },
    {
      provide: SetUpPortal,
      useFactory: (
        { publicUrl }: WorkerSettings,
        sessions: PacedSessions,
        readUsers: ReadUsers,
        ...[setUps, portals, apps, lines]: [SetUpStore, PortalStore, PortalAppStore, PortalLineStore]
      ) =>
        new SetUpPortal(setUps, portals, [
          new ReadFacts(sessions, portals),
          new BindEvents(sessions, portals, apps, publicUrl),
          new AddLines(sessions, lines, portals),
          readUsers,
        ]),
      inject: [SETTINGS, PacedSessions, ReadUsers, SetUpStore, PortalStore, PortalAppStore, PortalLineStore],
    },
    {
      provide: SetUpPortalProcessor,
      useFactory: (setUp: SetUpPortal, log: Logger) => new SetUpPortalProcessor(setUp, log),
      inject: [SetUpPortal, LOG],
    },
  ];
}
