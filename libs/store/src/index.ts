export { CallFence } from './call-fence';
export type { CallFenceOptions, Held } from './call-fence';
export { CallStore } from './calls/call.store';
export type { CallChange } from './calls/group-rows';
export type { JournalEntry } from './calls/journal-entry';
export { ClickStore } from './clicks/click.store';
export type { KnownClick } from './clicks/click.store';
export type { ClockSkew } from './clicks/clock-skew';
export { DailyTables } from './daily/daily-tables';
export type { DailyTable } from './daily/drop-days';
export { createDataSource } from './data-source';
export type { StoreOptions } from './data-source';
export type {
  CallToSync,
  LedgerEntry,
  PortalDefaults,
  PortalOfCall,
  SettledCall,
  SyncMark,
} from './portal-calls/call-to-sync';
export { PortalCallStore } from './portal-calls/portal-call.store';
export { PortalEventStore } from './portal-events/portal-event.store';
export type {
  EventState,
  EventToStore,
  FetchedEvent,
  StoredEvent,
  StoredOnce,
} from './portal-events/portal-event.store';
export { ChoreStore } from './portals/chore.store';
export type { Chore, ChoreState, PortalChore } from './portals/chore.store';
export { DirectoryStore } from './portals/directory.store';
export type { ExternalLine, PhoneOwner, PortalUser } from './portals/directory.store';
export { readLinePolicy } from './portals/line-policy';
export type { LinePolicy } from './portals/line-policy';
export type { ApplicationUpdate, Installed, InstalledPortal } from './portals/install-portal';
export type { PhoneHome } from './portals/phone-homes';
export { PhoneStore } from './portals/phone.store';
export type { KnownPhone, Stranger } from './portals/phone.store';
export { PortalAppStore } from './portals/portal-app.store';
export type { NewPortalApp, PortalAppSecrets } from './portals/portal-app.store';
export type { PortalCredentials } from './portals/portal-credentials';
export { PortalLineStore } from './portals/portal-line.store';
export type { NamedLine, WantedLines } from './portals/portal-line.store';
export { readPortalSettings } from './portals/portal-settings';
export type { PortalSettings, PortalSettingsInput } from './portals/portal-settings';
export { PortalStore } from './portals/portal.store';
export type { OpenedPortal } from './portals/portal.store';
export { UNINSTALLED } from './portals/portal-trouble';
export type { PortalTrouble } from './portals/portal-trouble';
export type { FreshTokens, Renewal, RenewalBasis } from './portals/renew-tokens';
export { SetUpStore } from './portals/set-up.store';
export type { SetUpMark } from './portals/set-up.store';
export { DoctorStore } from './doctor.store';
export type { CallTroubles, FailedEvents } from './doctor.store';
export { HeartbeatStore } from './heartbeat.store';
export type { Heartbeat, SeenProcess } from './heartbeat.store';
export { inspectDatabase } from './inspect-database';
export type { DatabaseFacts } from './inspect-database';
export { migrate } from './run-migrations';
export { dumpSchema } from './schema/dump-schema';
export { reseal } from './secrets/reseal';
export type { ResealReport } from './secrets/reseal';
export { SecretBox } from './secrets/secret-box';
export type { SecretKey } from './secrets/secret-box';
export { StoreError } from './store-error';
export type { StoreErrorKind } from './store-error';
export { StoreModule } from './store.module';
export type { StoreModuleOptions } from './store.module';
export { RegistrationStore } from './routing/registration.store';
export type { AskedRegistration, Registration } from './routing/registration.store';
export type { RoutePast } from './routing/route-past';
export { RouteStore } from './routing/route.store';
export type { DialledLine, RoutedLine, SavedRoute } from './routing/route.store';
export { checkRouteSettings, readRouteSettings } from './routing/route-settings';
export type { RouteSettings, RouteSettingsInput, SettingMistake } from './routing/route-settings';
export { RateGovernor } from './turns/rate-governor';
export type { OperatingNews, Reservation } from './turns/rate-governor';
export type { StepClass } from './turns/step-class';
export { WaitingList } from './turns/waiting-list';
export type { AskedTurn, StepToAdd, TakenTurn, Turn } from './turns/waiting-list';
