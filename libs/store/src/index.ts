export { CallFence } from './call-fence';
export type { CallFenceOptions, Held } from './call-fence';
export { CallStore } from './calls/call.store';
export type { CallChange } from './calls/group-rows';
export type { JournalEntry } from './calls/journal-entry';
export { ClickStore } from './clicks/click.store';
export type { KnownClick } from './clicks/click.store';
export { DailyTables } from './daily/daily-tables';
export type { DailyTable } from './daily/drop-days';
export { createDataSource } from './data-source';
export type { StoreOptions } from './data-source';
export type {
  CallToSync,
  LedgerEntry,
  PortalDefaults,
  PortalOfCall,
  SyncMark,
} from './portal-calls/call-to-sync';
export { PortalCallStore } from './portal-calls/portal-call.store';
export { PortalEventStore } from './portal-events/portal-event.store';
export type { EventState, EventToStore, StoredEvent } from './portal-events/portal-event.store';
export { DirectoryStore } from './portals/directory.store';
export type { ExternalLine, PhoneOwner, PortalUser } from './portals/directory.store';
export type { ApplicationUpdate, Installed, InstalledPortal } from './portals/install-portal';
export { PortalAppStore } from './portals/portal-app.store';
export type { NewPortalApp, PortalAppSecrets } from './portals/portal-app.store';
export type { PortalCredentials } from './portals/portal-credentials';
export { readPortalSettings } from './portals/portal-settings';
export type { PortalSettings, PortalSettingsInput } from './portals/portal-settings';
export { PortalStore } from './portals/portal.store';
export type { OpenedPortal } from './portals/portal.store';
export { UNINSTALLED } from './portals/portal-trouble';
export type { PortalTrouble } from './portals/portal-trouble';
export type { FreshTokens, Renewal, RenewalBasis } from './portals/renew-tokens';
export { SetUpStore } from './portals/set-up.store';
export type { SetUpMark } from './portals/set-up.store';
export { RateGovernor } from './rate-governor';
export type { Reservation, StepClass } from './rate-governor';
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
