import { guardedFetch, PortalClient, type AddressGuard, type PortalExchange } from '@app/bitrix24';
import type { WorkerSettings } from '@app/config';
import type { Metrics } from '@app/observability';
import { EGRESS, USER_AGENT } from '@app/portals';
import type { CallFence, PortalCallStore, RateGovernor, WaitingList } from '@app/store';
import { MappedRecordings, type PortalTokens, type PortalTroubles, type SendWaitingDeps } from '@app/sync';
import { PortalSlots } from './portal-slots';

/** What synchronising is made of. */
export interface SyncParts {
  readonly store: PortalCallStore;
  readonly rate: RateGovernor;
  readonly turns: WaitingList;
  readonly fence: CallFence;
  readonly tokens: PortalTokens;
  readonly troubles: PortalTroubles;
  /** Decides which addresses are called. */
  readonly guard: AddressGuard;
  readonly metrics: Metrics;
}

/** What synchronising needs, made of the worker's settings and its parts: one for the whole process. */
export function syncDeps(
  { portal, recordings }: WorkerSettings,
  { metrics, guard, ...parts }: SyncParts,
): SendWaitingDeps {
  const fetch = guardedFetch(guard);
  return {
    ...parts,
    gate: new PortalSlots(portal.concurrency),
    recordings: new MappedRecordings(recordings),
    openPortal: (onExchange) =>
      new PortalClient({
        ...{ userAgent: USER_AGENT, timeoutMs: portal.requestMs, fetch, checkAddress: guard.check },
        onExchange: (exchange) => {
          measure(metrics, exchange);
          onExchange(exchange);
        },
      }),
    timeouts: portal,
    egress: EGRESS,
    now: Date.now,
  };
}

function measure({ syncSteps, portalRequestSeconds }: Metrics, exchange: PortalExchange): void {
  const { method, error, durationMs } = exchange;
  syncSteps.inc({ method, verdict: error?.verdict ?? 'done' });
  portalRequestSeconds.observe({ method }, durationMs / 1000);
}
