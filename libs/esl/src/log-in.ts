import { EslAuthError, EslTimeoutError } from './errors';
import type { EslError } from './errors';

/** How to log in. */
export interface EslCredentials {
  readonly password: string;
  /** `name@domain` of a directory user with `esl-password`: logs in by `userauth`. Without it by `auth`, with all rights. */
  readonly user?: string;
}

/** mod_event_socket (`parse_command`) cuts a `userauth` at the first `@` and the next `:`; the password may hold either. */
export function logInLine({ user, password }: EslCredentials): string {
  return user === undefined ? `auth ${password}` : `userauth ${user}:${password}`;
}

/** The error for a reply to the log-in that does not begin with `+OK`; the switch says `-ERR invalid` to any fault. */
export function logInRefused({ user }: EslCredentials): EslAuthError {
  return new EslAuthError(
    user === undefined
      ? 'the switch refused the password'
      : `the switch refused the user ${user} or the password`,
  );
}

/**
 * The error for a log-in that got no answer in time.
 * @param unfinished what came of a frame that never ended. mod_event_socket keeps 511 bytes for the reply to `userauth`;
 * longer permission lists cut off its end, and the switch then looks dead though it has let us in.
 */
export function logInTimeout(timeoutMs: number, unfinished: string): EslError {
  if (unfinished.includes('Reply-Text: +OK accepted')) {
    return new EslAuthError(
      'the log-in reply was cut: esl-allowed-events and esl-allowed-api are too long together',
    );
  }
  return new EslTimeoutError('connecting and logging in', timeoutMs, false);
}
