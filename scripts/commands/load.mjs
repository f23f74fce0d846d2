import { takeOption } from '../lib/args.mjs';
import { ensureBuilt } from '../lib/build.mjs';
import { runHarness } from '../lib/harness.mjs';
import { QUEUES, startInfra } from '../lib/infra.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';

/** Calls at a steady rate against the whole product, every one held against the portal. */
export async function command(args) {
  const queue = takeOption(args, '--queue', QUEUES, 'postgres');
  await ensureNodeModules();
  await ensureBuilt();
  return runHarness(['load', ...args], args.includes('--help') ? {} : await startInfra({ queue }));
}
