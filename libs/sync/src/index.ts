export { syncCall } from './sync-call';
export type { SyncOutcome } from './sync-call';
export { sendWaiting } from './waiting/send-waiting';
export type { SendWaitingOptions, WaitingEnd } from './waiting/send-waiting';
export { CALLS_AS_USUAL, policyOf } from './policy';
export { e164In } from './phone-number';
export { MemoryStore } from './memory-store';
export { noLimits } from './no-limits';
export { MappedRecordings } from './recordings/recording-source';
export type { RecordingRoot } from './recordings/recording-source';
export { RecordingsUnavailable } from './recordings/errors';
export type {
  CallFence,
  CallSettings,
  CallToSync,
  CrmSetting,
  FoundRecording,
  Held,
  LedgerEntry,
  LineSetting,
  PortalGate,
  PortalRequests,
  PortalSettings,
  PortalTokens,
  PortalTroubles,
  PortalUser,
  RateGovernor,
  RecordingSource,
  SendWaitingDeps,
  StepClass,
  StepTimeouts,
  SyncDeps,
  SyncMark,
  SyncState,
  SyncStore,
  Turns,
  WaitingGate,
  WaitingTurns,
} from './ports';
