import { PortalError, type PortalAddress, type PortalExchange, type UploadTarget } from '@app/bitrix24';
import { beginStep, endStep, type PortalCall, type StepAnswer } from '@app/calls';
import type { LedgerEntry, SyncDeps } from '../ports';
import { recordFileOf } from '../recordings/record-file';
import type { ReadyFile } from './ready-step';
import type { Ended, Underway } from './underway';
import { consequenceOf, type AfterError, type Consequence } from './verdicts';

/** A recording that the portal has given an address for. */
export interface Upload {
  readonly one: Underway;
  readonly file: ReadyFile;
  readonly address: UploadTarget;
  /** What the portal holds: the step is in flight, or a finish has just ended and it is yet to begin. */
  readonly portalCall: PortalCall;
  /** The ledger rows that belong to the step so far. */
  readonly ledger: readonly LedgerEntry[];
}

/** Makes ledger rows of the requests of a recording. */
export type LedgerOf = (one: Underway, exchanges: readonly PortalExchange[]) => readonly LedgerEntry[];

/** An address is used at once or not at all: it holds a token, and how long it lives nobody tells. */
const ADDRESS_LIVES_MS = 60_000;

/**
 * Uploads recordings, one after the other in the place that their request had. What comes too late for its address is
 * left for another time.
 */
export async function uploadRecordings(
  deps: SyncDeps,
  portal: PortalAddress,
  uploads: readonly Upload[],
  ledgerOf: LedgerOf,
): Promise<readonly Ended[]> {
  const askedAt = deps.now();
  const ended: Ended[] = [];
  for (const upload of uploads) {
    const isLate = deps.now() - askedAt > ADDRESS_LIVES_MS;
    const then = await (isLate ? leave(deps, upload) : carryOut(deps, portal, upload, ledgerOf)).catch(
      failed,
    );
    const { callId, readyAt } = upload.one;
    ended.push({ callId, readyAt, stepClass: 'recording', uploads: 1, then });
  }
  return ended;
}

/** A file that is gone, or the database: the step stays in flight, and is repeated. */
function failed(error: unknown): AfterError {
  return { kind: 'retry', error: error instanceof Error ? error : new Error(String(error)) };
}

async function carryOut(
  deps: SyncDeps,
  portal: PortalAddress,
  upload: Upload,
  ledgerOf: LedgerOf,
): Promise<AfterError> {
  const begun = await begin(deps, upload);
  const exchanges: PortalExchange[] = [];
  const { answer, then } = await send(deps, portal, upload, exchanges);
  await settle(deps, { ...upload, portalCall: begun }, answer, ledgerOf(upload.one, exchanges));
  return then;
}

/** A step that is in flight already ends undone; one that is not begun is left alone. */
async function leave(deps: SyncDeps, upload: Upload): Promise<AfterError> {
  if (upload.portalCall.inFlight) await settle(deps, upload, { kind: 'not-done' }, []);
  return { kind: 'go-on' };
}

async function begin({ store, now }: SyncDeps, { portalCall, file }: Upload): Promise<PortalCall> {
  if (portalCall.inFlight) return portalCall;
  const begun = beginStep(portalCall, file.step, now());
  if ((await store.begin([begun])).has(begun.callId)) return begun;
  throw new Error('another process has written what the portal holds of this call');
}

async function send(
  deps: SyncDeps,
  portal: PortalAddress,
  { one, file, address }: Upload,
  exchanges: PortalExchange[],
): Promise<Consequence> {
  const requests = deps.openPortal((exchange) => exchanges.push(exchange));
  const content = await recordFileOf(file.found, file.fileName);
  try {
    await requests.uploadRecord(portal, address, content, { timeoutMs: deps.timeouts.uploadMs });
    return { answer: { kind: 'done' }, then: { kind: 'go-on' } };
  } catch (error) {
    if (!(error instanceof PortalError)) throw error;
    const callStartedAt = one.ready.found.synced.call.started.at;
    return consequenceOf(error, file.step, { callStartedAt, now: deps.now() });
  }
}

async function settle(
  { store }: SyncDeps,
  { portalCall, file, ledger }: Upload,
  answer: StepAnswer,
  rows: readonly LedgerEntry[],
): Promise<void> {
  await store.settle([{ portalCall: endStep(portalCall, file.step, answer), ledger: [...ledger, ...rows] }]);
}
