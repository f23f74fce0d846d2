import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { builtApp } from './built-app';
import { until } from './until';

export interface ServiceOptions {
  /** `gateway` or `worker`: an app of this repository that has been built. */
  readonly app: 'gateway' | 'worker';
  /** Added to our own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** /health and /metrics are on this port of 127.0.0.1. */
  readonly opsPort: number;
  /** Both outputs are appended to it. */
  readonly logFile: string;
  /** Told when the process ends though nobody asked it to. */
  readonly onDeath: (death: ServiceDied) => void;
}

/** A process ended by itself. */
export class ServiceDied extends Error {
  override readonly name = 'ServiceDied';

  constructor(app: string, how: string, lastWords: string) {
    super(`the ${app} ended unexpectedly (${how}). Its last words:\n${lastWords}`);
  }
}

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 15_000;
const LAST_LINES = 15;

/**
 * The gateway or the worker as the process it is.
 *
 * Modes: down -> `start` -> running, ready when /health says so -> `stop` (SIGTERM, and SIGKILL for one that does not
 * listen) or `kill` (SIGKILL) -> down, from where it may be started again. It dies with this process, however that dies.
 */
export class Service {
  #child: ChildProcess | undefined;
  #isWanted = false;

  constructor(private readonly options: ServiceOptions) {}

  get app(): string {
    return this.options.app;
  }

  /** The process id; undefined when it is down. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the process and waits until it is ready. */
  async start(signal?: AbortSignal): Promise<void> {
    if (this.#child) throw new Error(`the ${this.app} runs already`);
    this.#isWanted = true;
    const child = this.#spawn();
    this.#child = child;
    let end: string | undefined;
    child.once('exit', (code, ended) => {
      end = ended ?? `exit code ${code ?? '?'}`;
      this.#ended(child, end);
    });
    const isReadyOrOver = async (): Promise<boolean> => end !== undefined || (await this.#isReady());
    await until(`the ${this.app} is ready`, isReadyOrOver, { withinMs: READY_WITHIN_MS, signal });
    if (end !== undefined) throw new ServiceDied(this.app, end, this.lastWords());
  }

  /** Asks the process to end, and waits until it has. */
  async stop(): Promise<void> {
    const child = this.#unwanted();
    if (!child) return;
    // One that was frozen could not listen.
    child.kill('SIGCONT');
    const overdue = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
    child.kill('SIGTERM');
    await gone(child);
    clearTimeout(overdue);
  }

  /** kill -9, and waits until the process is gone. */
  async kill(): Promise<void> {
    const child = this.#unwanted();
    child?.kill('SIGKILL');
    if (child) await gone(child);
  }

  /** It gets no processor time any more, as if the machine were overloaded or the process were being debugged. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  /** It goes on where it was. */
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Processor time that it has used since it began, seconds; undefined when it does not tell. */
  async cpuSeconds(): Promise<number | undefined> {
    const answer = await fetch(`http://127.0.0.1:${this.options.opsPort}/metrics`).catch(() => undefined);
    const [, seconds] =
      /^process_cpu_seconds_total(?:\{.*\})? ([\d.e+-]+)$/m.exec((await answer?.text()) ?? '') ?? [];
    return seconds === undefined ? undefined : Number(seconds);
  }

  /** The end of its log. */
  lastWords(): string {
    return readFileSync(this.options.logFile, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  }

  #spawn(): ChildProcess {
    const { app, env, opsPort, logFile } = this.options;
    const log = openSync(logFile, 'a');
    const preload = builtApp('harness/src/processes/die-with-parent.js');
    const child = spawn(process.execPath, ['--require', preload, builtApp(`${app}/src/main.js`)], {
      env: { ...process.env, METRICS_HOST: '127.0.0.1', METRICS_PORT: String(opsPort), ...env },
      stdio: ['ignore', log, log, 'ipc'],
      // A Ctrl-C in the terminal is for the harness: it stops its services itself, in order.
      detached: true,
    });
    closeSync(log);
    return child;
  }

  #ended(child: ChildProcess, how: string): void {
    if (child === this.#child) this.#child = undefined;
    if (this.#isWanted) this.options.onDeath(new ServiceDied(this.app, how, this.lastWords()));
    this.#isWanted = false;
  }

  #unwanted(): ChildProcess | undefined {
    this.#isWanted = false;
    return this.#child;
  }

  async #isReady(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.options.opsPort}/health`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.ok === true;
  }
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
