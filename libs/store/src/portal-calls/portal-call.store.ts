import type { PortalCall } from '@app/calls';
import type { DataSource } from 'typeorm';
import { Gather } from '../gather';
import { groupBy } from '../group-by';
import type { SecretBox } from '../secrets/secret-box';
import { sqlOf, type Sql } from '../sql';
import { StoreError } from '../store-error';
import { callsDue, markSynced } from './call-sync';
import type { CallToSync, PortalDefaults, SettledCall, SyncMark } from './call-to-sync';
import { loadCalls, portalsOf, type LoadedCall } from './load-calls';
import { loadPortal } from './load-portal';
import { savePortalCalls, type PortalCallPlace } from './save-portal-calls';

/** Far more calls than one worker has in hand at a time. */
const MOST_PLACES = 10_000;

/**
 * What the portals are known to hold, how far calls are synchronised, and the ledger. The worker's: nobody else writes
 * these tables.
 *
 * A portal call is read (`load`) and then written several times (`begin`, `settle`) under the call's fence. The revision
 * that was read is remembered here, and every write names it: should two workers ever hold the same call, the second to
 * write is told so and reads again.
 */
export class PortalCallStore {
  private readonly sql: Sql;
  /** By call id, of all its portal calls together; the least recently used first. */
  private readonly places = new Map<string, PortalCallPlace>();
  /** Many calls are looked at side by side, mostly of the same portal. */
  private readonly loads = new Gather<string, CallToSync | undefined>((callIds) => this.loadAll(callIds));

  constructor(
    dataSource: DataSource,
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
    return this.loads.ask(callId);
  }

  /** As `load`, for calls that wait for a turn of this portal. Who has begun in another one is left out. */
  async loadOf(portalId: string, callIds: readonly string[]): Promise<CallToSync[]> {
    const loaded = (await loadCalls(this.sql, callIds)).filter(
      (found) => (found.portalId ?? portalId) === portalId,
    );
    return (await this.withPortal(portalId, loaded)).filter(({ portal }) => portal !== undefined);
  }

  /**
   * Notes down steps in flight; they may be sent when this has resolved. Throws StoreError, and then none is noted.
   *
   * @returns the ids of those noted; who is missing was written by somebody else since it was read
   */
  async begin(portalCalls: readonly PortalCall[]): Promise<ReadonlySet<string>> {
    return this.write(portalCalls.map((portalCall) => ({ portalCall, ledger: [] })));
  }

  /** Notes down the effect of answers, each with its exchanges in the ledger: both or none. As `begin`. */
  async settle(settled: readonly SettledCall[]): Promise<ReadonlySet<string>> {
    return this.write(settled);
  }

  /** Notes how far calls are synchronised, all or none; none of them waits for a turn any more. Throws StoreError. */
  async markSynced(...marks: readonly SyncMark[]): Promise<void> {
    await markSynced(this.sql, marks);
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

  private async loadAll(callIds: readonly string[]): Promise<readonly (CallToSync | undefined)[]> {
    const loaded = await loadCalls(this.sql, callIds);
    const portalIds = await portalsOf(this.sql, loaded);
    for (const { call } of loaded) this.places.delete(call.callId);
    const found = await Promise.all(
      groupBy(loaded, ({ call }) => portalIds.get(call.callId)).map(([portalId, group]) =>
        this.withPortal(portalId, group),
      ),
    );
    const byId = new Map(found.flat().map((one) => [one.call.callId, one]));
    return callIds.map((callId) => byId.get(callId));
  }

  private async withPortal(
    portalId: string | undefined,
    loaded: readonly LoadedCall[],
  ): Promise<CallToSync[]> {
    const calls = loaded.map(({ call }) => call);
    const { defaults, secrets } = this;
    const portal =
      portalId === undefined ? undefined : await loadPortal(this.sql, portalId, calls, { defaults, secrets });
    return loaded.map(({ call, portalCalls, revisions }) => {
      if (portalId !== undefined) this.remember(call.callId, { portalId, revisions });
      return { call, portalCalls, portal: portal?.(call) };
    });
  }

  private async write(settled: readonly SettledCall[]): Promise<ReadonlySet<string>> {
    const placed = settled.map((one) => ({ ...one, place: this.placeOf(one.portalCall.callId) }));
    const written = await savePortalCalls(this.sql, placed);
    for (const { portalCall, place } of placed) {
      const revision = written.get(portalCall.callId);
      const { callId, key } = portalCall;
      if (revision !== undefined)
        this.remember(callId, { ...place, revisions: { ...place.revisions, [key]: revision } });
    }
    return new Set(written.keys());
  }

  private placeOf(callId: string): PortalCallPlace {
    const place = this.places.get(callId);
    if (place) return place;
    throw new StoreError(`call ${callId} was not loaded with a portal`, { kind: 'conflict' });
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
