import { setTimeout as pause } from 'node:timers/promises';
import type { SendWaitingDeps, TakenTurn } from '../ports';
import { CLOSED_PORTAL_MS } from '../send/step-end';
import { sendTurn } from './send-turn';

/** Where a run ended. */
export type WaitingEnd =
  /** Nobody waits for this portal any more. */
  | { readonly kind: 'nobody' }
  /** The next turn is not before then (epoch ms). */
  | { readonly kind: 'wait'; readonly until: number }
  /** The process is being stopped; the rest is for another. */
  | { readonly kind: 'interrupted' };

export interface SendWaitingOptions {
  /** Stops between two turns. */
  readonly signal?: AbortSignal;
  /** The last run failed: one step is sent alone first, and the others when that has worked. */
  readonly isCautious?: boolean;
}

/** Commands in one batch (limits page). */
const MOST_COMMANDS = 50;
/** Uploads that one batch brings along: they go one after the other, and hold their calls meanwhile. */
const MOST_UPLOADS = 5;
/** How long to wait for a place in this process, ms. */
const NO_PLACE_MS = 150;
/** While requests are on their way the list is asked this often, ms: somebody urgent may have come. */
const ASK_AGAIN_MS = 50;

/**
 * Sends for those who wait for turns of a portal, the most urgent first, until nobody waits or the next turn has to be
 * waited for. Several requests may be on their way at the same time, as many as the portal has places here; only while
 * there are does a run wait for anything.
 *
 * @throws PortalError when a request failed as a whole: the portal had better be left alone for a while
 */
export async function sendWaiting(
  deps: SendWaitingDeps,
  portalId: string,
  { signal, isCautious = false }: SendWaitingOptions = {},
): Promise<WaitingEnd> {
  const inHand = new TurnsInHand();
  if (isCautious) {
    const end = await next(deps, portalId, inHand, 1);
    await inHand.allEnd();
    if (end) return end;
  }
  for (;;) {
    if (inHand.hasFailed || signal?.aborted) break;
    const end = await next(deps, portalId, inHand, MOST_COMMANDS);
    if (!end) continue;
    if (inHand.isEmpty) return end;
    await inHand.oneEnds(end.kind === 'wait' ? end.until - deps.now() : ASK_AGAIN_MS);
  }
  await inHand.allEnd();
  return { kind: 'interrupted' };
}

/** Takes the next turn and begins to use it; or says why there is none. */
async function next(
  deps: SendWaitingDeps,
  portalId: string,
  inHand: TurnsInHand,
  most: number,
): Promise<WaitingEnd | undefined> {
  const place = deps.gate.enterAny(portalId);
  if (!place) return { kind: 'wait', until: deps.now() + NO_PLACE_MS };
  let taken: TakenTurn | undefined;
  try {
    const options = { leastUrgent: place.least, most, mostUploads: MOST_UPLOADS };
    taken = await deps.turns.take(portalId, deps.egress, options, deps.now());
    if (taken.kind !== 'taken') return await withoutTurn(deps, portalId, taken);
    inHand.add(sendTurn(deps, portalId, taken).finally(place.leave));
    return undefined;
  } finally {
    if (taken?.kind !== 'taken') place.leave();
  }
}

async function withoutTurn(
  deps: SendWaitingDeps,
  portalId: string,
  taken: Exclude<TakenTurn, { kind: 'taken' }>,
): Promise<WaitingEnd> {
  switch (taken.kind) {
    case 'nobody':
      return taken.until === undefined ? { kind: 'nobody' } : { kind: 'wait', until: taken.until };
    case 'no-place':
      return { kind: 'wait', until: deps.now() + NO_PLACE_MS };
    case 'no-room':
      return { kind: 'wait', until: taken.until };
    case 'closed': {
      const until = taken.until ?? deps.now() + CLOSED_PORTAL_MS;
      await deps.turns.park(portalId, until, `the portal takes nothing: ${taken.reason}`);
      return { kind: 'nobody' };
    }
  }
}

/** The turns that are being used at the moment. */
class TurnsInHand {
  readonly #running = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];

  get isEmpty(): boolean {
    return this.#running.size === 0;
  }

  get hasFailed(): boolean {
    return this.#failures.length > 0;
  }

  add(turn: Promise<void>): void {
    const running = turn
      .catch((error: unknown) => void this.#failures.push(error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Until one has ended, or for so long (ms) at most. */
  async oneEnds(atMostMs: number): Promise<void> {
    const stop = new AbortController();
    const time = pause(Math.max(1, Math.min(atMostMs, ASK_AGAIN_MS)), undefined, { signal: stop.signal });
    await Promise.race([...this.#running, time.catch(() => undefined)]);
    stop.abort();
  }

  /** Until all have ended. Throws what the first that failed threw. */
  async allEnd(): Promise<void> {
    await Promise.all(this.#running);
    if (this.hasFailed) throw this.#failures[0];
  }
}
