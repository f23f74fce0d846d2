/** What synchronising needs of the world. Every shape is satisfied by structure: nothing here is implemented by name. */
export type {
  CallSettings,
  CallToSync,
  CrmSetting,
  IgnoreLists,
  LinePolicy,
  LineSetting,
  PortalSettings,
  PortalUser,
} from './ports/call-to-sync';
export type { CallFence, Held, SendWaitingDeps, SyncDeps } from './ports/deps';
export type {
  PortalGate,
  PortalRequests,
  PortalTokens,
  PortalTroubles,
  StepTimeouts,
  WaitingGate,
} from './ports/portal';
export type { OperatingNews, RateGovernor } from './ports/rate-governor';
export type { FoundRecording, RecordingSource } from './ports/recordings';
export type { LedgerEntry, SettledCall, SyncMark, SyncState, SyncStore, WaitingStore } from './ports/store';
export type {
  AskedTurn,
  ClosedPortal,
  GrantedTurn,
  StepClass,
  StepToAdd,
  TakenTurn,
  TakeOptions,
  Turn,
  Turns,
  WaitingStep,
  WaitingTurns,
} from './ports/turns';
