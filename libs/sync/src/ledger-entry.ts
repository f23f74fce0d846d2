import type { PortalExchange } from '@app/bitrix24';
import type { Call, PortalStep } from '@app/calls';
import type { LedgerEntry, PortalSettings } from './ports';

/** The ledger row of one request of a step. The client has taken tokens and file contents out of the exchange. */
export function ledgerEntry(
  exchange: PortalExchange,
  step: PortalStep,
  { call, portal }: { readonly call: Call; readonly portal: PortalSettings },
): LedgerEntry {
  const { method, params, httpStatus, answer, error, startedAt, durationMs } = exchange;
  return {
    callId: call.callId,
    portalId: portal.portalId,
    step: step.kind,
    method,
    params,
    status: httpStatus,
    // Without an answer the reason is all there is to tell.
    answer: answer ?? error?.description ?? null,
    verdict: error?.verdict,
    startedAt,
    durationMs,
  };
}
