/** Compiles TypeScript to dist/ with swc, which also turns `@app/*` into relative paths (.swcrc). Types: `./run check`. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, DIST, ROOT } from './paths.mjs';
import { runCommand } from './processes.mjs';
import { Refusal, say, since } from './say.mjs';

const SOURCES = ['apps', 'libs', 'test/bench'];
const SETTINGS = ['.swcrc', 'package-lock.json'];
const LEFT_OUT = ['**/*.spec.ts', '**/*.int-spec.ts', '**/tsconfig*.json', '**/*.md'];
const STAMP = join(DIST, '.built-from');

/** Builds when a source is newer than dist/. A finished build replaces the old one whole: no file of a deleted source stays. */
export async function ensureBuilt() {
  const sources = SOURCES.filter((folder) => existsSync(join(ROOT, folder)));
  const fingerprint = fingerprintOf(sources);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint) return;
  const startedAt = performance.now();
  const fresh = join(CACHE, `build-${process.pid}`);
  try {
    await compile(sources, fresh);
    rmSync(DIST, { recursive: true, force: true });
    renameSync(fresh, DIST);
    writeFileSync(STAMP, fingerprint);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  say(`built dist (${since(startedAt)})`);
}

async function compile(sources, target) {
  const swc = join(ROOT, 'node_modules/@swc/cli/bin/swc.js');
  const ignore = LEFT_OUT.flatMap((pattern) => ['--ignore', pattern]);
  // --copy-files: what the code reads beside itself (SQL, captured calls) goes along.
  const args = [swc, ...sources, '--out-dir', target, '--copy-files', '--quiet', ...ignore];
  const code = await runCommand(process.execPath, args, { output: 'stderr' });
  if (code !== 0) throw new Refusal('The build failed; the errors are above.');
}

/** Names, sizes and times of all sources: notices what was deleted too. */
function fingerprintOf(folders) {
  const hash = createHash('sha256');
  const files = folders.flatMap((folder) => filesBelow(folder)).sort();
  for (const file of [...files, ...SETTINGS]) {
    const { size, mtimeMs } = statSync(join(ROOT, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}
