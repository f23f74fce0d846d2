import type { AskRedPortals } from '@app/portals';
import {
  ringLatePortalChore,
  ringLatePortalEvent,
  ringLateSetUpPortal,
  type JobQueue,
  type PortalChoreJob,
  type PortalEventJob,
  type SetUpPortalJob,
} from '@app/queues';
import type { ChoreStore, PortalEventStore, PortalStore, SetUpStore } from '@app/store';
import type { AskForChores } from '../portal-chore/ask-for-chores';
import type { RegularTask } from './run-regularly';

const MINUTE_MS = 60_000;
/** An event that is older and still not handled has lost its ring, most likely. */
const RING_LATE_AFTER_MS = 10_000;
/** So many are rung for at once, the oldest first; the rest follows. */
const MOST_EVENTS = 500;
const MOST_PORTALS = 100;

/** Rings for events that nobody has handled: Redis was emptied, or was away when they came. */
export function ringForLateEvents(
  inbox: Pick<PortalEventStore, 'unhandled'>,
  queue: JobQueue<PortalEventJob>,
): RegularTask {
  return {
    name: 'rings for late events of portals',
    everyMs: 3_000,
    run: async () => {
      const eventIds = await inbox.unhandled(Date.now() - RING_LATE_AFTER_MS, MOST_EVENTS);
      await Promise.all(eventIds.map((eventId) => ringLatePortalEvent(queue, eventId)));
    },
  };
}

/** Rings for portals whose set-up is due. */
export function ringForLateSetUps(
  setUps: Pick<SetUpStore, 'due'>,
  queue: JobQueue<SetUpPortalJob>,
): RegularTask {
  return {
    name: 'rings for late set-ups of portals',
    everyMs: 5_000,
    run: async () => {
      const portalIds = await setUps.due(Date.now(), MOST_PORTALS);
      await Promise.all(portalIds.map((portalId) => ringLateSetUpPortal(queue, portalId)));
    },
  };
}

/** Rings for chores whose time has come. */
export function ringForDueChores(
  chores: Pick<ChoreStore, 'due'>,
  queue: JobQueue<PortalChoreJob>,
): RegularTask {
  return {
    name: 'rings for chores of portals',
    everyMs: 5_000,
    run: async () => {
      const due = await chores.due(Date.now(), MOST_PORTALS);
      await Promise.all(due.map((chore) => ringLatePortalChore(queue, chore)));
    },
  };
}

/** Asks portals who has the phones that ring and belong to nobody. */
export function askForUnknownPhones(ask: Pick<AskForChores, 'unknownPhones'>): RegularTask {
  return { name: 'looking for unknown phones', everyMs: 3_000, run: () => ask.unknownPhones() };
}

/** Deletes what is left of portals that were removed with their data. */
export function eraseRemovedPortals(portals: Pick<PortalStore, 'toErase' | 'erase'>): RegularTask {
  return {
    name: 'erasing removed portals',
    everyMs: MINUTE_MS,
    run: async (stop) => {
      for (const portalId of await portals.toErase()) {
        if (stop.aborted) return;
        await portals.erase(portalId, stop);
      }
    },
  };
}

/** Asks red portals whether they work again. */
export function askRedPortals(red: Pick<AskRedPortals, 'run'>): RegularTask {
  return { name: 'asking red portals', everyMs: 5 * MINUTE_MS, run: () => red.run() };
}
