import type { Provider } from '@nestjs/common';
import type { GatewaySettings } from '@app/config';
import { HealthReport, type Logger, type Metrics, METRICS } from '@app/observability';
import { InstallableApps, Installations, portalClients } from '@app/portals';
import type { QueueBackend } from '@app/queues';
import { ChoreStore, PortalAppStore, PortalEventStore, PortalStore } from '@app/store';
import { LOG, QUEUE_BACKEND, SETTINGS } from '../tokens';
import { defaultDoorSettings } from './door-settings';
import { AskPortal } from './install/ask-portal';
import type { DoorParts } from './portal-door.module';
import { PublicDoor } from './public-door';
import { QueueRings } from './queue-rings';
import { WatchDoor, type EventTable } from './watch-door';

/** The role `http`: the public door, on the real stores, clients and queues. */
export function doorProviders(): Provider[] {
  return [
    {
      provide: QueueRings,
      useFactory: (backend: QueueBackend, health: HealthReport) => new QueueRings(backend, health),
      inject: [QUEUE_BACKEND, HealthReport],
    },
    {
      provide: PublicDoor,
      useFactory: (
        settings: GatewaySettings,
        metrics: Metrics,
        log: Logger,
        rings: QueueRings,
        ...stores: [PortalAppStore, PortalStore, PortalEventStore]
      ) => new PublicDoor(doorParts(settings, { metrics, log, rings }, stores), settings.http),
      inject: [SETTINGS, METRICS, LOG, QueueRings, PortalAppStore, PortalStore, PortalEventStore],
    },
    {
      provide: WatchDoor,
      useFactory: (
        door: PublicDoor,
        inbox: PortalEventStore,
        chores: ChoreStore,
        rings: QueueRings,
        health: HealthReport,
      ) => new WatchDoor(door, eventTable(inbox, chores), rings, health),
      inject: [PublicDoor, PortalEventStore, ChoreStore, QueueRings, HealthReport],
    },
  ];
}

/** The worker fetches what was missed: its sweeper finds that it is due. */
function eventTable(inbox: PortalEventStore, chores: ChoreStore): EventTable {
  return {
    unhandled: (before, limit) => inbox.unhandled(before, limit),
    fetchMissed: () => chores.ask('fetch-offline-events', undefined, 0),
  };
}

function doorParts(
  { portals: access, http }: GatewaySettings,
  { metrics, log, rings }: { readonly metrics: Metrics; readonly log: Logger; readonly rings: QueueRings },
  [apps, portals, inbox]: [PortalAppStore, PortalStore, PortalEventStore],
): DoorParts {
  const { guard, oauth, client } = portalClients(access);
  return {
    apps: new InstallableApps(apps),
    portals: new Installations(portals, guard),
    inbox,
    oauth,
    owners: new AskPortal(client),
    rules: guard,
    rings,
    log: log.child({ part: 'portal-door' }),
    registry: metrics.registry,
    settings: {
      ...defaultDoorSettings,
      oauthServers: access.oauthServers,
      trustedProxies: http.trustedProxies,
    },
  };
}
