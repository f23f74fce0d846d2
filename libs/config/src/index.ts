export { environmentTable } from './environment-table';
export { SettingsError, type BadVariable } from './read-settings';
export {
  callSettings,
  databaseSettings,
  gatewaySettings,
  logSettings,
  portalsSettings,
  queueSettings,
  workerSettings,
  type CallSettings,
  type DatabaseSettings,
  type GatewaySettings,
  type LogSettings,
  type OpsSettings,
  type PolicySettings,
  type PortalAccessSettings,
  type PortalsSettings,
  type QueueSettings,
  type WorkerSettings,
} from './settings';
export type { SecretKeySetting } from './secret-keys';
export type { RecordingRoot, SwitchRecordings, SwitchSettings } from './switches';
export type { Env } from './variable';
