import { EslUnsafeCommandError } from './errors';

/**
 * Refuses text that would not stay one line on the event socket: a line end ends the command and starts the next one, so
 * a caller's name with a line end in it could give commands of its own. NUL cuts the line short inside the switch.
 * @param what names the text in the error, which never quotes the text itself.
 * @throws EslUnsafeCommandError
 */
export function assertSingleLine(what: string, text: string): void {
  if (/[\r\n\0]/.test(text)) throw new EslUnsafeCommandError(`${what} holds a line end or NUL`);
}
