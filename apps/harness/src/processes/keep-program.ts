import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A program that is not ours, and what shall be done with it. */
export interface ProgramOptions {
  /** For `./run down`, which tells what it puts away. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Removed when the program has ended. */
  readonly directory: string;
  /** Both outputs are appended to it. */
  readonly logFile: string;
  /** From being asked to end to being killed. */
  readonly graceMs: number;
}

export interface ProgramEnd {
  readonly code: number;
  readonly error?: string;
  readonly lastWords?: string;
}

export interface KeptProgram {
  /** When it has ended and its directory is gone. */
  readonly ended: Promise<ProgramEnd>;
  /** Asks it to end (SIGTERM), or kills it, and waits until it has. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Runs a program under the launcher's keeper (scripts/lib/keeper.mjs): it ends with this process, however that ends, and
 * `./run down` knows of it.
 */
export function keepProgram(options: ProgramOptions): KeptProgram {
  const { name, command, args, env, directory, logFile, graceMs } = options;
  const { root, script } = keeperScript();
  const specification = {
    name,
    steps: [{ command, args }],
    cwd: directory,
    output: logFile,
    ownGroup: true,
    directory,
    graceMs,
    stopSignal: 'SIGTERM',
    note: join(root, '.run', `${randomUUID()}.json`),
  };
  const keeper = spawn(process.execPath, [script, JSON.stringify(specification)], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  });
  const ended = endOf(keeper);
  return {
    ended,
    async stop(signal = 'SIGTERM') {
      // Without a connection there is no keeper any more, and nobody to tell.
      if (keeper.connected) keeper.send({ signal }, () => undefined);
      await ended;
    },
  };
}

function endOf(keeper: ChildProcess): Promise<ProgramEnd> {
  let told: ProgramEnd | undefined;
  keeper.once('message', (end) => (told = end as ProgramEnd));
  return new Promise((ended) => {
    keeper.once('exit', (code, signal) =>
      ended(told ?? { code: code ?? 1, error: `its keeper ended (${signal ?? `exit code ${code ?? '?'}`})` }),
    );
  });
}

/** Looked for upwards, because this code runs both from its source (tests) and from dist/. */
function keeperScript(): { root: string; script: string } {
  for (let root = __dirname; root !== dirname(root); root = dirname(root)) {
    const script = join(root, 'scripts', 'lib', 'keeper.mjs');
    if (existsSync(script)) return { root, script };
  }
  throw new Error('scripts/lib/keeper.mjs is missing: the harness runs in a working copy.');
}
