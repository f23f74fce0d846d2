import { PortalClient, type PortalExchange } from '@app/bitrix24';
import type { WorkerSettings } from '@app/config';
import type { Metrics } from '@app/observability';
import { EGRESS } from '@app/portals';
import type { PortalCallStore, RateGovernor } from '@app/store';
import { MappedRecordings, type SyncDeps } from '@app/sync';
import { PortalSlots } from './portal-slots';

const USER_AGENT = 'freeswitch-bitrix24-connector/1.0';

/** What synchronising needs, made of the worker's settings and stores. */
export function syncDeps(
  { portal, recordings }: WorkerSettings,
  store: PortalCallStore,
  rate: RateGovernor,
  metrics: Metrics,
): SyncDeps {
  return {
    store,
    rate,
    gate: new PortalSlots(portal.concurrency),
    recordings: new MappedRecordings(recordings),
    openPortal: (onExchange) =>
      new PortalClient({
        userAgent: USER_AGENT,
        timeoutMs: portal.requestMs,
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
