/**
 * Keeps one program for the launcher, as a process between the two: when the launcher goes away, by its own will or
 * by kill -9, the channel to it closes; the keeper then stops the program and removes its directory.
 *
 * Started by processes.mjs, and by the harness (apps/harness/src/processes/keep-program.ts), with the specification (see
 * there) as its only argument. A program may need steps before it (initdb before postgres): they run one after the other,
 * the last one is the program.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { identify } from './identity.mjs';

/** Characters of a failed program's log that its starter is told; the log itself goes with the directory. */
const LAST_WORDS = 2000;

const spec = JSON.parse(process.argv[2]);
let child;
let stopping = false;
let overdue;

// A terminal's Ctrl-C reaches the whole foreground group; what to do about it is the launcher's to say.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => stop(spec.stopSignal));
process.on('disconnect', () => stop(spec.stopSignal));
process.on('message', ({ signal }) => stop(signal));

let result = { code: 0 };
for (const step of spec.steps) {
  if (stopping || result.code !== 0) break;
  result = await run(step);
}
finish(result);

function run({ command, args }) {
  return new Promise((ended) => {
    child = spawn(command, args, {
      cwd: spec.cwd,
      uid: spec.uid,
      gid: spec.gid,
      detached: spec.ownGroup,
      stdio: stdio(),
    });
    child.on('spawn', note);
    child.on('error', (error) => ended({ code: 127, error: `${command}: ${error.message}` }));
    child.on('exit', (code, signal) => {
      if (spec.ownGroup) signalGroup('SIGKILL'); // whatever the program left behind
      ended({ code: code ?? 128 + constants.signals[signal], signal });
    });
  });
}

function stdio() {
  if (spec.output === 'inherit') return 'inherit';
  if (!isLog(spec.output)) return ['ignore', 2, 2];
  const log = openSync(spec.output, 'a');
  return ['ignore', log, log];
}

function isLog(output) {
  return output !== 'inherit' && output !== 'stderr';
}

/** Leaves a note that outlives a kill -9 of this keeper too: `./run down` and the next run read it. */
function note() {
  mkdirSync(dirname(spec.note), { recursive: true });
  const record = {
    name: spec.name,
    launcher: spec.launcher ?? identify(process.ppid),
    keeper: identify(process.pid),
    child: identify(child.pid),
  };
  writeFileSync(spec.note, JSON.stringify({ ...record, ownGroup: spec.ownGroup, directory: spec.directory }));
}

function stop(signal) {
  if (stopping && signal !== 'SIGKILL') return;
  stopping = true;
  signalChild(signal);
  overdue ??= setTimeout(() => signalChild('SIGKILL'), spec.graceMs);
}

function signalChild(signal) {
  if (signal === 'SIGKILL' && spec.ownGroup) signalGroup(signal);
  else child?.kill(signal);
}

function signalGroup(signal) {
  if (!child?.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // ESRCH: nobody is left in the group
  }
}

function finish(outcome) {
  clearTimeout(overdue);
  if (outcome.code !== 0 && isLog(spec.output))
    outcome.lastWords = readFileSync(spec.output, 'utf8').slice(-LAST_WORDS);
  if (process.connected) process.send(outcome, () => cleanUp(outcome.code));
  else cleanUp(outcome.code);
}

function cleanUp(code) {
  if (spec.directory) rmSync(spec.directory, { recursive: true, force: true, maxRetries: 10 });
  rmSync(spec.note, { force: true });
  process.exit(code);
}
