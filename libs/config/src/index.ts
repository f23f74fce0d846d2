export { environmentTable } from './environment-table';
export { SettingsError, type BadVariable } from './read-settings';
export {
  databaseSettings,
  gatewaySettings,
  logSettings,
  cliSettings,
  queueSettings,
  workerSettings,
  type DatabaseSettings,
  type GatewaySettings,
  type LogSettings,
  type OpsSettings,
  type PolicySettings,
  type PortalAccessSettings,
  type CliSettings,
  type QueueSettings,
  type WorkerSettings,
} from './settings';
export type { SecretKeySetting } from './secret-keys';
export type { RecordingRoot, SwitchRecordings, SwitchSettings, VisitedSwitch } from './switches';
export type { Env } from './variable';
