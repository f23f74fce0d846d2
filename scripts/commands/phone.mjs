import { ensureBuilt } from '../lib/build.mjs';
import { runHarness } from '../lib/harness.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';

/** A test phone in this terminal; it needs no server of ours. */
export async function command(args) {
  await ensureNodeModules();
  await ensureBuilt();
  return runHarness(['phone', ...args]);
}
