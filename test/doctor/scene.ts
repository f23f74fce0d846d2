import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { PortalStore, createDataSource, migrate, SecretBox } from '@app/store';
import { cliSettings } from '@app/config';
import { MINIMAL_SUBSCRIPTION } from '@app/esl';
import {
  AdjustableClock,
  companyOf,
  createTestDatabase,
  createTestQueue,
  FakeCloud,
  ReplaySwitch,
  type FakeApp,
  type FakePortal,
  type ReplaySwitchOptions,
} from '@app/testkit';
import { RunDirectory } from '../../apps/harness/src/demo/run-directory';
import { runCli } from '../../apps/cli/src/cli';
import { MemoryTerminal } from '../../apps/cli/src/testing/memory-terminal';
import { builtApp } from '../../apps/harness/src/processes/built-app';
import { freePort } from '../../apps/harness/src/processes/free-port';
import { Service } from '../../apps/harness/src/processes/service';
import { until } from '../../apps/harness/src/processes/until';

export const DOMAIN = 'pbx.example';
export const CLIENT_ID = 'local.5c1e2f0a9b7d41.10000002';
const CLIENT_SECRET = 'key-of-the-application';
const SCOPES = ['telephony', 'user_basic', 'crm', 'im'];
const WITHIN = { withinMs: 30_000 };

/** How `SWITCHES` names a switch, for gateway, worker and command line alike. */
export interface NamedSwitch {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password: string;
  readonly recordings: readonly { readonly from: string; readonly to: string }[];
}

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** What `doctor --json` says. */
export interface Report {
  readonly verdict: 'green' | 'yellow' | 'red';
  readonly findings: readonly {
    readonly check: string;
    readonly level: 'green' | 'yellow' | 'red';
    readonly about?: string;
    readonly text: string;
    readonly cure?: string;
  }[];
}

/** Answers of what the replay cannot do itself: nothing is done without arguments, as on a real switch. */
const TELLS_USAGE = Object.fromEntries(
  ['originate', 'uuid_setvar', 'uuid_transfer', 'uuid_bridge'].map((name) => [name, () => '-USAGE: ...\n']),
);

/** The rights that freeswitch/conf gives the connector. */
const RIGHTS = {
  allowedApi:
    'show uuid_dump uuid_exists global_getvar sofia_contact originate uuid_kill uuid_transfer uuid_bridge uuid_setvar'.split(
      ' ',
    ),
  allowedEvents: [
    ...MINIMAL_SUBSCRIPTION.events,
    'CHANNEL_UUID',
    'CUSTOM',
    ...MINIMAL_SUBSCRIPTION.customSubclasses,
  ],
};

/** A replay switch whose users have more, or fewer, rights than they need. */
export function openReplay(options: ReplaySwitchOptions = {}): Promise<ReplaySwitch> {
  return ReplaySwitch.start({
    password: 'admin',
    users: {
      [`connector@${DOMAIN}`]: { password: 'connector', ...RIGHTS },
      [`deaf@${DOMAIN}`]: {
        password: 'connector',
        ...RIGHTS,
        allowedEvents: ['HEARTBEAT', 'BACKGROUND_JOB'],
      },
      [`bound@${DOMAIN}`]: {
        password: 'connector',
        ...RIGHTS,
        allowedApi: ['show', 'uuid_dump', 'global_getvar'],
      },
      [`blind@${DOMAIN}`]: { password: 'connector', ...RIGHTS, allowedApi: ['global_getvar'] },
    },
    registered: [`1001@${DOMAIN}`, `1002@${DOMAIN}`],
    answers: TELLS_USAGE,
    ...options,
  });
}

/**
 * A whole deployment: a portal over HTTP, a switch, gateway and worker as the processes they are, and the command line as
 * the process that an administrator starts.
 */
export class Scene {
  readonly clock = new AdjustableClock();
  readonly cloud = new FakeCloud({ clock: this.clock });
  readonly portal: FakePortal;
  readonly directory = new RunDirectory();
  readonly app: FakeApp;
  env: Record<string, string> = {};
  gateway!: Service;
  worker!: Service;
  main!: NamedSwitch;
  readonly #ends: (() => unknown)[] = [];

  /** @param extensions of the portal's employees */
  private constructor(extensions: readonly string[]) {
    this.portal = this.cloud.addPortal({
      origin: 'https://acme.example',
      rateLimit: false,
      company: companyOf({ extensions }),
    });
    this.app = this.portal.apps.add({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, scopes: SCOPES });
  }

