import { ensureBuilt } from '../lib/build.mjs';
import { outdated } from '../lib/generated.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';
import { runCommand } from '../lib/processes.mjs';
import { say, since } from '../lib/say.mjs';

const TOOLS = [
  { name: 'prettier', args: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  { name: 'types', args: ['typescript/bin/tsc', '--noEmit', '--project', '.'] },
  { name: 'eslint', args: ['eslint/bin/eslint.js', '.'] },
  { name: 'dependencies', args: ['dependency-cruiser/bin/dependency-cruise.mjs', 'apps', 'libs'] },
];

/** Everything about the source that needs no running program. Goes on after a failure, to tell all at once. */
export async function command() {
  await ensureNodeModules();
  const failed = [];
  for (const { name, args } of TOOLS) if (!(await timed(name, () => passes(args)))) failed.push(name);
  if (!(await timed('generated files', generatedFilesAreUpToDate))) failed.push('generated files');
  if (failed.length > 0) say(`not in order: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
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
