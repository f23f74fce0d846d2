import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Logger } from '@app/observability';
import type { Registry } from 'prom-client';
import { AppController } from './app-page/app.controller';
import { AppOpening } from './app-page/app-opening';
import { createDoorMetrics } from './door-metrics';
import type { DoorSettings } from './door-settings';
import { EventsController } from './events/events.controller';
import { ReceiveEvents } from './events/receive-events';
import { RenewOnUpdate } from './events/renew-on-update';
import { RefusalFilter } from './http/refusal.filter';
import { InstallController } from './install/install.controller';
import { InstallPortal } from './install/install-portal';
import { ProveClaim } from './install/prove-claim';
import { KnownApps } from './known-apps';
import type {
  AddressRules,
  DoorRings,
  InstalledPortals,
  OAuthServers,
  PortalApps,
  PortalEventInbox,
  TokenOwners,
} from './ports';
import { ADDRESS_RULES, DOOR_CONTEXT } from './tokens';

/** What the door is put together from. */
export interface DoorParts {
  readonly apps: PortalApps;
  readonly portals: InstalledPortals;
  readonly inbox: PortalEventInbox;
  readonly oauth: OAuthServers;
  readonly owners: TokenOwners;
  /** Which addresses a portal may have: the guard that its client has, too. */
  readonly rules: AddressRules;
  readonly rings: DoorRings;
  readonly log: Logger;
  /** Where the door's counters go; one door per registry. */
  readonly registry: Registry;
  readonly settings: DoorSettings;
}

/** The public door: a Nest application of its own (`openPortalDoor`), so that nothing private shares its port. */
@Module({})
export class PortalDoorModule {
  static forRoot(parts: DoorParts): DynamicModule {
    return {
      module: PortalDoorModule,
      controllers: [InstallController, EventsController, AppController],
      providers: providersOf(parts),
    };
  }
}

function providersOf(parts: DoorParts): Provider[] {
  const { apps, portals, inbox, oauth, owners, rules, rings, log, registry, settings } = parts;
  const context = { log, metrics: createDoorMetrics(registry), storeMs: settings.storeMs };
  const prover = new ProveClaim({ oauth, owners, rules, oauthServers: settings.oauthServers });
  const updates = new RenewOnUpdate(prover, portals, context);
  return [
    { provide: DOOR_CONTEXT, useValue: context },
    { provide: ADDRESS_RULES, useValue: rules },
    { provide: APP_FILTER, useValue: new RefusalFilter(context, rules) },
    { provide: KnownApps, useValue: new KnownApps(apps, settings.storeMs) },
    { provide: InstallPortal, useValue: new InstallPortal(prover, portals, rings, context) },
    { provide: ReceiveEvents, useValue: new ReceiveEvents(portals, inbox, updates, rings, context) },
    { provide: AppOpening, useValue: new AppOpening(portals, settings.storeMs) },
  ];
}
