import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CallStore } from './calls/call.store';
import { ClickStore } from './clicks/click.store';
import { DailyTables } from './daily/daily-tables';
import { dataSourceOptions, type StoreOptions } from './data-source';
import { PortalCallStore } from './portal-calls/portal-call.store';
import type { PortalDefaults } from './portal-calls/call-to-sync';
import { PortalEventStore } from './portal-events/portal-event.store';
import { HeartbeatStore } from './heartbeat.store';
import { ChoreStore } from './portals/chore.store';
import { DirectoryStore } from './portals/directory.store';
import { PhoneStore } from './portals/phone.store';
import { PortalAppStore } from './portals/portal-app.store';
import { PortalLineStore } from './portals/portal-line.store';
import { PortalStore } from './portals/portal.store';
import { SetUpStore } from './portals/set-up.store';
import { SecretBox, type SecretKey } from './secrets/secret-box';
import { RegistrationStore } from './routing/registration.store';
import { RouteStore } from './routing/route.store';
import { RateGovernor } from './turns/rate-governor';
import type { TurnOptions } from './turns/turn-clock';
import { WaitingList } from './turns/waiting-list';

export interface StoreModuleOptions extends StoreOptions {
  /** postgres://... */
  readonly url: string;
  readonly portalDefaults: PortalDefaults;
  readonly turns?: TurnOptions;
  /** What secrets are sealed with, the first; none: this process neither writes nor reads any. */
  readonly secretKeys: readonly SecretKey[];
}

/** The stores as Nest providers, on one pool that is closed with the app. The schema is migrated before an app starts. */
@Module({})
export class StoreModule {
  static forRoot({ url, portalDefaults, secretKeys, turns, ...options }: StoreModuleOptions): DynamicModule {
    const secrets = new SecretBox(secretKeys);
    const stores = [
      store(CallStore, (dataSource) => new CallStore(dataSource)),
      store(PortalCallStore, (dataSource) => new PortalCallStore(dataSource, portalDefaults, secrets)),
      store(PortalStore, (dataSource) => new PortalStore(dataSource, secrets)),
      store(PortalAppStore, (dataSource) => new PortalAppStore(dataSource, secrets)),
      store(PortalEventStore, (dataSource) => new PortalEventStore(dataSource)),
      store(SetUpStore, (dataSource) => new SetUpStore(dataSource)),
      store(ClickStore, (dataSource) => new ClickStore(dataSource)),
      store(DailyTables, (dataSource) => new DailyTables(dataSource)),
      store(DirectoryStore, (dataSource) => new DirectoryStore(dataSource)),
      store(ChoreStore, (dataSource) => new ChoreStore(dataSource)),
      store(PhoneStore, (dataSource) => new PhoneStore(dataSource)),
      store(PortalLineStore, (dataSource) => new PortalLineStore(dataSource)),
      store(HeartbeatStore, (dataSource) => new HeartbeatStore(dataSource)),
      store(RegistrationStore, (dataSource) => new RegistrationStore(dataSource)),
      store(RouteStore, (dataSource) => new RouteStore(dataSource)),
      store(RateGovernor, (dataSource) => new RateGovernor(dataSource, turns)),
      store(WaitingList, (dataSource) => new WaitingList(dataSource, turns)),
    ];
    return {
      module: StoreModule,
      global: true,
      imports: [TypeOrmModule.forRoot(dataSourceOptions(url, options))],
      providers: stores,
      exports: [TypeOrmModule, ...stores],
    };
  }
}

function store<T>(provide: abstract new (...args: never) => T, useFactory: (dataSource: DataSource) => T) {
  return { provide, useFactory, inject: [DataSource] };
}
