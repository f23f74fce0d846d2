import type { PortalCall } from '@app/calls';
import type { DataSource } from 'typeorm';
import { loadDirectory } from '../portals/load-directory';
import { portalOfCall } from '../portals/portal-of-call';
import type { SecretBox } from '../secrets/secret-box';
import { inTransaction, sqlOf, type Sql } from '../sql';
import { StoreError } from '../store-error';
import { callsDue, markSynced } from './call-sync';
import type { CallToSync, LedgerEntry, PortalDefaults, SyncMark } from './call-to-sync';
import { insertRequests } from './ledger';
import { loadCall } from './load-call';
import { loadPortal } from './load-portal';
import { savePortalCall, type PortalCallPlace } from './save-portal-call';

/** Far more calls than one worker has in hand at a time. */
const MOST_PLACES = 10_000;

/**
 * What the portals are known to hold, how far calls are synchronised, and the ledger. The worker's: nobody else writes
 * these tables.
 *
 * A portal call is read (`load`) and then written several times (`begin`, `settle`) under the call's fence. The revision
 * that was read is remembered here, and every write names it: should two workers ever hold the same call, the second to
 * write gets a `conflict` and reads again.
 */
export class PortalCallStore {
  private readonly sql: Sql;
  /** By call id, the least recently used first. */
  private readonly places = new Map<string, PortalCallPlace>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly defaults: PortalDefaults,
    private readonly secrets: SecretBox,
  ) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * A call with its portal and what that is known to hold; undefined when there is no such call. A portal call that has
   * begun stays in its portal, whatever the directory says by now.
   */
  async load(callId: string): Promise<CallToSync | undefined> {
    const loaded = await loadCall(this.sql, callId);
    if (!loaded) return undefined;
    const { call, portalCall, revision } = loaded;
    const portalId = loaded.portalId ?? portalOfCall(call, await loadDirectory(this.sql, call));
    this.places.delete(callId);
    if (portalId === undefined) return { call, portal: undefined, portalCall };
    this.remember(callId, { portalId, revision });
    const { defaults, secrets } = this;
    return { call, portal: await loadPortal(this.sql, portalId, call, { defaults, secrets }), portalCall };
  }

  /** Notes down the step in flight; it may be sent when this has resolved. Throws StoreError. */
  async begin(portalCall: PortalCall): Promise<void> {
    await this.write(portalCall, []);
  }

  /** Notes down the effect of an answer, and the exchange in the ledger: both or none. Throws StoreError. */
  async settle(portalCall: PortalCall, ledger: readonly LedgerEntry[]): Promise<void> {
    await this.write(portalCall, ledger);
  }

  /** Notes how far a call is synchronised. Throws StoreError. */
  async markSynced(callId: string, mark: SyncMark): Promise<void> {
    await markSynced(this.sql, callId, mark);
  }

  /**
   * The calls that the worker has to look at, the longest due first: what a lost doorbell did not announce, and what was
   * to be looked at again by now. Cheap when there are none.
   *
   * @param now epoch ms
   */
  async callsDue(now: number, limit: number): Promise<string[]> {
    return callsDue(this.sql, now, limit);
  }

  private async write(portalCall: PortalCall, ledger: readonly LedgerEntry[]): Promise<void> {
    const { callId } = portalCall;
    const place = this.places.get(callId);
    if (!place) throw new StoreError(`call ${callId} was not loaded with a portal`, { kind: 'conflict' });
    const revision = await inTransaction(this.dataSource, async (sql) => {
      const written = await savePortalCall(sql, portalCall, place);
      await insertRequests(sql, ledger);
      return written;
    });
    this.remember(callId, { ...place, revision });
  }

  private remember(callId: string, place: PortalCallPlace): void {
    this.places.delete(callId);
    this.places.set(callId, place);
    for (const oldest of this.places.keys()) {
      if (this.places.size <= MOST_PLACES) return;
      this.places.delete(oldest);
    }
  }
}
