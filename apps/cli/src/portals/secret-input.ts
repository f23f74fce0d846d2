import { readFileSync } from 'node:fs';
import { Refusal, UsageError } from '../command-line';
import type { Terminal } from '../terminal/terminal';

/**
 * A secret: out of a file, out of a pipe, or typed unseen. Never out of the command line, where everybody can read it.
 *
 * @param file path that was given; undefined: none
 * @param what `Application key (client_secret)`
 */
export async function readSecretInput(
  terminal: Terminal,
  file: string | undefined,
  what: string,
): Promise<string> {
  const secret = (await givenSecret(terminal, file, what)).trim();
  if (secret === '') throw new Refusal(`The ${what} is empty.`);
  if (/\s/.test(secret)) throw new Refusal(`The ${what} holds spaces or line ends; it should be one word.`);
  return secret;
}

async function givenSecret(terminal: Terminal, file: string | undefined, what: string): Promise<string> {
  if (file === undefined)
    return terminal.isInteractive ? terminal.askSecret(`${what}, not shown: `) : terminal.readInput();
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError('--secret-file names a file that cannot be read.');
  }
}
