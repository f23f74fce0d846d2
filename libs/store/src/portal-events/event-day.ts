const DAY_MS = 24 * 60 * 60 * 1000;
/** A queue that was slow for a week, or a clock that is a day ahead: beyond that it is no likely time. */
const LATE_MS = 7 * DAY_MS;
const EARLY_MS = DAY_MS;

/**
 * The day, in UTC, that an event is kept under: the portal's own, so that the same event that comes twice around midnight
 * is still the same; that of its arrival when it has no time, or none that can be true.
 *
 * @param ts unix seconds
 * @param receivedAt epoch ms
 */
export function eventDay(ts: number | undefined, receivedAt: number): string {
  const sentAt = ts === undefined ? undefined : ts * 1000;
  const isLikely = sentAt !== undefined && sentAt >= receivedAt - LATE_MS && sentAt <= receivedAt + EARLY_MS;
  return new Date(isLikely ? sentAt : receivedAt).toISOString().slice(0, 10);
}
