export { environmentTable } from './environment-table';
export { SettingsError, type BadVariable } from './read-settings';
export {
  databaseSettings,
  gatewaySettings,
  logSettings,
  queueSettings,
  workerSettings,
  type DatabaseSettings,
  type GatewaySettings,
  type LogSettings,
  type OpsSettings,
  type PolicySettings,
  type QueueSettings,
  type WorkerSettings,
} from './settings';
export type { RecordingRoot, SwitchRecordings, SwitchSettings } from './switches';
export type { Env } from './variable';
