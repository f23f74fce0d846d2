import type { Logger } from '@app/observability';
import type { ClickStore } from '@app/store';
import type { RegularTask } from '../sweep/run-regularly';
import type { ClickBells } from './order-clicks';

/** Clocks of two machines may differ a little: who is about to take an order in time must not be overtaken. */
const GRACE_MS = 500;
const MOST_CLICKS = 200;
const DAY_MS = 24 * 60 * 60_000;
/** A portal sends no event twice after so long. */
const KEPT_MS = 30 * DAY_MS;

/** Ends clicks that no gateway took in time, so that they are filed and their users told. */
export function endMissedClicks(
  clicks: Pick<ClickStore, 'endMissed'>,
  bells: Pick<ClickBells, 'file'>,
  log: Logger,
): RegularTask {
  return {
    name: 'ending clicks that nobody dialled',
    everyMs: 1_000,
    run: async () => {
      const callIds = await clicks.endMissed(Date.now() - GRACE_MS, MOST_CLICKS);
      for (const callId of callIds)
        log.error({ callId }, 'no gateway took a click in time: is the switch away?');
      await Promise.all(callIds.map((callId) => bells.file(callId)));
    },
  };
}

/** Forgets what was decided long ago. */
export function forgetOldClicks(clicks: Pick<ClickStore, 'forget'>): RegularTask {
  return {
    name: 'forgetting old clicks',
    everyMs: DAY_MS,
    run: () => clicks.forget(Date.now() - KEPT_MS),
  };
}
