import { ensureBuilt } from '../lib/build.mjs';
import { runHarness } from '../lib/harness.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';

/** Follows recorded event streams. Nothing but the harness writes to stdout: `./run replay PATH --json | jq`. */
export async function command(args) {
  await ensureNodeModules();
  await ensureBuilt();
  return runHarness(['replay', ...args]);
}
