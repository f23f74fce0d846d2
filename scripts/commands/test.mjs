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

/** Three worlds of phones, switch and apps at once: beside them the machine has nothing left for other tests. */
const PLAYED_ALONE = 'test/scenarios.e2e-spec.ts';

/** Runs the tests. With `--queue both`, those that use the queue themselves (int) run once more, on Redis. */
export async function command(args) {
  const queue = takeOption(args, '--queue', [...QUEUES, 'both'], 'postgres');
  const asked = KINDS.filter((kind) => takeFlag(args, `--${kind}`));
  const kinds = asked.length > 0 ? asked : KINDS;
  if (queue === 'both' && process.env.QUEUE_URL)
    throw new Refusal('--queue both starts its own queues: unset QUEUE_URL.', 2);
  await ensureNodeModules();

  const runs = await runPass({ queue: queue === 'both' ? 'postgres' : queue, runs: runsOf(kinds, args) });
  if (queue === 'both' && kinds.includes('int')) {
    const again = { kinds: ['int'], args: args.length > 0 ? args : USES_QUEUE };
    runs.push(...(await runPass({ queue: 'redis', runs: [again] })));
  }
  report(runs);
  return runs.find(({ code }) => code !== 0)?.code ?? 0;
}

/** What jest is started with, one after the other. Whoever says what he wants, gets just that. */
function runsOf(kinds, args) {
  if (!kinds.includes('e2e') || args.length > 0) return [{ kinds, args }];
  return [
    { kinds: ['e2e'], args: [PLAYED_ALONE] },
    { kinds, args: [`--testPathIgnorePatterns=${PLAYED_ALONE}`] },
  ];
}

/** Starts what the tests need, and runs them. */
async function runPass({ queue, runs }) {
  if (runs.every(({ kinds }) => kinds.join() === 'unit')) return runAll(runs, {});
  await ensureBuilt();
  const infra = await startInfra({ queue });
  const kinds = [...new Set(runs.flatMap((run) => run.kinds))].join(', ');
  say(`${kinds} tests with the queue on ${new URL(infra.QUEUE_URL).protocol.replace(':', '')}`);
  const { result, left } = await withTemplate(infra.DATABASE_URL, (calls) =>
    withQueueTemplate(infra.QUEUE_URL, (jobs) => {
      const templates = { TEST_TEMPLATE_URL: calls, ...(jobs && { TEST_QUEUE_TEMPLATE_URL: jobs }) };
      return runAll(runs, { ...infra, ...templates });
    }),
  );
  if (left.length === 0) return result;
  say(`tests left databases behind: ${left.join(', ')}`);
  return [...result, { code: 1 }];
}

async function runAll(runs, env) {
  const ended = [];
  for (const run of runs) ended.push(await runJest({ ...run, env }));
  return ended;
}

/** What failed is told once more at the very end: in a long log nobody finds it, and some keep only the last lines. */
function report(runs) {
  const outcomes = runs.map(({ outcome }) => outcome).filter(Boolean);
  if (outcomes.length === 0) return;
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  for (const { file, test, said } of failures)
    process.stdout.write(`\n✗ ${file}: ${test}\n${said.replace(/^/gm, '    ')}\n`);
  const sum = (what) => outcomes.reduce((total, one) => total + one[what], 0);
  const skipped = sum('skipped');
  process.stdout.write(
    `\n${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`,
  );
}
