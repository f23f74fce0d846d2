import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../lib/build.mjs';
import { startInfra } from '../lib/infra.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';
import { DIST } from '../lib/paths.mjs';
import { runCommand } from '../lib/processes.mjs';
import { Refusal, say } from '../lib/say.mjs';

const FOLDER = join(DIST, 'test/bench');
const ENDING = '.bench.js';
const RUNNER = join(import.meta.dirname, '../lib/bench-runner.mjs');

/**
 * Runs test/bench/<name>.bench.ts, one process each. A benchmark exports `run(): Promise<void>`, and
 * `needsInfra = true` when it wants DATABASE_URL and QUEUE_URL.
 */
export async function command([word = '']) {
  await ensureNodeModules();
  await ensureBuilt();
  const names = (existsSync(FOLDER) ? readdirSync(FOLDER) : [])
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .filter((name) => name.includes(word));
  if (names.length === 0)
    throw new Refusal(`There is no benchmark ${word ? `named "${word}" ` : ''}in test/bench.`);
  const benchmarks = await Promise.all(names.map(load));
  const infra = benchmarks.some(({ needsInfra }) => needsInfra) ? await startInfra() : {};
  for (const { path, name } of benchmarks) {
    say(`benchmark ${name}`);
    const code = await runCommand(process.execPath, [RUNNER, path], { env: { ...process.env, ...infra } });
    if (code !== 0) return code;
  }
  return 0;
}

async function load(name) {
  const path = join(FOLDER, name + ENDING);
  const { default: bench } = await import(path);
  return { path, name, needsInfra: bench.needsInfra === true };
}
