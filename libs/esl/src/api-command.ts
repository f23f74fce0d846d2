import { EslCommandError } from './errors';

/** The line of an `api` or `bgapi` command. */
export function apiLine(verb: 'api' | 'bgapi', command: string, args: string | undefined): string {
  return args === undefined || args === '' ? `${verb} ${command}` : `${verb} ${command} ${args}`;
}

/** What errors and logs call the command: never its arguments, they hold people's numbers. */
export function apiLabel(verb: 'api' | 'bgapi', command: string): string {
  const [word = ''] = command.split(/\s/, 1);
  return `${verb} ${word}`;
}

/**
 * Passes an answer on unless the switch said no. `-USAGE` is what an api says to wrong arguments.
 * @throws EslCommandError
 */
export function accepted(label: string, answer: string): string {
  if (/^-(ERR|USAGE)\b/.test(answer)) throw new EslCommandError(label, answer);
  return answer;
}
