import type { AddressInfo } from 'node:net';
import { AddressGuard } from '@app/bitrix24';
import { createLogger } from '@app/observability';
import { Registry } from 'prom-client';
import { stringify } from 'qs';
import { defaultDoorSettings, type DoorSettings } from '../door-settings';
import type { DoorParts } from '../portal-door.module';
import { createPortalDoor } from '../public-door';
import { CLIENT_SECRET, INSTALL_KEY, MemoryRings, MemoryStores } from './memory-stores';
import { ScriptedBitrix24 } from './scripted-bitrix24';

/** What the tests' browsers and queues send besides the body. */
interface Sending {
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser that opens a frame. */
export const browser = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** The door, listening, with its stores in memory and its log in hand. */
export class TestDoor {
  readonly stores = new MemoryStores();
  readonly rings = new MemoryRings();
  readonly bitrix = new ScriptedBitrix24();
  readonly registry = new Registry();
  readonly logged: string[] = [];
  /** Texts of all answers. */
  readonly answered: string[] = [];
  private url = '';
  private close_: () => Promise<void> = () => Promise.resolve();

  /** `parts`: real ones in the place of scripted ones. */
  static async open(settings: Partial<DoorSettings> = {}, parts: Partial<DoorParts> = {}): Promise<TestDoor> {
    const test = new TestDoor();
    const { stores, rings, bitrix, registry } = test;
    const log = createLogger({
      app: 'gateway',
      level: 'trace',
      destination: { write: (line: string) => void test.logged.push(line) },
    });
    const door = await createPortalDoor({
      apps: stores,
      portals: stores,
      inbox: stores,
      oauth: bitrix,
      owners: bitrix,
      rules: new AddressGuard(),
      rings,
      log,
      registry,
      ...parts,
      settings: { ...defaultDoorSettings, failedInstalls: 10_000, ...settings },
    });
    await door.listen(0, '127.0.0.1');
    test.url = `http://127.0.0.1:${(door.getHttpServer().address() as AddressInfo).port}`;
    test.close_ = () => door.close();
    return test;
  }

  /** Posts fields as PHP would read them. */
  post(door: string, fields: object, sending: Sending = {}): Promise<Answer> {
    return this.postRaw(door, stringify(fields), sending);
  }

  /** Posts a body as it is, as a form unless the headers say otherwise. */
  postRaw(door: string, body: string | Uint8Array<ArrayBuffer>, sending: Sending = {}): Promise<Answer> {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...sending.headers };
    return this.send(this.addressOf(door, sending), { method: 'POST', body, headers });
  }

  get(door: string, { key, headers }: Sending = {}): Promise<Answer> {
    return this.send(this.addressOf(door, { key }), { headers });
  }

  /** Asks for any path of the door. */
  ask(path: string, method = 'GET'): Promise<Answer> {
    return this.send(`${this.url}${path}`, { method });
  }

  /** One line of the metrics, without its labels' order: `connector_portal_events_lost_total`. */
  async counted(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const metric = await this.registry.getSingleMetric(`connector_${name}_total`)?.get();
    const values = metric?.values ?? [];
    return values
      .filter((value) => Object.entries(labels).every(([label, word]) => value.labels[label] === word))
      .reduce((sum, { value }) => sum + value, 0);
  }

  /** Everything that was logged or answered. */
  everythingTold(): string {
    return [...this.logged, ...this.answered].join('\n');
  }

  /** Nothing that opens anything may have been told to anybody. */
  expectNoSecretTold(...secrets: readonly string[]): void {
    const told = this.everythingTold();
    const leaked = [...secrets, CLIENT_SECRET, INSTALL_KEY].filter((secret) => told.includes(secret));
    expect(leaked).toEqual([]);
  }

  close(): Promise<void> {
    return this.close_();
  }

  /** Where the outside finds it. */
  addressOf(door: string, { key = INSTALL_KEY, query = {} }: Sending = {}): string {
    const search = new URLSearchParams(query).toString();
    return `${this.url}/bitrix24/${key}/${door}${search === '' ? '' : `?${search}`}`;
  }

  private async send(address: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(address, { ...init, redirect: 'manual' });
    const text = await response.text();
    this.answered.push(text, [...response.headers.entries()].join('\n'));
    return { status: response.status, headers: response.headers, text };
  }
}
