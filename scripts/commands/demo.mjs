import { takeOption } from '../lib/args.mjs';
import { ensureBuilt } from '../lib/build.mjs';
import { runHarness } from '../lib/harness.mjs';
import { QUEUES, startInfra } from '../lib/infra.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';

/** The whole product on this machine: switch and portal are the harness's own. */
export async function command(args) {
  const queue = takeOption(args, '--queue', QUEUES, 'postgres');
  await ensureNodeModules();
  await ensureBuilt();
  const infra = await startInfra({ queue });
  return runHarness(['demo', ...args], infra);
}
