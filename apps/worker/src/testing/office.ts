import type { Call } from '@app/calls';
import { workerSettings, type WorkerSettings } from '@app/config';
import {
  openQueueBackend,
  ringDoorbell,
  syncCallQueue,
  type JobQueue,
  type QueueBackend,
  type SyncCallJob,
} from '@app/queues';
import {
  CallStore,
  createDataSource,
  DirectoryStore,
  PortalCallStore,
  PortalStore,
  SecretBox,
} from '@app/store';
import { RECORDINGS_ON_SWITCH } from './told-call';

/** The key of every office. */
const SECRET_KEYS = `office:${Buffer.alloc(32, 1).toString('base64')}`;

type Connected = Awaited<ReturnType<ReturnType<typeof createDataSource>['initialize']>>;

/** Where an office is: a migrated database, a queue, a portal, a folder. */
export interface OfficePlace {
  readonly databaseUrl: string;
  readonly queueUrl: string;
  readonly endpoint: string;
  readonly accessToken: string;
  readonly recordings: string;
}

/** The gateway's side of a deployment, for tests of the worker: writes calls, rings, and looks at what became of them. */
export class Office {
  private constructor(
    private readonly place: OfficePlace,
    private readonly dataSource: Connected,
    private readonly backend: QueueBackend,
    readonly doorbells: JobQueue<SyncCallJob>,
  ) {}

  /** A switch `main` whose calls belong to a portal. */
  static async open(place: OfficePlace): Promise<Office> {
    const dataSource = await createDataSource(place.databaseUrl, { poolSize: 2 }).initialize();
    const backend = await openQueueBackend(place.queueUrl, { onError: () => undefined });
    const office = new Office(place, dataSource, backend, backend.queue(syncCallQueue));
    await office.addPortal('main', place);
    return office;
  }

  /**
   * A switch, and a portal for its calls whose users 1 to 3 have the phones 1001 to 1003; user 9 answers for the rest.
   */
  async addPortal(
    switchId: string,
    portal: { readonly endpoint: string; readonly accessToken: string },
  ): Promise<void> {
    const directory = new DirectoryStore(this.dataSource);
    const portals = new PortalStore(this.dataSource, this.secrets);
    const { portalId } = await portals.install({
      memberId: `portal-of-${switchId}`,
      domain: `${switchId}.example`,
      endpoint: portal.endpoint,
      credentials: { accessToken: portal.accessToken },
      settings: { defaultUserId: 9 },
    });
    await portals.setRateLimit(portalId, { capacity: 1000, drainPerSecond: 1000 });
    await directory.registerSwitch(switchId, `portal-of-${switchId}`);
    const users = [1, 2, 3].map((userId) => ({ userId, switchId, extension: String(1000 + userId) }));
    await directory.replaceUsers(portalId, users);
  }

  /** Writes a call as the gateway does. */
  async write(call: Call): Promise<void> {
    await new CallStore(this.dataSource).commit([{ call, events: [] }]);
  }

  /** Writes a call and rings. */
  async tell(call: Call): Promise<void> {
    await this.write(call);
    await ringDoorbell(this.doorbells, call.callId);
  }

  get portalCalls(): PortalCallStore {
    const { defaultRegion, cards, finishWhen, recordingUpload } = this.settings().policy;
    const defaults = { defaultRegion, cards, finishWhen, recordingUpload };
    return new PortalCallStore(this.dataSource, defaults, this.secrets);
  }

  /** What seals the tokens here. */
  get secrets(): SecretBox {
    return new SecretBox(this.settings().secrets.keys);
  }

  /** How far a call has got. */
  async syncState(callId: string): Promise<Record<string, unknown>> {
    const rows: Record<string, unknown>[] = await this.dataSource.query(
      'SELECT * FROM call_sync WHERE call_id = $1',
      [callId],
    );
    return rows[0] ?? {};
  }

  /** The steps in the ledger of a call, in order. */
  async ledger(callId: string): Promise<string[]> {
    const rows: { step: string }[] = await this.dataSource.query(
      'SELECT step FROM portal_request WHERE call_id = $1 ORDER BY request_id',
      [callId],
    );
    return rows.map(({ step }) => step);
  }

  /** The settings of a worker here. */
  settings(changes: Record<string, string> = {}): WorkerSettings {
    const switches = [
      { id: 'main', recordings: [{ from: RECORDINGS_ON_SWITCH, to: this.place.recordings }] },
    ];
    return workerSettings({
      DATABASE_URL: this.place.databaseUrl,
      DATABASE_POOL_SIZE: '4',
      QUEUE_URL: this.place.queueUrl,
      SWITCHES: JSON.stringify(switches),
      SECRET_KEYS,
      WORKER_CONCURRENCY: '8',
      ...changes,
    });
  }

  async close(): Promise<void> {
    await this.doorbells.close();
    await this.backend.close();
    await this.dataSource.destroy();
  }
}
