export { syncCall } from './sync-call';
export type { SyncOutcome } from './sync-call';
export { policyOf } from './policy';
export { MemoryStore } from './memory-store';
export { MappedRecordings } from './recordings/recording-source';
export type { RecordingRoot } from './recordings/recording-source';
export { RecordingsUnavailable } from './recordings/errors';
export type {
  CallFence,
  CallToSync,
  CrmSetting,
  FoundRecording,
  Held,
  LedgerEntry,
  PortalGate,
  PortalRequests,
  PortalSettings,
  PortalUser,
  RateGovernor,
  RateSlot,
  RecordingSource,
  StepClass,
  StepTimeouts,
  SyncDeps,
  SyncState,
  SyncStore,
} from './ports';
