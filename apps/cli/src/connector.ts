import type { CliSettings } from '@app/config';
import {
  EGRESS,
  PacedSessions,
  PortalLimits,
  portalClients,
  PortalSessions,
  PortalTroubles,
  RenewTokens,
  type PortalClients,
} from '@app/portals';
import {
  dialClickQueue,
  openQueueBackend,
  ringDialClick,
  ringSetUpPortal,
  setUpPortalQueue,
  type JobQueue,
  type QueueDefinition,
} from '@app/queues';
import {
  ChoreStore,
  ClickStore,
  createDataSource,
  DirectoryStore,
  DoctorStore,
  HeartbeatStore,
  PhoneStore,
  PortalAppStore,
  PortalLineStore,
  PortalStore,
  RateGovernor,
  RouteStore,
  SecretBox,
  SetUpStore,
} from '@app/store';

type DataSource = ReturnType<typeof createDataSource>;

/** All that a command waits for anything of ours at most, ms. */
const STATEMENT_MS = 10_000;
/** A command does not wait long for calls to leave it room at a portal. */
const PATIENCE_MS = 5_000;
const QUEUE_MS = 5_000;

/**
 * The connector as the command line has it: its database, and portals that may be asked. What is to change in a portal is a
 * wish in the database and a ring for the worker, which alone changes anything there.
 */
export class Connector {
  readonly portals: PortalStore;
  readonly apps: PortalAppStore;
  readonly setUps: SetUpStore;
  readonly chores: ChoreStore;
  readonly phones: PhoneStore;
  readonly lines: PortalLineStore;
  readonly routes: RouteStore;
  readonly directory: DirectoryStore;
  readonly clicks: ClickStore;
  readonly heartbeats: HeartbeatStore;
  readonly doctor: DoctorStore;

  private constructor(
    readonly settings: CliSettings,
    readonly dataSource: DataSource,
    readonly secrets: SecretBox,
  ) {
    this.portals = new PortalStore(dataSource, secrets);
    this.apps = new PortalAppStore(dataSource, secrets);
    this.setUps = new SetUpStore(dataSource);
    this.chores = new ChoreStore(dataSource);
    this.phones = new PhoneStore(dataSource);
    this.lines = new PortalLineStore(dataSource);
    this.routes = new RouteStore(dataSource);
    this.directory = new DirectoryStore(dataSource);
    this.clicks = new ClickStore(dataSource);
    this.heartbeats = new HeartbeatStore(dataSource);
    this.doctor = new DoctorStore(dataSource);
  }

  /** Connects to the database. Throws what the driver throws when it is away. */
  static async open(settings: CliSettings): Promise<Connector> {
    const { database, secrets } = settings;
    const options = { poolSize: 4, applicationName: 'connector-cli', statementTimeoutMs: STATEMENT_MS };
    const dataSource = await createDataSource(database.url, options).initialize();
    return new Connector(settings, dataSource, new SecretBox(secrets.keys));
  }

  /** Sessions with portals: to look, never to change anything. */
  sessions(): PacedSessions {
    const { guard, oauth, client }: PortalClients = portalClients(this.settings.portals);
    const silent = { error: () => undefined, info: () => undefined };
    const tokens = new RenewTokens(this.portals, oauth, { rules: guard });
    const troubles = new PortalTroubles(this.portals, guard, silent);
    const rate = new RateGovernor(this.dataSource);
    const sessions = new PortalSessions(this.portals, tokens, troubles, new PortalLimits(rate, EGRESS));
    return new PacedSessions(sessions, client, rate, { egress: EGRESS, patienceMs: PATIENCE_MS });
  }

  /** Rings for the set-up of a portal. Gives false when the queue is away: the worker finds the wish by itself, a little later. */
  async ringForSetUp(portalId: string): Promise<boolean> {
    const ring = this.#ring(portalId).then(
      () => true,
      () => false,
    );
    const late = new Promise<false>((resolve) => setTimeout(resolve, QUEUE_MS, false).unref());
    return Promise.race([ring, late]);
  }

  /** Has the gateway of a switch dial. Throws what the queue throws when it is away. */
  async ringForDialling(switchId: string, callId: string): Promise<void> {
    await this.#with(dialClickQueue(switchId), (queue) => ringDialClick(queue, switchId, callId));
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
  }

  async #ring(portalId: string): Promise<void> {
    await this.#with(setUpPortalQueue, (queue) => ringSetUpPortal(queue, portalId));
  }

  async #with<T extends object>(
    definition: QueueDefinition<T>,
    ring: (queue: JobQueue<T>) => Promise<void>,
  ): Promise<void> {
    const backend = await openQueueBackend(this.settings.queue.url, { onError: () => undefined });
    try {
      const queue = backend.queue(definition);
      await ring(queue).finally(() => queue.close());
    } finally {
      await backend.close();
    }
  }
}
