import { takeOption } from '../lib/args.mjs';
import { ensureBuilt } from '../lib/build.mjs';
import { runHarness } from '../lib/harness.mjs';
import { QUEUES, startInfra } from '../lib/infra.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';

/** SIP scenarios against the whole product; the switch is the embedded one or a FreeSWITCH. */
export async function command(args) {
  const queue = takeOption(args, '--queue', QUEUES, 'postgres');
  await ensureNodeModules();
  await ensureBuilt();
  const needsServers = !args.includes('--list') && !args.includes('--help');
  return runHarness(['scenarios', ...args], needsServers ? await startInfra({ queue }) : {});
}
