/** The programs this launcher has started. They end with it: see keeper.mjs. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identify } from './identity.mjs';
import { ROOT, STATE } from './paths.mjs';
import { say } from './say.mjs';

const KEEPER = join(import.meta.dirname, 'keeper.mjs');
/** Long enough for calls in flight to be put down, short enough for somebody who waits. */
const COMMAND_GRACE_MS = 10_000;
const SERVER_GRACE_MS = 5_000;
const READY_WITHIN_MS = 30_000;
const PROBE_EVERY_MS = 25;

const kept = new Set();
let foreground;
let interrupted;

/** The command was ended by a signal; exit code 128 + its number, as in a shell. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`ended by ${signal}`);
    this.name = 'Interrupted';
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** The signal that has ended this run, if one has. */
export function interruption() {
  return interrupted;
}

/** From now on Ctrl-C, SIGTERM and a closed terminal stop what was started before the launcher goes. */
export function watchSignals() {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => void onSignal(name));
}

/**
 * Runs a command in the foreground and gives its exit code.
 * `output`: 'inherit' (default), or 'stderr' to keep stdout clean, or the path of a log.
 */
export async function runCommand(command, args, { cwd = ROOT, env = process.env, output = 'inherit' } = {}) {
  refuseWhenInterrupted();
  // With a terminal the command shares our process group: the terminal's signals, and its keys, are for both.
  const ownGroup = !process.stdin.isTTY;
  foreground = keep({
    name: command,
    steps: [{ command, args }],
    cwd,
    env: { ...env, ...(process.stdout.isTTY || env.FORCE_COLOR ? {} : { NO_COLOR: '1' }) },
    output,
    ownGroup,
    graceMs: COMMAND_GRACE_MS,
  });
  const { code, error } = await foreground.ended;
  foreground = undefined;
  refuseWhenInterrupted();
  if (error) throw new Error(error);
  return code;
}

/**
 * Starts a server: `steps` one after the other, the last one being the server itself, as `uid`:`gid` if given, with its
 * output in the file `output`. `directory` is removed when it has ended. `stopSignal` asks it to end.
 */
export function startServer(server) {
  refuseWhenInterrupted();
  return keep({ ...server, ownGroup: true, graceMs: SERVER_GRACE_MS });
}

/** Waits until `probe` no longer fails; throws with the server's last words when it ended instead. */
export async function whenReady(name, server, probe) {
  let ended;
  void server.ended.then((outcome) => (ended = outcome));
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const refusal = await probe().then(
      () => undefined,
      (error) => error,
    );
    if (!refusal) return;
    refuseWhenInterrupted();
    if (ended)
      throw new Error(`${name} did not start: ${ended.error ?? ended.lastWords ?? `exit ${ended.code}`}`);
    if (performance.now() > deadline) throw new Error(`${name} was not ready in time.`, { cause: refusal });
    await pause(PROBE_EVERY_MS);
  }
}

/** Stops all that still runs, latest first. */
export async function stopEverything() {
  for (const one of [...kept].reverse()) await one.stop();
}

function keep({ env, ...given }) {
  const note = join(STATE, `${randomUUID()}.json`);
  const spec = { stopSignal: 'SIGTERM', note, launcher: identify(process.pid), ...given };
  const inherit = spec.output === 'inherit' ? 'inherit' : 'ignore';
  const keeper = spawn(process.execPath, [KEEPER, JSON.stringify(spec)], {
    env,
    detached: spec.ownGroup,
    stdio: [inherit, inherit, 'inherit', 'ipc'],
  });
  const one = {
    ended: outcomeOf(keeper),
    async stop(signal = spec.stopSignal) {
      tell(keeper, { signal });
      await one.ended;
    },
  };
  kept.add(one);
  void one.ended.then(() => kept.delete(one));
  return one;
}

/** `ended` waits for the keeper itself, so that the program's directory is gone by then. */
function outcomeOf(keeper) {
  let outcome;
  keeper.on('message', (message) => (outcome = message));
  return new Promise((ended) => {
    keeper.on('exit', (code, signal) =>
      ended(outcome ?? { code: code ?? 1, error: `its keeper ended by ${signal}` }),
    );
  });
}

function tell(keeper, message) {
  // An error here means that the keeper has just ended: then there is nothing left to tell.
  if (keeper.connected) keeper.send(message, () => {});
}

async function onSignal(name) {
  const again = interrupted !== undefined;
  interrupted ??= new Interrupted(name);
  if (!again) say(`${name}: stopping`);
  if (foreground) {
    const terminalToldIt = process.stdin.isTTY && name === 'SIGINT';
    if (again) await foreground.stop('SIGKILL');
    else if (!terminalToldIt) await foreground.stop(name);
    return; // the command that waits for it goes on from here
  }
  await stopEverything();
  process.exit(interrupted.exitCode);
}

function refuseWhenInterrupted() {
  if (interrupted) throw interrupted;
}
