import { takeFlag, takeOption } from '../lib/args.mjs';
import { ensureBuilt } from '../lib/build.mjs';
import { QUEUES, startInfra } from '../lib/infra.mjs';
import { runJest } from '../lib/jest.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';
import { Refusal, say } from '../lib/say.mjs';
import { withQueueTemplate, withTemplate } from '../lib/test-databases.mjs';

const KINDS = ['unit', 'int', 'e2e'];
/** The tests that hold the queue to what it promises: with another one, nothing is different for the others. */
const USES_QUEUE = ['apps/worker/src/worker', 'apps/worker/src/two-workers', 'libs/queues/', 'libs/testkit/'];

/** Runs the tests. With `--queue both`, those that use the queue themselves (int) run once more, on Redis. */
export async function command(args) {
  const queue = takeOption(args, '--queue', [...QUEUES, 'both'], 'postgres');
  const asked = KINDS.filter((kind) => takeFlag(args, `--${kind}`));
  const kinds = asked.length > 0 ? asked : KINDS;
  if (queue === 'both' && process.env.QUEUE_URL)
    throw new Refusal('--queue both starts its own queues: unset QUEUE_URL.', 2);
  await ensureNodeModules();

  const passes = [await runPass({ kinds, queue: queue === 'both' ? 'postgres' : queue, args })];
  if (queue === 'both' && kinds.includes('int'))
    passes.push(await runPass({ kinds: ['int'], queue: 'redis', args: args.length > 0 ? args : USES_QUEUE }));
  report(passes);
  return passes.find(({ code }) => code !== 0)?.code ?? 0;
}

async function runPass({ kinds, queue, args }) {
  if (kinds.join() === 'unit') return runJest({ kinds, args, env: {} });
  await ensureBuilt();
  const infra = await startInfra({ queue });
  say(`${kinds.join(', ')} tests with the queue on ${new URL(infra.QUEUE_URL).protocol.replace(':', '')}`);
  const { result, left } = await withTemplate(infra.DATABASE_URL, (calls) =>
    withQueueTemplate(infra.QUEUE_URL, (jobs) => {
      const templates = { TEST_TEMPLATE_URL: calls, ...(jobs && { TEST_QUEUE_TEMPLATE_URL: jobs }) };
      return runJest({ kinds, args, env: { ...infra, ...templates } });
    }),
  );
  if (left.length === 0) return result;
  say(`tests left databases behind: ${left.join(', ')}`);
  return { ...result, code: result.code || 1 };
}

function report(passes) {
  const counts = passes.map((pass) => pass.counts).filter(Boolean);
  if (counts.length === 0) return;
  const sum = (what) => counts.reduce((total, one) => total + one[what], 0);
  const skipped = sum('skipped');
  process.stdout.write(
    `\n${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`,
  );
}
