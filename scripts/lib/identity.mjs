/** Tells processes apart for longer than a pid does: a pid is given to somebody else after its process has ended. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Pid and start time of a process that runs now; undefined when there is none. */
export function identify(pid) {
  const started = existsSync('/proc/self/stat') ? startFromProc(pid) : startFromPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether the very process that was identified still runs. A zombie has ended. */
export function isRunning(identity) {
  return identity !== undefined && identify(identity.pid)?.started === identity.started;
}

/** Sends a signal to that process (`group`: and to all of its process group) if it still runs. */
export function signal(identity, name, { group = false } = {}) {
  if (!isRunning(identity)) return;
  try {
    process.kill(group ? -identity.pid : identity.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function startFromProc(pid) {
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // no such process
  }
  // proc(5): the name in brackets may hold spaces; behind it come state (field 3) ... starttime (field 22).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

function startFromPs(pid) {
  try {
    const [state, ...started] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    })
      .trim()
      .split(/\s+/);
    return state.startsWith('Z') ? undefined : started.join(' ');
  } catch {
    return undefined; // ps exits 1 when there is no such process
  }
}