  /** Everything runs; no application is known yet, and nothing is installed. */
  static async open(
    openSwitch: (scene: Scene) => Promise<Omit<NamedSwitch, 'id' | 'recordings'>>,
    extensions: readonly string[] = ['1001', '1002'],
  ): Promise<Scene> {
    const scene = new Scene(extensions);
    await scene.#open(openSwitch).catch(async (error: unknown) => {
      await scene.close();
      throw error;
    });
    return scene;
  }

  /** Done at the end, latest first. */
  atEnd(end: () => unknown): void {
    this.#ends.push(end);
  }

  async close(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
  }

  /** The command line as a process. Secrets come by a pipe. */
  async run(
    args: readonly string[],
    changes: Readonly<Record<string, string>> = {},
    input = '',
  ): Promise<Outcome> {
    const child = spawn(process.execPath, [builtApp('cli/src/main.js'), ...args], {
      env: { PATH: process.env.PATH, ...this.env, ...changes },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(input);
    const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code: child.exitCode, out, errors };
  }

  /** What the doctor finds; with its exit code. Not as a process of its own, of which it would need dozens. */
  async examine(
    changes: Readonly<Record<string, string>> = {},
    ...args: readonly string[]
  ): Promise<Report & { readonly code: number | null }> {
    const terminal = new MemoryTerminal();
    const env = { PATH: process.env.PATH, ...this.env, ...changes };
    const code = await runCli(['doctor', '--json', ...args], env, terminal);
    const out = terminal.written.join('\n');
    if (!out.startsWith('{')) throw new Error(`the doctor gave no report: ${terminal.told.join('\n')}`);
    return { code, ...(JSON.parse(out) as Report) };
  }

  /** Adds the application as an administrator does, and installs it in the portal. */
  async install(): Promise<void> {
    const { code, out, errors } = await this.run(
      ['portals', 'add', '--client-id', CLIENT_ID],
      {},
      CLIENT_SECRET,
    );
    const installUrl = /Initial installation path +(\S+)/.exec(out)?.[1];
    if (code !== 0 || installUrl === undefined) throw new Error(`portals add: ${errors}`);
    this.portal.apps.edit(this.app, { installUrl });
    this.portal.apps.install(this.app);
    this.portal.chooseOutgoing(this.app);
    await this.setUpIsDone();
  }

  /** Until the worker has fulfilled every wish for a set-up. */
  async setUpIsDone(): Promise<void> {
    await this.withPortals((portals) =>
      until(
        'the portal is set up',
        async () => {
          const found = await portals.byMemberId(this.portal.memberId);
          return found !== undefined && found.setUpWanted > 0 && found.setUpDone === found.setUpWanted;
        },
        WITHIN,
      ),
    );
  }

  async withPortals<T>(work: (portals: PortalStore) => Promise<T>): Promise<T> {
    const dataSource = await createDataSource(this.env.DATABASE_URL ?? '', { poolSize: 1 }).initialize();
    try {
      return await work(new PortalStore(dataSource, new SecretBox(cliSettings(this.env).secrets.keys)));
    } finally {
      await dataSource.destroy();
    }
  }

  async query(statement: string): Promise<unknown> {
    const dataSource = await createDataSource(this.env.DATABASE_URL ?? '', { poolSize: 1 }).initialize();
    return dataSource.query(statement).finally(() => dataSource.destroy());
  }

  /** SWITCHES with the switch entered, found or read otherwise. */
  switchesWith(changes: Partial<NamedSwitch>): Record<string, string> {
    return { SWITCHES: JSON.stringify([{ ...this.main, ...changes }]) };
  }

  async #open(openSwitch: (scene: Scene) => Promise<Omit<NamedSwitch, 'id' | 'recordings'>>): Promise<void> {
    this.atEnd(() => this.directory.remove());
    const database = await createTestDatabase();
    this.atEnd(() => database.drop());
    const queue = await createTestQueue();
    this.atEnd(() => queue.drop());
    await migrate(database.url);
    const cloud = await this.cloud.listen();
    this.atEnd(() => cloud.close());
    const { recordings } = this.directory;
    this.main = {
      id: 'main',
      recordings: [{ from: recordings, to: recordings }],
      ...(await openSwitch(this)),
    };
    const port = await freePort();
    this.env = {
      DATABASE_URL: database.url,
      QUEUE_URL: queue.url,
      SECRET_KEYS: `scene:${Buffer.alloc(32, 7).toString('base64')}`,
      SWITCHES: JSON.stringify([this.main]),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ALLOWED_PORTALS: this.portal.origin,
      OAUTH_SERVERS: this.cloud.oauth.origin,
      HTTP_PORT: String(port),
    };
    [this.gateway, this.worker] = [await this.#service('gateway'), await this.#service('worker')];
    await Promise.all([this.gateway.start(), this.worker.start()]);
    await until('both have said that they are ready', () => this.#areReady(), WITHIN);
  }

  /** They tell of it within a second. */
  async #areReady(): Promise<boolean> {
    const [row] = (await this.query(
      `SELECT count(*)::integer AS ready FROM process_heartbeat WHERE health ->> 'ready' = 'true'`,
    )) as { ready: number }[];
    return row?.ready === 2;
  }

  async #service(app: 'gateway' | 'worker'): Promise<Service> {
    const service = new Service({
      app,
      env: this.env,
      opsPort: await freePort(),
      logFile: this.directory.logFile(app),
      onDeath: (death) => {
        throw death;
      },
    });
    this.atEnd(() => service.stop());
    return service;
  }
}
