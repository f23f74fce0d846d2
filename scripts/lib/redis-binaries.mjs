/** Finds a redis-server; on Debian and its relatives it can be unpacked from its packages without installing anything. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './paths.mjs';
import { Refusal, say } from './say.mjs';

const UNPACKED = join(CACHE, 'redis');
/** redis-server is a link into redis-tools. */
const PACKAGES = ['redis-server', 'redis-tools'];

/** The program and what its environment needs. */
export function redisBinary() {
  const found = inPath() ?? unpacked() ?? unpack();
  if (found) return found;
  throw new Refusal(
    'There is no redis-server here. Install redis-server (6.2 or newer) or valkey-server, ' +
      'e.g. with "apt-get install redis-server", or set QUEUE_URL=redis://...',
  );
}

function inPath() {
  const programs = ['redis-server', 'valkey-server'].map((program) => ({ program, env: {} }));
  return programs.find(runs);
}

function unpacked() {
  const program = join(UNPACKED, 'usr/bin/redis-server');
  const libraries = ['usr/lib', 'lib'].flatMap((folder) => foldersIn(join(UNPACKED, folder)));
  const found = { program, env: { LD_LIBRARY_PATH: libraries.join(':') } };
  return existsSync(program) && runs(found) ? found : undefined;
}

function unpack() {
  const fresh = `${UNPACKED}-${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    say('unpacking redis-server from the system packages into .cache/redis');
    if (!succeeds('apt-get', ['download', ...PACKAGES, ...missingLibraries()], fresh)) return undefined;
    const packages = readdirSync(fresh).filter((file) => file.endsWith('.deb'));
    if (!packages.every((file) => succeeds('dpkg-deb', ['-x', file, '.'], fresh))) return undefined;
    rmSync(UNPACKED, { recursive: true, force: true });
    renameSync(fresh, UNPACKED);
    return unpacked();
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** What redis-tools depends on and this system lacks; the names differ between releases. */
function missingLibraries() {
  const depends =
    spawnSync('apt-cache', ['depends', '--important', 'redis-tools'], { encoding: 'utf8' }).stdout ?? '';
  const names = [...depends.matchAll(/^ +Depends: (lib\S+)$/gm)].map(([, name]) => name);
  return names.filter((name) => !succeeds('dpkg', ['-s', name]));
}

function foldersIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

function runs({ program, env }) {
  return spawnSync(program, ['--version'], { env: { ...process.env, ...env } }).status === 0;
}

function succeeds(command, args, cwd) {
  return spawnSync(command, args, { cwd, stdio: 'ignore' }).status === 0;
}
