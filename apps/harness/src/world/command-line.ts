import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { builtApp } from '../processes/built-app';

/** A command that was given, and what it has said so far. */
export interface GivenCommand {
  readonly said: string;
  /** Undefined while it runs. */
  readonly code: number | undefined;
}

/** Runs commands of the product (`./run call ...`) as an administrator does. They end with this process. */
export class CommandLine {
  readonly #children = new Set<ChildProcess>();
  /** The newest last. */
  readonly given: GivenCommand[] = [];

  constructor(
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Starts a command and does not wait for its end. */
  run(args: readonly string[]): GivenCommand {
    const preload = builtApp('harness/src/processes/die-with-parent.js');
    const child = spawn(process.execPath, ['--require', preload, builtApp('cli/src/main.js'), ...args], {
      cwd: this.folder,
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#children.add(child);
    const command: { said: string; code: number | undefined } = { said: '', code: undefined };
    for (const output of [child.stdout, child.stderr])
      output?.on('data', (chunk: Buffer) => (command.said += chunk.toString()));
    child.once('exit', (code) => {
      command.code = code ?? -1;
      this.#children.delete(child);
    });
    this.given.push(command);
    return command;
  }

  /** Ends what still runs. */
  async close(): Promise<void> {
    const ends = [...this.#children].map((child) => once(child, 'exit'));
    for (const child of this.#children) child.kill('SIGKILL');
    await Promise.all(ends);
  }
}
