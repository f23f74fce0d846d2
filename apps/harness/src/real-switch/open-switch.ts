import { attachSwitch } from './attach-switch';
import { findFreeswitch, requireFreeswitch } from './find-freeswitch';
import { startSwitch, type StartOptions } from './start-switch';
import type { SwitchUnderTest } from './switch-under-test';

type Env = Readonly<Record<string, string | undefined>>;

/** Whether there is a FreeSWITCH to test with: a running one that is named, or a binary. */
export function hasSwitch(env: Env): boolean {
  return Boolean(env.FREESWITCH_ESL) || findFreeswitch(env) !== undefined;
}

/**
 * The switch to test with: the running one that FREESWITCH_ESL names, else one of our own.
 *
 * @throws NoSwitchError, which says how to get one
 */
export async function openSwitch(
  env: Env,
  options: Omit<StartOptions, 'binary'> = {},
): Promise<SwitchUnderTest> {
  if (env.FREESWITCH_ESL) return attachSwitch(env, options.signal);
  return startSwitch({ ...options, binary: requireFreeswitch(env) });
}
