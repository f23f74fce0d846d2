import type { EslAnomaly } from './anomaly';
import type { EslError } from './errors';
import type { EslEvent } from './esl-event';
import type { BgapiOptions } from './switch-session';

/**
 * - `stopped`: not started, or stopped on purpose;
 * - `connecting`: an attempt is under way, the resync hook included;
 * - `up`: connected, subscribed and resynced;
 * - `down`: lost or unreachable, the next attempt is due after a back-off;
 * - `refused`: the switch does not let us in (password, ACL, permissions); tried again slowly.
 */
export type LinkState = 'stopped' | 'connecting' | 'up' | 'down' | 'refused';

/** Commands to the switch. */
export interface SwitchCommands {
  /**
   * Runs an api command and gives its output. Never sent twice.
   * @throws EslCommandError when the switch answers `-ERR` or `-USAGE`; EslUnsafeCommandError (nothing was sent) on a line
   * end inside; EslTimeoutError and EslConnectionLostError, whose `verdict` says whether the switch may have done it.
   */
  api(command: string, args?: string, options?: { readonly timeoutMs?: number }): Promise<string>;

  /**
   * Runs an api command in the background of the switch and gives its result, which comes as BACKGROUND_JOB. For anything
   * that takes time (originate). Errors as for `api`; a result that begins with `-ERR` is an EslCommandError too.
   */
  bgapi(command: string, args?: string, options?: BgapiOptions): Promise<{ jobUuid: string; result: string }>;
}

/** Given to the resync hook. */
export interface SwitchUp extends SwitchCommands {
  readonly switchId: string;
  /** 1 for the first time the link came up since it was made, 2 for the second ... */
  readonly connection: number;
  /** Aborted when this connection is lost: the hook may stop, it will be called again for the next one. */
  readonly signal: AbortSignal;
}

/** Why the link is not up, and when it is tried again. */
export interface LinkDown {
  readonly state: 'down' | 'refused';
  readonly error: EslError;
  /** True when the link was up, false when an attempt failed. */
  readonly wasUp: boolean;
  readonly retryInMs: number;
}

/** The application's side of a link. What it throws is reported as an anomaly and costs nobody else anything. */
export interface SwitchListener {
  /** Every event, in the order of the wire. */
  onEvent(event: EslEvent): void;
  /**
   * The resync hook: called on every (re)connect after log-in and subscription, before any event of this connection.
   * Compare here what the switch has (`show channels as json`) with what is known. Events that arrive meanwhile are
   * delivered after it, in order. If it rejects, the link goes down and is built anew.
   */
  onUp(up: SwitchUp): Promise<void>;
  /** After every loss and every failed attempt, but not after `stop()`. */
  onDown(down: LinkDown): void;
  onAnomaly(anomaly: EslAnomaly): void;
}
