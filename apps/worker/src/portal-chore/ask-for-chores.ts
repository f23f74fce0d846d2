import type { Logger } from '@app/observability';
import { ringPortalChore, type JobQueue, type PortalChoreJob } from '@app/queues';
import type { Chore, ChoreStore, PhoneStore } from '@app/store';

/** Users are not read more often than this because somebody asks for it, ms: an unknown phone may ring all day. */
const USERS_NOT_WITHIN_MS = 5 * 60_000;
/** Somebody was hired: he may get his extension in the same minute. */
const NEW_USER_NOT_WITHIN_MS = 30_000;

/** Has chores of portals done earlier than at their time. */
export class AskForChores {
  constructor(
    private readonly chores: Pick<ChoreStore, 'ask'>,
    private readonly phones: Pick<PhoneStore, 'strangers' | 'homesOf'>,
    private readonly queue: JobQueue<PortalChoreJob>,
    private readonly portalIds: () => Promise<readonly string[]>,
    private readonly log: Logger,
  ) {}

  /** A portal keeps events for us. */
  async missedEvents(portalId: string): Promise<void> {
    await this.#ask('fetch-offline-events', [portalId], 0);
  }

  /** What portals told while nobody listened: this process has just started. */
  async missedEventsOfAll(): Promise<void> {
    await this.#ask('fetch-offline-events', undefined, 0);
  }

  /** Somebody new is in a portal. */
  async newUser(portalId: string): Promise<void> {
    await this.#ask('read-users', [portalId], NEW_USER_NOT_WITHIN_MS);
  }

  /** Phones ring that belong to nobody: the portals that may know them are read again, not too often. */
  async unknownPhones(): Promise<void> {
    const strangers = await this.phones.strangers();
    if (strangers.length === 0) return;
    const asked: string[] = [];
    for (const portalId of await this.portalIds()) {
      const homes = await this.phones.homesOf(portalId);
      const isAtHome = strangers.some(({ switchId, domain }) =>
        homes.some((home) => home.switchId === switchId && (home.domain ?? domain) === domain),
      );
      if (isAtHome) asked.push(portalId);
    }
    if (asked.length > 0) await this.#ask('read-users', asked, USERS_NOT_WITHIN_MS);
  }

  async #ask(chore: Chore, portalIds: readonly string[] | undefined, notWithinMs: number): Promise<void> {
    const due = await this.chores.ask(chore, portalIds, notWithinMs);
    if (due.length > 0) this.log.debug({ chore, portalIds: due }, 'a chore of portals was asked for');
    await Promise.all(due.map((portalId) => ringPortalChore(this.queue, { portalId, chore })));
  }
}
