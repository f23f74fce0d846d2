export { CallFence } from './call-fence';
export type { CallFenceOptions, Held } from './call-fence';
export { CallStore } from './calls/call.store';
export type { CallChange } from './calls/group-rows';
export type { JournalEntry } from './calls/journal-entry';
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
export { DirectoryStore } from './portals/directory.store';
export type { ExternalLine, PortalUser } from './portals/directory.store';
export type { LinePolicy } from './portals/line-policy';
export type { PortalCredentials } from './portals/portal-credentials';
export { readPortalSettings } from './portals/portal-settings';
export type { PortalSettings, PortalSettingsInput } from './portals/portal-settings';
export { PortalStore } from './portals/portal.store';
export type { InstalledPortal } from './portals/portal.store';
export { migrate } from './run-migrations';
export { dumpSchema } from './schema/dump-schema';
export { StoreError } from './store-error';
export type { StoreErrorKind } from './store-error';
export { StoreModule } from './store.module';
export type { StoreModuleOptions } from './store.module';
export { RateGovernor } from './turns/rate-governor';
export type { OperatingNews, Reservation } from './turns/rate-governor';
export type { StepClass } from './turns/step-class';
export { WaitingList } from './turns/waiting-list';
export type { AskedTurn, StepToAdd, TakenTurn, Turn } from './turns/waiting-list';
