import { parseArgs, type ParseArgsConfig } from 'node:util';

/** What was typed cannot be understood. Its message says what would be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that stands in the way and is said in a sentence: not our fault, and no stack helps. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Options and words of a command line.
 *
 * @throws UsageError that never repeats a value: it may be a secret
 */
export function readArguments<const O extends Options>(args: readonly string[], options: O, usage: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const option = /'(--?[a-z][a-z-]*)/.exec(String(error))?.[1];
    if (option !== undefined && /secret|password|token|key/.test(option)) throw new UsageError(NO_SECRETS);
    throw new UsageError(
      `${option === undefined ? 'This' : `The option ${option}`} is not understood.\n\n${usage}`,
    );
  }
}

const NO_SECRETS =
  'A secret does not belong into a command line: everybody on this machine can read it there. Pipe it in, give it as --secret-file, or type it when you are asked.';

/** A whole number of seconds. Throws UsageError. */
export function seconds(text: string | undefined, byDefault: number, option: string): number {
  if (text === undefined) return byDefault;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new UsageError(`${option} takes a number of seconds.`);
}
