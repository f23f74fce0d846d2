/** What earlier runs have left, found by the notes of their keepers. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning, signal } from './identity.mjs';
import { STATE } from './paths.mjs';
import { say } from './say.mjs';

const STOP_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** Ends the programs whose keeper was killed, and removes their directories. Live runs stay untouched. */
export function sweepLeftovers() {
  const left = notes().filter((note) => !isRunning(note.keeper) && !isRunning(note.launcher));
  for (const note of left) putAway(note);
  return left.length;
}

/** Ends everything that was started from this working copy, in whatever terminal; gives how many programs that were. */
export async function stopAll() {
  const found = notes();
  for (const note of unique(found.map((each) => each.launcher))) signal(note, 'SIGTERM');
  const deadline = performance.now() + STOP_WITHIN_MS;
  while (notes().some((note) => isRunning(note.keeper)) && performance.now() < deadline)
    await pause(LOOK_EVERY_MS);
  for (const note of notes()) putAway(note);
  rmSync(STATE, { recursive: true, force: true });
  return found.length;
}

function notes() {
  if (!existsSync(STATE)) return [];
  return readdirSync(STATE)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => read(join(STATE, file)));
}

function read(path) {
  try {
    return [{ path, ...JSON.parse(readFileSync(path, 'utf8')) }];
  } catch {
    return []; // just removed, or just being written: its keeper is alive and takes care of it
  }
}

function putAway(note) {
  say(`removing what an earlier run left: ${note.name}`);
  signal(note.keeper, 'SIGKILL');
  signal(note.child, 'SIGKILL', { group: note.ownGroup });
  if (note.directory) rmSync(note.directory, { recursive: true, force: true, maxRetries: 10 });
  rmSync(note.path, { force: true });
}

function unique(identities) {
  return [...new Map(identities.map((identity) => [identity.pid, identity])).values()];
}
