import type { CommandOutcome } from '@app/bitrix24';
import type { ResultOf } from '@app/bitrix24/contract';
import type { PortalEventStore } from '@app/store';
import type { PacedSessions, PortalRequests } from './paced-sessions';

type Listed = ResultOf<'event.offline.list'>[number];
type Fetched = ResultOf<'event.offline.get'>['events'][number];

/** Events of a page: the portal gives no more at once. */
const PAGE = 50;
/** Pages in one go: a portal that never runs dry must not keep a worker for ever; the rest follows the next time. */
const MOST_PAGES = 100;

/** Tells the worker of a new event; a ring that is lost costs time only. */
export type RingForEvent = (eventId: string) => Promise<void>;

/**
 * Fetches the events that a portal keeps for us: what it told us and we did not hear. Nothing is deleted there before it is
 * committed here, whatever breaks in between; what is fetched twice, or came by itself too, is stored once.
 *
 * It looks first (event.offline.list): that is one request when there is nothing, shows what somebody set aside and never
 * cleared, and works on the plans that do not set aside (`clear: 0`), where what was stored is then deleted.
 */
export class FetchOfflineEvents {
  constructor(
    private readonly sessions: Pick<PacedSessions, 'with'>,
    private readonly inbox: Pick<PortalEventStore, 'storeFetched'>,
    private readonly ring: RingForEvent,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Fetches all there is.
   *
   * @returns what is wrong though it was done, for people; undefined: nothing
   * @throws PortalError, StoreError
   */
  async run(portalId: string): Promise<string | undefined> {
    return this.sessions.with(portalId, async (requests) => {
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const listed = await requests.tryCall('event.offline.list', {});
        if (!listed.ok) return `missed events cannot be fetched: ${listed.error.message}`;
        const { result: records } = listed.answer;
        if (records.length === 0) return undefined;
        await this.#store(portalId, records);
        const problem = await this.#remove(portalId, requests, records);
        if (problem !== undefined) return problem;
        if (records.length < PAGE) return undefined;
      }
      return undefined;
    });
  }

  /** Of records that are stored: deletes them in the portal. */
  async #remove(
    portalId: string,
    requests: PortalRequests,
    records: readonly Listed[],
  ): Promise<string | undefined> {
    const setAside = new Set(records.map(({ PROCESS_ID }) => PROCESS_ID).filter((id) => id !== ''));
    for (const processId of setAside) await this.#clear(requests, processId, records);
    const waiting = records.filter(({ PROCESS_ID }) => PROCESS_ID === '');
    if (waiting.length === 0) return undefined;
    const filter = { '<=ID': Math.max(...waiting.map(({ ID }) => ID)) };
    let fetched = await requests.tryCall('event.offline.get', { filter, limit: PAGE, clear: 0 });
    if (!fetched.ok) fetched = await requests.tryCall('event.offline.get', { filter, limit: PAGE, clear: 1 });
    return this.#keep(portalId, requests, fetched);
  }

  /** A record may have been written anew since it was listed: what was fetched is stored before it is cleared, too. */
  async #keep(
    portalId: string,
    requests: PortalRequests,
    fetched: CommandOutcome<'event.offline.get'>,
  ): Promise<string | undefined> {
    if (!fetched.ok) return `missed events stay in the portal: ${fetched.error.message}`;
    const { process_id: processId, events } = fetched.answer.result;
    await this.#store(portalId, events);
    if (processId !== null) await requests.call('event.offline.clear', { process_id: processId });
    return undefined;
  }

  async #clear(requests: PortalRequests, processId: string, records: readonly Listed[]): Promise<void> {
    const id = records.filter(({ PROCESS_ID }) => PROCESS_ID === processId).map(({ ID }) => ID);
    await requests.call('event.offline.clear', { process_id: processId, id });
  }

  async #store(portalId: string, records: readonly Fetched[]): Promise<void> {
    for (const record of records) {
      const recordedAt = Date.parse(record.TIMESTAMP_X ?? '');
      const { eventId, duplicate } = await this.inbox.storeFetched({
        portalId,
        name: record.EVENT_NAME,
        recordId: String(record.ID),
        recordedAt: Number.isNaN(recordedAt) ? undefined : recordedAt,
        data: record.EVENT_DATA ?? {},
        auth: record.EVENT_ADDITIONAL ?? {},
        receivedAt: this.now(),
      });
      // A ring that is lost is made up for by the sweeper.
      if (!duplicate) await this.ring(eventId).catch(() => undefined);
    }
  }
}
