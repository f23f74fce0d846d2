import { createSecretKey, randomBytes } from 'node:crypto';
import { createTestDatabase, createTestQueue, type TestDatabase, type TestQueue } from '@app/testkit';
import { migrate, type SecretKey } from '@app/store';
import { freePort } from '../processes/free-port';
import { Service, type ServiceDied } from '../processes/service';
import { CallTable } from './call-table';
import { CommandLine } from './command-line';
import { Relay } from './relay';
import { ServiceLog } from './service-log';
import { SwitchTap } from './switch-tap';
import type { TargetSwitch } from './target-switch';
import { WorldFolder } from './world-folder';

/** What makes two worlds different. */
export interface WorldSettings {
  /** CONNECTOR_* of the switch. */
  readonly switch: Readonly<Record<string, string>>;
  /** Environment of gateway and worker. */
  readonly connector: Readonly<Record<string, string>>;
  /** A folder that is laid over the switch's configuration. */
  readonly configuration?: string;
}

/** What a world wants of its switch. */
export interface WantedSwitch {
  readonly settings: Readonly<Record<string, string>>;
  readonly overlay?: string;
}

export interface WorldOptions {
  readonly settings: WorldSettings;
  readonly openSwitch: (wanted: WantedSwitch, signal?: AbortSignal) => Promise<TargetSwitch>;
  readonly signal?: AbortSignal;
}

export const SWITCH_ID = 'scenarios';
const SECRET_KEY = 'world';

/**
 * Everything but phones and portal: a switch, the gateway and the worker as the processes they are, and a database and a
 * queue of their own. It serves one scenario after another, until it is spent: a scenario that failed may have left calls
 * behind, and one that killed something may have left anything.
 */
export class World {
  readonly #closers: (() => Promise<unknown>)[] = [];
  /** What gateway and worker open the portals' tokens with. */
  readonly #secret = randomBytes(32);
  #parts: Parts | undefined;
  #deaths: ServiceDied[] = [];
  #spent: string | undefined;

  private constructor(readonly settings: WorldSettings) {}

