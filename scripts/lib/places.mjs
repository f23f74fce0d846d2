/** Directories and ports for throw-away servers. */
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Refusal } from './say.mjs';

/** Postgres refuses to run as root; then it runs as `nobody`. */
export const NOBODY = 65534;

/** The user a server has to run as: undefined is our own. */
export function serverUser() {
  return process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;
}

/** A new directory that only `user` (and root) can enter, below one that he can reach. */
export function privateDirectory(user) {
  const parent = [tmpdir(), '/tmp', '/var/tmp', '/dev/shm'].find((place) => !user || isReachable(place));
  if (!parent)
    throw new Refusal('No temporary directory can be entered by other users; Postgres as root needs one.');
  const path = mkdtempSync(join(parent, 'connector-')); // mkdtemp: mode 0700
  if (user) chownSync(path, user.uid, user.gid);
  return path;
}

/** Whether every user can enter the directory, i.e. it and all above it have the x bit for others. */
export function isReachable(path) {
  return (
    existsSync(path) && withParents(realpathSync(path)).every((each) => (statSync(each).mode & 0o001) !== 0)
  );
}

function withParents(path) {
  return path === dirname(path) ? [path] : [path, ...withParents(dirname(path))];
}

/** A TCP port of 127.0.0.1 that nobody listens on at this moment. */
function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Runs `start` again, with another port, when somebody else took its port between choosing and using it. */
export async function onFreePort(start, tries = 3) {
  try {
    return await start(await freePort());
  } catch (error) {
    if (tries === 1 || !/address already in use/i.test(error.message)) throw error;
    return onFreePort(start, tries - 1);
  }
}

/** A password for a throw-away server: other users of the machine reach its port too. */
export function throwAwayPassword() {
  return randomUUID();
}
