export { CaptureError } from './captured-calls/capture-error';
export {
  captureFolder,
  channelSnapshots,
  groundTruth,
  listCaptures,
  openCapture,
  protocolSamples,
} from './captured-calls/capture-library';
export type { ChannelSnapshot, ProtocolSample } from './captured-calls/capture-library';
export { eventMicroseconds, headerText } from './captured-calls/captured-event';
export type {
  Capture,
  CapturedEvent,
  CapturedLine,
  CaptureMarker,
  EventRecord,
} from './captured-calls/captured-event';
export type { ExpectedCall, GroundTruth } from './captured-calls/ground-truth';
export { readCapture } from './captured-calls/read-capture';
export { tornRecording } from './recordings/torn-recording';
export type { TornRecording } from './recordings/torn-recording';
export { parseWavHeader } from './recordings/wav-header';
export { writeRecording } from './recordings/write-recording';
export { ReplaySwitch } from './replay-switch/replay-switch';
export type { PlayReport } from './replay-switch/play/player';
export { saltedUuid } from './replay-switch/play/identities';
export type { PlayOptions, ReceivedCommand, ReplaySwitchOptions } from './replay-switch/replay-options';
export { createTestDatabase } from './test-database';
export type { TestDatabase } from './test-database';
export { createTestQueue } from './test-queue';
export type { TestQueue } from './test-queue';
export {
  AdjustableClock,
  CompanyError,
  companyFrom,
  companyOf,
  demoCompany,
  ENTERPRISE,
  FAULT_KINDS,
  FakeCloud,
  FakePortal,
  FakePortalControl,
  ManualClock,
  OAuthServer,
  STANDARD,
  systemClock,
} from './fake-portal';
export type {
  AppOptions,
  CardInterval,
  Clock,
  Company,
  FakeApp,
  FakeCall,
  FakeCrmEntity,
  FakeLine,
  FakePortalOptions,
  FakeUser,
  Fault,
  FaultEffect,
  FaultTarget,
  PortalReply,
  PortalRequest,
  RequestLogEntry,
  RunningPortal,
  SeenRequest,
  StatisticRow,
  Violation,
} from './fake-portal';
export { EmbeddedSwitch, planOfConfig, startEmbeddedSwitch } from './embedded-switch';
export type { EmbeddedSwitchOptions } from './embedded-switch';
export { hunt, loadSwitchConfig, SwitchConfigError } from './embedded-switch/config';
export type { SwitchConfig } from './embedded-switch/config';