  /** Builds it and waits until the gateway follows the switch. What was begun is stopped when that fails. */
  static async build(options: WorldOptions): Promise<World> {
    const world = new World(options.settings);
    try {
      world.#parts = await world.#build(options);
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  get target(): TargetSwitch {
    return this.#built.target;
  }

  get gateway(): Service {
    return this.#built.gateway;
  }

  get worker(): Service {
    return this.#built.worker;
  }

  get calls(): CallTable {
    return this.#built.calls;
  }

  get tap(): SwitchTap {
    return this.#built.tap;
  }

  get folder(): WorldFolder {
    return this.#built.folder;
  }

  /** The way of the gateway to the switch, which can be cut. */
  get relay(): Relay {
    return this.#built.relay;
  }

  /** Where portals send their events: scheme, host and port. */
  get doorUrl(): string {
    return this.#built.doorUrl;
  }

  /** Where commands of the product are run. */
  get commandLine(): CommandLine {
    return this.#built.commandLine;
  }

  get databaseUrl(): string {
    return this.#built.database.url;
  }

  get secretKeys(): readonly SecretKey[] {
    return [{ id: SECRET_KEY, key: createSecretKey(this.#secret) }];
  }

  get logs(): readonly ServiceLog[] {
    return ['gateway', 'worker'].map((app) => new ServiceLog(app, this.folder.logFile(app)));
  }

  /** Processes that ended by themselves. */
  get deaths(): readonly ServiceDied[] {
    return this.#deaths;
  }

  /** Why no other scenario may use it; undefined while one may. */
  get spent(): string | undefined {
    const isDown = this.#parts && [this.gateway, this.worker].find(({ pid }) => pid === undefined);
    return this.#spent ?? (isDown && `its ${isDown.app} is down`);
  }

  /** No other scenario will use it. */
  spend(reason: string): void {
    this.#spent ??= reason;
  }

  /** Takes everything down, latest first. */
  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }

  get #built(): Parts {
    if (!this.#parts) throw new Error('the world is not built');
    return this.#parts;
  }

  async #build({ settings, openSwitch, signal }: WorldOptions): Promise<Parts> {
    const folder = new WorldFolder();
    this.#closers.push(() => {
      folder.remove();
      return Promise.resolve();
    });
    const freeForRoutes = await freePort();
    const route = `127.0.0.1:${freeForRoutes}`;
    const ofSwitch = { CONNECTOR_ROUTE_HOSTS: GATEWAY, ...settings.switch };
    const wanted = { settings: withGateway(ofSwitch, route), overlay: settings.configuration };
    const [target, database, queue] = await Promise.all([
      this.#kept(openSwitch(wanted, signal), (opened) => opened.stop()),
      this.#kept(createTestDatabase(), (made) => made.drop()),
      this.#kept(createTestQueue(), (made) => made.drop()),
    ]);
    folder.linkRecordings(target.recordingsHere);
    await migrate(database.url);
    const calls = await this.#kept(CallTable.open(database.url), (opened) => opened.close());
    const tap = await this.#kept(SwitchTap.open(target.eventSocket, signal), (opened) => opened.close());
    const { host, port } = target.connectorLogin ?? target.eventSocket;
    const relay = await this.#kept(Relay.open({ host, port }), (opened) => opened.close());
    const doorPort = await freePort();
    const routePort = target.routePort ?? freeForRoutes;
    const where = { settings, target, database, queue, folder, relay, doorPort, routePort };
    const [worker, gateway] = [await this.#service('worker', where), await this.#service('gateway', where)];
    await Promise.all([worker.start(signal), gateway.start(signal)]);
    const commandLine = new CommandLine(folder.path, this.#environment(where));
    this.#closers.push(() => commandLine.close());
    const doorUrl = `http://127.0.0.1:${doorPort}`;
    return { folder, target, database, queue, calls, tap, relay, worker, gateway, doorUrl, commandLine };
  }

  async #kept<T>(making: Promise<T>, close: (made: T) => Promise<unknown>): Promise<T> {
    const made = await making;
    this.#closers.push(() => close(made));
    return made;
  }

  async #service(app: 'gateway' | 'worker', where: Surroundings): Promise<Service> {
    const { folder, doorPort, routePort } = where;
    const service = new Service({
      app,
      opsPort: await freePort(),
      logFile: folder.logFile(app),
      onDeath: (death) => void this.#deaths.push(death),
      env: {
        HTTP_PORT: String(doorPort),
        ROUTE_PORT: String(routePort),
        ...this.#environment(where),
      },
    });
    this.#closers.push(() => service.stop());
    return service;
  }

  /** What all programs of the product are told. */
  #environment({ target, database, queue, folder, relay, settings }: Surroundings): Record<string, string> {
    return {
      DATABASE_URL: database.url,
      QUEUE_URL: queue.url,
      SWITCHES: JSON.stringify([followed(target, folder, relay)]),
      SECRET_KEYS: `${SECRET_KEY}:${this.#secret.toString('base64')}`,
      // The fake portal is on this machine.
      ALLOWED_PORTALS: 'http://127.0.0.1:*',
      ...settings.connector,
    };
  }
}

/** In settings of the switch: the address at which our gateway takes calls over, which nobody knows beforehand. */
const GATEWAY = '{gateway}';

function withGateway(settings: Readonly<Record<string, string>>, address: string): Record<string, string> {
  const told = Object.entries(settings).map(([name, value]) => [name, value.replaceAll(GATEWAY, address)]);
  return Object.fromEntries(told) as Record<string, string>;
}

/** What gateway and worker are made in. */
interface Surroundings {
  readonly settings: WorldSettings;
  readonly target: TargetSwitch;
  readonly database: TestDatabase;
  readonly queue: TestQueue;
  readonly folder: WorldFolder;
  readonly relay: Relay;
  readonly doorPort: number;
  readonly routePort: number;
}

interface Parts {
  readonly folder: WorldFolder;
  readonly target: TargetSwitch;
  readonly database: TestDatabase;
  readonly queue: TestQueue;
  readonly calls: CallTable;
  readonly tap: SwitchTap;
  readonly relay: Relay;
  readonly worker: Service;
  readonly gateway: Service;
  readonly doorUrl: string;
  readonly commandLine: CommandLine;
}

/** The switch as gateway and worker are told of it: with least privilege, if its password is known. */
function followed(target: TargetSwitch, folder: WorldFolder, relay: Relay): object {
  return {
    id: SWITCH_ID,
    ...(target.connectorLogin ?? target.eventSocket),
    ...relay.place,
    recordings: [{ from: target.recordings, to: folder.recordings }],
  };
}
