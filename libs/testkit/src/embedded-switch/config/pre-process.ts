import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from './env';
import type { GlobalVariables } from './global-variables';
import { includedFiles } from './include-files';
import { SwitchConfigError, type Origin } from './switch-config-error';

/** A line of the one document that the files make, and where it came from. */
export interface SourceLine extends Origin {
  readonly text: string;
}

/** As FreeSWITCH (switch_xml.c, `preprocess`): files may include one another, to this depth. */
const DEEPEST_INCLUDE = 100;
const TAG = /^\s*<X-PRE-PROCESS\s+cmd\s*=\s*"([^"]*)"\s+data\s*=\s*"([^"]*)"\s*\/>\s*$/i;

/**
 * Makes one document out of `file` and what it includes, as FreeSWITCH does: line by line, with the variables set so far. Where
 * FreeSWITCH silently does something that nobody means (a tag that shares its line, or stands in a comment), this throws.
 *
 * @param file relative to `confDir`
 */
export function preProcess(confDir: string, file: string, globals: GlobalVariables, env: Env): SourceLine[] {
  return readFile({ confDir, globals, env }, file, 0);
}

interface Reading {
  readonly confDir: string;
  readonly globals: GlobalVariables;
  readonly env: Env;
}

function readFile(reading: Reading, file: string, depth: number): SourceLine[] {
  if (depth > DEEPEST_INCLUDE)
    throw new SwitchConfigError('included in itself, over and over', { file, line: 1 });
  let isComment = false;
  return readFileSync(join(reading.confDir, file), 'utf8')
    .split('\n')
    .flatMap((raw, index): SourceLine[] => {
      const origin = { file, line: index + 1 };
      const wasComment = isComment;
      isComment = endsInComment(raw, wasComment, origin);
      const text = reading.globals.expand(raw, origin);
      if (isWrapper(raw, origin)) return [];
      if (!/x-pre-process/i.test(text)) return [{ ...origin, text }];
      const [, command, data] = TAG.exec(text) ?? [];
      if (wasComment || command === undefined || data === undefined)
        throw new SwitchConfigError(
          'FreeSWITCH runs X-PRE-PROCESS in comments too, and drops the rest of its line: put it alone on a line',
          origin,
        );
      return run(reading, { command, data, raw }, origin, depth);
    });
}

interface Tag {
  readonly command: string;
  readonly data: string;
  /** The line before variables were replaced. */
  readonly raw: string;
}

function run(reading: Reading, tag: Tag, origin: Origin, depth: number): SourceLine[] {
  const { confDir, globals, env } = reading;
  switch (tag.command.toLowerCase()) {
    case 'include':
      return includedFiles(confDir, tag.data, origin).flatMap((file) => readFile(reading, file, depth + 1));
    case 'set': {
      const { name, value } = assignment(tag.data, origin);
      globals.set(name, value.trimStart(), origin);
      return [];
    }
    case 'env-set': {
      const { name, value } = assignment(tag.data, origin);
      if (!value.startsWith('$')) throw new SwitchConfigError('env-set wants name=$VARIABLE', origin);
      const given = env[value.slice(1)];
      if (given !== undefined) globals.set(name, given, origin);
      return [];
    }
    case 'exec':
    case 'exec-set':
    case 'stun-set':
      throw new SwitchConfigError(`${tag.command} is refused: this reader runs no programs`, origin);
    default:
      // `set$${name}` is "set" while the variable is empty, and a command that FreeSWITCH ignores once it is not.
      if (/cmd\s*=\s*"set\$\$\{/i.test(tag.raw)) return [];
      throw new SwitchConfigError(`there is no command ${tag.command}`, origin);
  }
}

function assignment(data: string, origin: Origin): { name: string; value: string } {
  const [, name, value] = /^([A-Za-z0-9_]+) *=(.*)$/.exec(data) ?? [];
  if (name === undefined || value === undefined)
    throw new SwitchConfigError(`name=value is wanted, not ${data}`, origin);
  return { name, value };
}

/** Lines that FreeSWITCH drops whole: `<include>` makes a fragment well-formed, and says nothing. */
function isWrapper(raw: string, origin: Origin): boolean {
  if (!/<include>|<\/include>|<\?/.test(raw)) return false;
  if (/^\s*(<include>|<\/include>|<\?[^>]*\?>)\s*$/.test(raw)) return true;
  throw new SwitchConfigError('FreeSWITCH drops this whole line: put the tag alone on a line', origin);
}

/** Whether the end of a line is in a comment. */
function endsInComment(raw: string, wasComment: boolean, origin: Origin): boolean {
  if (raw.includes('<!--#')) throw new SwitchConfigError('the old <!--# commands are not supported', origin);
  const opened = raw.lastIndexOf('<!--');
  const closed = raw.lastIndexOf('-->');
  return opened < 0 && closed < 0 ? wasComment : opened > closed;
}
