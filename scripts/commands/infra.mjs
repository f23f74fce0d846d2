import { takeOption } from '../lib/args.mjs';
import { QUEUES, startInfra } from '../lib/infra.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';
import { runCommand } from '../lib/processes.mjs';
import { Refusal, say } from '../lib/say.mjs';

/** Runs any command with DATABASE_URL and QUEUE_URL of throw-away servers. */
export async function command(args) {
  const queue = takeOption(args, '--queue', QUEUES, 'postgres');
  const [program, ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (!program) throw new Refusal('Say what to run: ./run infra [--queue redis] -- <command> [arguments]', 2);
  await ensureNodeModules();
  const infra = await startInfra({ queue });
  say(`running ${program}`);
  return runCommand(program, rest, { cwd: process.cwd(), env: { ...process.env, ...infra } });
}
