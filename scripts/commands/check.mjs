import { ensureBuilt } from '../lib/build.mjs';
import { outdated } from '../lib/generated.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';
import { runCommand } from '../lib/processes.mjs';
import { say, since } from '../lib/say.mjs';

const TOOLS = [
  { name: 'eslint', args: ['eslint/bin/eslint.js', '.'] },
  { name: 'prettier', args: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  { name: 'types', args: ['typescript/bin/tsc', '--noEmit', '--project', '.'] },
  { name: 'dependencies', args: ['dependency-cruiser/bin/dependency-cruise.mjs', 'apps', 'libs'] },
];
const GENERATED = { name: 'generated files', work: generatedFilesAreUpToDate };

/**
 * Everything about the source that needs no running program. Goes on after a failure, to tell all at once. The linter takes
 * as long as all others together: it has one core for itself.
 */
export async function command() {
  await ensureNodeModules();
  const [linter, ...others] = TOOLS;
  const failed = (await Promise.all([inTurn([linter]), inTurn([...others, GENERATED])])).flat();
  if (failed.length > 0) say(`not in order: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

/** Gives the names of those that failed. */
async function inTurn(checks) {
  const failed = [];
  for (const { name, args, work = () => passes(args) } of checks)
    if (!(await timed(name, work))) failed.push(name);
  return failed;
}

async function timed(name, work) {
  const startedAt = performance.now();
  const good = await work();
  say(`${good ? 'ok  ' : 'FAIL'} ${name} (${since(startedAt)})`);
  return good;
}

async function passes([tool, ...args]) {
  return (await runCommand(process.execPath, [`node_modules/${tool}`, ...args])) === 0;
}

async function generatedFilesAreUpToDate() {
  await ensureBuilt();
  const old = await outdated();
  for (const { file } of old) say(`${file} is out of date: ./run generate`);
  return old.length === 0;
}
