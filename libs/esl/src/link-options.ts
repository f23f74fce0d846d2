import type { BackoffSettings } from './backoff';
import { systemClock } from './clock';
import type { EslClock } from './clock';
import type { EslAddress } from './esl-connection';
import { silentLog } from './esl-log';
import type { EslLog } from './esl-log';
import { MINIMAL_SUBSCRIPTION } from './subscription';
import type { EslSubscription } from './subscription';

/** How to reach one switch. Everything with a default may be left out. */
export interface SwitchLinkOptions extends EslAddress {
  /** Our name for the switch, in logs and in the resync hook. */
  readonly switchId: string;
  readonly subscription?: EslSubscription;
  /** No HEARTBEAT for longer than this: the link is dead. Default 45 000 ms; the switch sends one every 20 s. */
  readonly heartbeatTimeoutMs?: number;
  /** From the first SYN to the accepted log-in, for each of the two sockets. Default 3 000 ms. */
  readonly connectTimeoutMs?: number;
  /** For the reply to a command unless the call says otherwise. Default 5 000 ms. */
  readonly commandTimeoutMs?: number;
  /** Waits between attempts. Default 500 ms, doubling up to 15 s, 30 % of it left to chance. */
  readonly backoff?: BackoffSettings;
  /** Wait after a refused log-in: a person has to act. Default 30 000 ms, never less than {@link MIN_REFUSED_RETRY_MS}. */
  readonly refusedRetryMs?: number;
  readonly log?: EslLog;
  /** For tests. */
  readonly clock?: EslClock;
  /** For tests: a number from 0 to 1. */
  readonly random?: () => number;
}

/** A wrong password is not tried more often than this, ms: fail2ban and people watch the log of the switch. */
export const MIN_REFUSED_RETRY_MS = 10_000;

export type CompleteLinkOptions = Required<Omit<SwitchLinkOptions, 'user'>> & Pick<SwitchLinkOptions, 'user'>;

/** The options with every default filled in. */
export function completeOptions(options: SwitchLinkOptions): CompleteLinkOptions {
  return {
    ...options,
    subscription: options.subscription ?? MINIMAL_SUBSCRIPTION,
    heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? 45_000,
    connectTimeoutMs: options.connectTimeoutMs ?? 3_000,
    commandTimeoutMs: options.commandTimeoutMs ?? 5_000,
    backoff: options.backoff ?? { minMs: 500, maxMs: 15_000, factor: 2, jitter: 0.3 },
    refusedRetryMs: Math.max(options.refusedRetryMs ?? 30_000, MIN_REFUSED_RETRY_MS),
    log: options.log ?? silentLog,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}
