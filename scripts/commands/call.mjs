import { join } from 'node:path';
import { ensureBuilt } from '../lib/build.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';
import { DIST } from '../lib/paths.mjs';
import { runCommand } from '../lib/processes.mjs';

/** One call by hand, as a click would make it; see apps/cli. */
export async function command(args) {
  await ensureNodeModules();
  await ensureBuilt();
  return runCommand(process.execPath, [join(DIST, 'apps/cli/src/main.js'), 'call', ...args]);
}
