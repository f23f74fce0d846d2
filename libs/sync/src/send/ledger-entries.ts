import type { PortalExchange } from '@app/bitrix24';
import type { PortalStep } from '@app/calls';
import type { LedgerEntry, StepClass } from '../ports';

/** What the ledger tells of a request beside the request itself. */
export interface LedgerContext {
  readonly callId: string;
  readonly portalId: string;
  readonly step: PortalStep['kind'];
  readonly stepClass: StepClass;
  readonly readyAt: number;
  readonly turn: number;
  readonly batchId?: string;
}

/** The ledger rows of requests. The client has taken tokens and file contents out of the exchanges. */
export function ledgerEntries(
  exchanges: readonly PortalExchange[],
  context: LedgerContext,
): readonly LedgerEntry[] {
  return exchanges.map(({ method, params, httpStatus, answer, error, startedAt, durationMs }) => ({
    ...context,
    method,
    params,
    status: httpStatus,
    // Without an answer the reason is all there is to tell.
    answer: answer ?? error?.description ?? null,
    verdict: error?.verdict,
    startedAt,
    durationMs,
  }));
}
