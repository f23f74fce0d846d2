/** The settings of each program. Every function throws SettingsError when the environment cannot be used. */
import { databaseVariables, gatewayVariables, logVariables, queueVariables, workerVariables } from './groups';
import { readSettings } from './read-settings';
import type { Env, SettingsOf } from './variable';

export type DatabaseSettings = SettingsOf<typeof databaseVariables>;
export type QueueSettings = SettingsOf<typeof queueVariables>;
export type LogSettings = SettingsOf<typeof logVariables>;
export type GatewaySettings = SettingsOf<typeof gatewayVariables>;
export type WorkerSettings = SettingsOf<typeof workerVariables>;
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
 * the passwords of switches.
 */
export function gatewaySettings(env: Env): GatewaySettings {
  if (env.GATEWAY_ROLES?.trim() !== 'http') return readSettings(gatewayVariables, env);
  const { switches: _unread, ...door } = gatewayVariables;
  return { ...readSettings(door, env), switches: [] };
}

/** For the worker. */
export function workerSettings(env: Env): WorkerSettings {
  return readSettings(workerVariables, env);
}
