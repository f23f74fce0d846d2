import { createSecretKey, randomBytes } from 'node:crypto';
import {
  openQueueBackend,
  portalEventQueue,
  ringPortalEvent,
  type JobQueue,
  type PortalEventJob,
  type QueueBackend,
} from '@app/queues';
import {
  createDataSource,
  DirectoryStore,
  migrate,
  PortalEventStore,
  PortalStore,
  SecretBox,
} from '@app/store';
import {
  createTestDatabase,
  createTestQueue,
  FakePortal,
  type TestDatabase,
  type TestQueue,
} from '@app/testkit';
import { RunDirectory } from '../../apps/harness/src/demo/run-directory';
import { Phone, PhoneLab, Trunk, type Behaviour } from '../../apps/harness/src/phones';
import { freePort } from '../../apps/harness/src/processes/free-port';
import { Service } from '../../apps/harness/src/processes/service';
import { until } from '../../apps/harness/src/processes/until';
import { hasSwitch, openSwitch } from '../../apps/harness/src/real-switch/open-switch';
import type { SwitchUnderTest } from '../../apps/harness/src/real-switch/switch-under-test';
import { embeddedTarget } from '../../apps/harness/src/world/embedded-target';
import { ListeningApp } from '../../libs/testkit/src/fake-portal/testing/listening-app';

const SWITCH_ID = 'main';
const KEY = { id: 'office', bytes: randomBytes(32) };
const SECONDS = 1_000;
const WITHIN = { withinMs: 20 * SECONDS };

/** The line that calls leave by, as the portal and as the switch know it. */
export const LINE = { did: '74951234568', lineNumber: 'line-2' };

type Clicked = Parameters<FakePortal['click']>[0];

/** A company on a real switch if there is one, else on the embedded one: a portal, gateway and worker as processes, phones, and clients outside. */
export class ClickOffice {
  readonly lab = new PhoneLab();
  readonly #closers: (() => Promise<unknown>)[] = [];
  readonly #phones = new Map<string, Phone>();
  readonly #listener = new ListeningApp();
  #portalId = '';

  private constructor(
    readonly portal: FakePortal,
    readonly listener: ListeningApp,
  ) {
    this.#listener = listener;
  }

  trunk!: Trunk;
  fs!: SwitchUnderTest;
  gateway!: Service;
  worker!: Service;
  #inbox!: PortalEventStore;
  #events!: JobQueue<PortalEventJob>;

  static async open(env: Readonly<Record<string, string | undefined>>): Promise<ClickOffice> {
    const listener = new ListeningApp();
    const app = { scopes: ['telephony', 'user_basic', 'crm', 'im'] };
    const office = new ClickOffice(new FakePortal({ deliver: listener.fetch, app }), listener);
    try {
      await office.#setUp(env);
      return office;
    } catch (error) {
      await office.close();
      throw error;
    }
  }

  /** The phone of an extension, registered. */
  async phone(number: string, behaviour?: Behaviour, label = number): Promise<Phone> {
    const { domain, phonePassword: password, sip } = this.fs;
    const network = { transport: 'udp', server: { host: sip.host, port: sip.phones } } as const;
    const phone = await Phone.open(this.lab, {
      number,
      label,
      password,
      domain,
      network,
      ...(behaviour && { behaviour }),
    });
    this.#phones.set(label, phone);
    await phone.register();
    return phone;
  }

  /** The user of the portal with this extension. */
  userOf(extension: string): number {
    const user = this.portal.company.users.find((one) => one.extension === extension);
    if (!user) throw new Error(`nobody has ${extension}`);
    return user.id;
  }

  /** Somebody clicks. @returns the portal's CALL_ID */
  async click(clicked: Clicked): Promise<string> {
    const before = this.#listener.events.length;
    const callId = this.portal.click(clicked) ?? '';
    await this.#deliver(before);
    return callId;
  }

  async callback(form: Parameters<FakePortal['submitCallbackForm']>[0]): Promise<void> {
    const before = this.#listener.events.length;
    this.portal.submitCallbackForm(form);
    await this.#deliver(before);
  }

  /** The portal has filed the call. */
  filed(callId: string): Promise<Record<string, unknown>> {
    return this.#filed(`call ${callId}`, (row) => row.CALL_ID === callId);
  }

  /** The portal has filed a callback (TYPE 4). */
  filedCallback(): Promise<Record<string, unknown>> {
    return this.#filed('a callback', (row) => row.CALL_TYPE === '4');
  }

