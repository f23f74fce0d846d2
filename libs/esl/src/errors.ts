/**
 * What can go wrong on the event socket. Every error says itself what should be done about it:
 * - `retry`: nothing reached the switch, or the command may simply be given again;
 * - `unknown-outcome`: the switch may or may not have done it. Look at the switch before deciding; never repeat blindly,
 *   a repeated originate is a second call;
 * - `ask-a-person`: configuration (password, ACL, permissions); repeating cannot help;
 * - `give-up`: the switch said no, or the request itself is wrong.
 * Nothing in this library repeats a command. The link reconnects; what to do with the command is the caller's choice.
 */
export type EslVerdict = 'retry' | 'ask-a-person' | 'unknown-outcome' | 'give-up';

/** Common ancestor, for `instanceof`. */
export abstract class EslError extends Error {
  abstract override readonly name: string;
  abstract readonly verdict: EslVerdict;
}

/** The switch answered `-ERR invalid` to our `auth` or `userauth`: wrong user or password. */
export class EslAuthError extends EslError {
  override readonly name = 'EslAuthError';
  readonly verdict = 'ask-a-person';
}

/** `text/rude-rejection`: our address is not in the switch's `apply-inbound-acl` list (mod_event_socket, `listener_run`). */
export class EslRefusedError extends EslError {
  override readonly name = 'EslRefusedError';
  readonly verdict = 'ask-a-person';
}

/** Something was awaited too long. With `sent` a command had left for the switch and may still be carried out. */
export class EslTimeoutError extends EslError {
  override readonly name = 'EslTimeoutError';
  readonly verdict: EslVerdict;

  constructor(
    waitedFor: string,
    readonly timeoutMs: number,
    readonly sent: boolean,
  ) {
    super(`${waitedFor}: no answer within ${timeoutMs} ms`);
    this.verdict = sent ? 'unknown-outcome' : 'retry';
  }
}

/** The connection is gone, or was never there. With `sent` a command was in flight and its outcome is unknown. */
export class EslConnectionLostError extends EslError {
  override readonly name = 'EslConnectionLostError';
  readonly verdict: EslVerdict;
  readonly sent: boolean;

  constructor(message: string, options: { cause?: unknown; sent?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.sent = options.sent ?? false;
    this.verdict = this.sent ? 'unknown-outcome' : 'retry';
  }
}

/** The switch refused a command: `-ERR ...` or `-USAGE: ...`, kept in `reply` without the line end. */
export class EslCommandError extends EslError {
  override readonly name = 'EslCommandError';
  readonly verdict: EslVerdict;
  readonly reply: string;

  constructor(
    readonly command: string,
    reply: string,
  ) {
    const text = reply.trimEnd();
    super(`${command}: ${text}`);
    this.reply = text;
    // What mod_event_socket says when `esl-allowed-api` or `esl-allowed-events` of the user leaves the word out.
    this.verdict = text === '-ERR permission denied' ? 'ask-a-person' : 'give-up';
  }
}

/** A line end or NUL inside a command: on the event socket that is a second command, so it is refused unsent. */
export class EslUnsafeCommandError extends EslError {
  override readonly name = 'EslUnsafeCommandError';
  readonly verdict = 'give-up';
}

/** The byte stream can't be cut into frames any more. Fatal for the connection; a new one starts on a frame border. */
export class FramingError extends EslError {
  override readonly name = 'FramingError';
  readonly verdict = 'retry';
}

/** One event whose text can't be read. Its neighbours are unharmed. */
export class MalformedEventError extends EslError {
  override readonly name = 'MalformedEventError';
  readonly verdict = 'give-up';
}
