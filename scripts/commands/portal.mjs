import { ensureBuilt } from '../lib/build.mjs';
import { runHarness } from '../lib/harness.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';

/** The fake Bitrix24 portal alone, until Ctrl-C; needs no server. Its stdout is the harness's. */
export async function command(args) {
  await ensureNodeModules();
  await ensureBuilt();
  return runHarness(['portal', ...args]);
}
