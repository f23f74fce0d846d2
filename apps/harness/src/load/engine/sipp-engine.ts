import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeptProgram } from '../../processes/keep-program';
import { orAborted, until } from '../../processes/until';
import { isFreeForUdp } from '../../real-switch/switch-ports';
import { freeUdpPort } from '../../world/free-udp-port';
import type { CallerView } from '../books/call-truth';
import type { PlannedCall } from '../plan/planned-call';
import type { CallEngine, EngineOptions } from './call-engine';
import { authentication, callLine, readTroubles, readViews, type SippScenario } from './sipp-files';
import { errorsOf, logOf, startSipp, type SippRun } from './sipp-program';

const READY_WITHIN_MS = 10_000;
const CALLERS = ['clients', 'employees'] as const;
/** How fast phones register. */
const REGISTRATIONS_PER_SECOND = 50;

/**
 * sipp for both ends of all calls: signalling without sound, at rates that our own phones cannot reach. One process is
 * everybody who is called, one the clients who call, one the employees who do. Each keeps its share of the rate by itself.
 */
export class SippEngine implements CallEngine {
  readonly name = 'sipp';
  readonly #folder = mkdtempSync(join(realpathSync(tmpdir()), 'connector-sipp-'));
  readonly #programs: KeptProgram[] = [];

  private constructor(private readonly options: EngineOptions) {}

  static async open(options: EngineOptions): Promise<SippEngine> {
    const engine = new SippEngine(options);
    try {
      await engine.#register();
      await engine.#listen();
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  async run(withinMs: number): Promise<void> {
    const { plan, target, signal } = this.options;
    const { sip, domain, phonePassword } = target;
    const toPhones = { host: sip.host, port: sip.phones };
    const toTrunks = { host: sip.host, port: sip.trunks };
    const [outgoing, incoming] = [true, false].map((isOut) =>
      plan.filter(({ kind }) => (kind === 'outbound') === isOut),
    );
    const callers = await Promise.all([
      this.#callers('clients', incoming ?? [], { remote: toTrunks }),
      this.#callers('employees', outgoing ?? [], { remote: toPhones, keys: { domain } }, phonePassword),
    ]);
    const programs = callers.filter((program) => program !== undefined);
    const late = setTimeout(() => void Promise.all(programs.map((program) => program.stop())), withinMs);
    try {
      await orAborted(Promise.all(programs.map((program) => program.ended)), signal);
    } finally {
      clearTimeout(late);
    }
  }

  views(): ReadonlyMap<string, CallerView> {
    const runs = CALLERS.map((scenario) => ({ folder: this.#folder, scenario }));
    const troubles = readTroubles(runs.map((run) => this.#read(errorsOf(run))).join('\n'));
    const views = readViews(runs.map((run) => this.#read(logOf(run))).join('\n'));
    return new Map(
      [...views].map(([client, view]) => {
        const trouble = troubles.get(client);
        return [client, { ...view, ...(trouble !== undefined && { trouble }) }];
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Everybody who is called is where the switch looks for the carrier. The phones have registered from there too. */
  async #listen(): Promise<void> {
    const { trunk } = this.options.target;
    const program = this.#start({ scenario: 'called', local: trunk });
    const listens = until('sipp listens', async () => !(await isFreeForUdp(trunk.port)), {
      withinMs: READY_WITHIN_MS,
      signal: this.options.signal,
    });
    const end = await Promise.race([program.ended, listens]);
    if (end !== undefined) throw new Error(`sipp does not listen: ${this.#complaints('called')}`);
  }

  async #register(): Promise<void> {
    const { office, target } = this.options;
    const { sip, domain, phonePassword, trunk } = target;
    const phones = office.employees.map(
      (extension) => `${extension};${authentication(extension, phonePassword)}`,
    );
    const program = this.#start({
      scenario: 'register',
      local: trunk,
      remote: { host: sip.host, port: sip.phones },
      lines: this.#lines('register', phones),
      calls: { count: phones.length, perSecond: REGISTRATIONS_PER_SECOND },
      keys: { domain },
    });
    const { code } = await orAborted(program.ended, this.options.signal);
    if (code !== 0) throw new Error(`sipp could not register all phones: ${this.#complaints('register')}`);
  }

  async #callers(
    scenario: (typeof CALLERS)[number],
    calls: readonly PlannedCall[],
    where: Pick<SippRun, 'remote' | 'keys'>,
    password?: string,
  ): Promise<KeptProgram | undefined> {
    if (calls.length === 0) return undefined;
    const { plan, target } = this.options;
    const seconds = ((plan.at(-1)?.atMs ?? 0) * plan.length) / Math.max(1, plan.length - 1) / 1_000;
    return this.#start({
      scenario,
      local: { host: target.trunk.host, port: await freeUdpPort() },
      lines: this.#lines(
        scenario,
        calls.map((call) => callLine(call, password)),
      ),
      calls: { count: calls.length, perSecond: calls.length / Math.max(1, seconds) },
      ...where,
    });
  }

  /** For this user alone: passwords are in it. */
  #lines(scenario: SippScenario, lines: readonly string[]): string {
    const file = join(this.#folder, `${scenario}.lines`);
    writeFileSync(file, `SEQUENTIAL\n${lines.join('\n')}\n`, { mode: 0o600 });
    return file;
  }

  #start(run: Omit<SippRun, 'folder'>): KeptProgram {
    const program = startSipp({ ...run, folder: this.#folder });
    this.#programs.push(program);
    return program;
  }

  #complaints(scenario: SippScenario): string {
    const run = { folder: this.#folder, scenario };
    return `${this.#read(errorsOf(run))}${this.#read(join(this.#folder, `${scenario}.out`))}`
      .trim()
      .slice(-2_000);
  }

  #read(file: string): string {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }
}
