import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { HOW_TO_GET_ONE, NoSwitchError } from './no-switch-error';

/** Where packages and `make install` put it. */
const USUAL_PLACES = [
  '/usr/bin/freeswitch',
  '/usr/local/bin/freeswitch',
  '/usr/local/freeswitch/bin/freeswitch',
  '/opt/homebrew/bin/freeswitch',
];

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The binary of a FreeSWITCH on this machine: FREESWITCH_BIN, the PATH, the usual places.
 *
 * @returns undefined when there is none
 * @throws NoSwitchError when FREESWITCH_BIN names something that cannot be run
 */
export function findFreeswitch(env: Env, usualPlaces: readonly string[] = USUAL_PLACES): string | undefined {
  const named = env.FREESWITCH_BIN;
  if (named) {
    if (isProgram(named)) return named;
    throw new NoSwitchError(`FREESWITCH_BIN=${named} is no program that can be run.`);
  }
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'freeswitch'));
  return [...onPath, ...usualPlaces].find(isProgram);
}

/** The same, for who cannot go on without. */
export function requireFreeswitch(env: Env): string {
  const binary = findFreeswitch(env);
  if (binary === undefined) throw new NoSwitchError(`No FreeSWITCH on this machine: ${HOW_TO_GET_ONE}.`);
  return binary;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
