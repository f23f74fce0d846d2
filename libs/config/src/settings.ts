/** The settings of each program. Every function throws SettingsError when the environment cannot be used. */
import type { portalAccessVariables } from './groups';
import {
  databaseVariables,
  gatewayVariables,
  logVariables,
  cliVariables,
  queueVariables,
  workerVariables,
} from './groups';
import { readSettings } from './read-settings';
import type { Env, SettingsOf } from './variable';

export type DatabaseSettings = SettingsOf<typeof databaseVariables>;
export type QueueSettings = SettingsOf<typeof queueVariables>;
export type LogSettings = SettingsOf<typeof logVariables>;
export type GatewaySettings = SettingsOf<typeof gatewayVariables>;
export type WorkerSettings = SettingsOf<typeof workerVariables>;
export type CliSettings = SettingsOf<typeof cliVariables>;
export type PortalAccessSettings = SettingsOf<typeof portalAccessVariables>;
export type PolicySettings = GatewaySettings['policy'];
export type OpsSettings = GatewaySettings['ops'];

/** For programs that need the database alone (migrations). */
export function databaseSettings(env: Env): DatabaseSettings {
  return readSettings(databaseVariables, env);
}

/** For programs that need the queue alone. */
export function queueSettings(env: Env): QueueSettings {
  return readSettings(queueVariables, env);
}

/** For programs that only talk. */
export function logSettings(env: Env): LogSettings {
  return readSettings(logVariables, env);
}

/**
 * For the gateway. SWITCHES is required by the role `switch` only: a gateway that is just the public door must not hold
 * the passwords of switches. SECRET_KEYS is required by the role `http` only; the role `switch` asks portals who is
 * responsible for a caller when it has them.
 */
export function gatewaySettings(env: Env): GatewaySettings {
  const { switches, secrets, ...common } = gatewayVariables;
  switch (env.GATEWAY_ROLES?.trim()) {
    case 'http':
      return { ...readSettings({ ...common, secrets }, env), switches: [] };
    case 'switch':
      return hasKeys(env)
        ? readSettings(gatewayVariables, env)
        : { ...readSettings({ ...common, switches }, env), secrets: { keys: [] } };
    default:
      return readSettings(gatewayVariables, env);
  }
}

function hasKeys(env: Env): boolean {
  return [env.SECRET_KEYS, env.SECRET_KEYS_FILE].some((text) => text !== undefined && text.trim() !== '');
}

/** For the command line. */
export function cliSettings(env: Env): CliSettings {
  return readSettings(cliVariables, env);
}

/** For the worker. */
export function workerSettings(env: Env): WorkerSettings {
  return readSettings(workerVariables, env);
}
