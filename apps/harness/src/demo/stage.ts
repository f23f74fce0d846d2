import { createSecretKey, randomBytes } from 'node:crypto';
import type { FakePortal, RunningPortal } from '@app/testkit';
import { ReplaySwitch } from '@app/testkit';
import { migrate } from '@app/store';
import { seedPortal } from '../company/portal-seed';
import { freePort } from '../processes/free-port';
import { Service, type ServiceDied } from '../processes/service';
import { CallTable } from '../world/call-table';
import type { RunDirectory } from './run-directory';

export interface StageOptions {
  readonly portal: FakePortal;
  /** An empty database, or a migrated one. */
  readonly databaseUrl: string;
  readonly queueUrl: string;
  readonly directory: RunDirectory;
  readonly defaultUserId: number;
  readonly lines: readonly { readonly did: string; readonly lineNumber: string }[];
  /** Further settings of gateway and worker. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onDeath: (death: ServiceDied) => void;
  readonly signal?: AbortSignal;
}

const SWITCH_ID = 'demo';
const ESL_PASSWORD = 'ClueCon';
/** Of this stage alone: what it encrypts goes with its database. */
const SECRET_KEY = { id: 'stage', bytes: randomBytes(32) };

/**
 * Everything a day needs, set up and connected: portal and switch in this process, gateway and worker as the real
 * processes they are, and a look into their database.
 */
export class Stage {
  readonly #closers: (() => Promise<unknown>)[] = [];
  #parts: Parts | undefined;

  private constructor(private readonly options: StageOptions) {}

  /** Sets up everything and waits until the gateway follows the switch. What was begun is stopped when this fails. */
  static async set(options: StageOptions): Promise<Stage> {
    const stage = new Stage(options);
    try {
      stage.#parts = await stage.#setUp();
      return stage;
    } catch (error) {
      await stage.strike();
      throw error;
    }
  }

  get fs(): ReplaySwitch {
    return this.#set.fs;
  }

  get gateway(): Service {
    return this.#set.gateway;
  }

  get worker(): Service {
    return this.#set.worker;
  }

  get calls(): CallTable {
    return this.#set.calls;
  }

  /** Address of the portal's page. */
  get pageUrl(): string {
    return `${this.#set.portalServer.origin}/`;
  }

  /** Lets worker and gateway end what they have begun: from then on the portal's state is final. */
  async stopServices(): Promise<void> {
    await this.gateway.stop();
    await this.worker.stop();
  }

  /** Takes everything down, latest first. */
  async strike(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }

  get #set(): Parts {
    if (!this.#parts) throw new Error('the stage is not set');
    return this.#parts;
  }

  async #setUp(): Promise<Parts> {
    const { portal, databaseUrl, signal } = this.options;
    const portalServer = await portal.listen();
    this.#closers.push(() => portalServer.close());
    const fs = await ReplaySwitch.start({ password: ESL_PASSWORD });
    this.#closers.push(() => fs.stop());
    await migrate(databaseUrl);
    await this.#seed(portalServer);
    const calls = await CallTable.open(databaseUrl);
    this.#closers.push(() => calls.close());
    const worker = await this.#service('worker', fs);
    const gateway = await this.#service('gateway', fs);
    await Promise.all([worker.start(signal), gateway.start(signal)]);
    await fs.subscribed('CHANNEL_CREATE');
    return { portalServer, fs, calls, worker, gateway };
  }

  async #seed({ endpoint }: RunningPortal): Promise<void> {
    const { portal, databaseUrl, defaultUserId, lines } = this.options;
    const { accessToken, company } = portal;
    const secretKeys = [{ id: SECRET_KEY.id, key: createSecretKey(SECRET_KEY.bytes) }];
    const where = { databaseUrl, secretKeys, switchId: SWITCH_ID };
    await seedPortal({ ...where, endpoint, accessToken, company, defaultUserId, lines });
  }

  async #service(app: 'gateway' | 'worker', fs: ReplaySwitch): Promise<Service> {
    const { databaseUrl, queueUrl, directory, env, onDeath } = this.options;
    const { recordings } = directory;
    const followed = {
      id: SWITCH_ID,
      host: fs.host,
      port: fs.port,
      password: ESL_PASSWORD,
      recordings: [{ from: recordings, to: recordings }],
    };
    const service = new Service({
      app,
      opsPort: await freePort(),
      logFile: directory.logFile(app),
      onDeath,
      env: {
        DATABASE_URL: databaseUrl,
        QUEUE_URL: queueUrl,
        SWITCHES: JSON.stringify([followed]),
        SECRET_KEYS: `${SECRET_KEY.id}:${SECRET_KEY.bytes.toString('base64')}`,
        HTTP_PORT: String(await freePort()),
        ALLOWED_PORTALS: 'http://127.0.0.1:*',
        ...env,
      },
    });
    this.#closers.push(() => service.stop());
    return service;
  }
}

interface Parts {
  readonly portalServer: RunningPortal;
  readonly fs: ReplaySwitch;
  readonly calls: CallTable;
  readonly worker: Service;
  readonly gateway: Service;
}