  /** The extension of who is responsible for a client. */
  async ownerOf(number: string): Promise<string> {
    const answer = await fetch(`${this.portal.origin}/rest/telephony.externalCall.searchCrmEntities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ PHONE_NUMBER: number, auth: this.portal.accessToken }),
    });
    const { result } = (await answer.json()) as { result: { ASSIGNED_BY: { USER_PHONE_INNER: string } }[] };
    return result[0]?.ASSIGNED_BY.USER_PHONE_INNER ?? '';
  }

  /** What users were told. */
  async told(userId: number, what: RegExp): Promise<void> {
    const found = () =>
      this.portal.state.notices.some((notice) => notice.toUserId === userId && what.test(notice.text));
    await until(`user ${userId} is told ${String(what)}`, found, WITHIN);
  }

  async close(): Promise<void> {
    for (const phone of this.#phones.values()) await phone.close();
    for (const close of this.#closers.splice(0).reverse()) await close();
  }

  async #filed(
    what: string,
    isIt: (row: Record<string, unknown>) => boolean,
  ): Promise<Record<string, unknown>> {
    const rows = () => [...this.portal.state.statistics.values()].map((row) => ({ ...row }));
    await until(`${what} is filed`, () => rows().some(isIt), WITHIN);
    return rows().find(isIt) ?? {};
  }

  async #deliver(before: number): Promise<void> {
    await this.portal.post.settled();
    for (const { event, data } of this.#listener.events.slice(before)) {
      if (typeof event !== 'string' || !event.startsWith('ONEXTERNAL')) continue;
      const receivedAt = Date.now();
      const ts = Math.floor(receivedAt / 1000);
      const { eventId } = await this.#inbox.store({
        portalId: this.#portalId,
        name: event,
        ts,
        data,
        receivedAt,
      });
      await ringPortalEvent(this.#events, eventId);
    }
  }

  async #setUp(env: Readonly<Record<string, string | undefined>>): Promise<void> {
    const [database, queue] = await Promise.all([createTestDatabase(), createTestQueue()]);
    this.#closers.push(() => Promise.all([database.drop(), queue.drop()]));
    await migrate(database.url);
    this.trunk = await Trunk.open(this.lab, { listen: { host: '127.0.0.1', port: 0 }, transport: 'udp' });
    this.#closers.push(() => this.trunk.close());
    const { host, port } = this.trunk.place;
    const settings = { CONNECTOR_TRUNK_HOST: `${host}:${port}`, CONNECTOR_LOG_LEVEL: 'debug' };
    this.fs = hasSwitch(env) ? await openSwitch(env, { settings }) : await embeddedTarget({ settings });
    this.#closers.push(() => this.fs.stop());
    const running = await this.portal.listen();
    this.#closers.push(() => running.close());
    await this.#seed(database, running.endpoint);
    await this.#openQueue(queue);
    await this.#startServices(database, queue);
    await this.#bind();
  }

  async #bind(): Promise<void> {
    for (const event of ['ONEXTERNALCALLSTART', 'ONEXTERNALCALLBACKSTART']) {
      await fetch(`${this.portal.origin}/rest/event.bind`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ event, handler: 'https://connector.example/', auth: this.portal.accessToken }),
      });
    }
  }

  async #seed(database: TestDatabase, endpoint: string): Promise<void> {
    const dataSource = await createDataSource(database.url, { poolSize: 3 }).initialize();
    this.#closers.push(() => dataSource.destroy());
    const secrets = new SecretBox([{ id: KEY.id, key: createSecretKey(KEY.bytes) }]);
    const portals = new PortalStore(dataSource, secrets);
    this.#inbox = new PortalEventStore(dataSource);
    const directory = new DirectoryStore(dataSource);
    const { accessToken, app, company } = this.portal;
    const { portalId } = await portals.install({
      memberId: this.portal.memberId,
      domain: '127.0.0.1',
      endpoint,
      credentials: { accessToken },
      settings: { defaultUserId: 1, defaultRegion: 'GB' },
      scope: app.scopes,
    });
    this.#portalId = portalId;
    await portals.setRateLimit(portalId, { capacity: 250, drainPerSecond: 50 });
    await directory.registerSwitch(SWITCH_ID);
    const users = company.users.flatMap(({ id, extension }) =>
      extension === null ? [] : [{ userId: id, switchId: SWITCH_ID, extension }],
    );
    await directory.replaceUsers(portalId, users);
    await directory.saveLines(portalId, [{ switchId: SWITCH_ID, ...LINE }]);
  }

  async #openQueue(place: TestQueue): Promise<void> {
    const backend: QueueBackend = await openQueueBackend(place.url, { onError: () => undefined });
    this.#closers.push(() => backend.close());
    this.#events = backend.queue(portalEventQueue);
    this.#closers.push(() => this.#events.close());
  }

  async #startServices(database: TestDatabase, queue: TestQueue): Promise<void> {
    const directory = new RunDirectory();
    this.#closers.push(() => {
      directory.remove();
      return Promise.resolve();
    });
    const { host, port, user, password } = this.fs.connectorLogin ?? this.fs.eventSocket;
    const recordings = [{ from: this.fs.recordings, to: this.fs.recordings }];
    const followed = { id: SWITCH_ID, host, port, password, recordings, ...(user && { user }) };
    const make = async (app: 'gateway' | 'worker') => {
      const service = new Service({
        app,
        opsPort: await freePort(),
        logFile: directory.logFile(app),
        onDeath: (death) => {
          throw death;
        },
        env: {
          DATABASE_URL: database.url,
          QUEUE_URL: queue.url,
          SWITCHES: JSON.stringify([followed]),
          SECRET_KEYS: `${KEY.id}:${KEY.bytes.toString('base64')}`,
          HTTP_PORT: String(await freePort()),
          ALLOWED_PORTALS: this.portal.origin,
          CALLBACK_VOICE: 'flite|kal',
          CLICK_STALE_MS: '4000',
          CLICKS_PER_USER_PER_MINUTE: '20',
          CLICK_RING_SECONDS: '8',
          JOB_LOCK_MS: '1000',
        },
      });
      this.#closers.push(() => service.stop());
      return service;
    };
    this.worker = await make('worker');
    this.gateway = await make('gateway');
    await Promise.all([this.worker.start(), this.gateway.start()]);
  }
}
