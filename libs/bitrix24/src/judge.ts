import type { ErrorEnvelope, TimeBlock } from './contract';
import type { PortalErrorKind, Verdict } from './errors';
import { isHarmlessToRepeat } from './method-safety';
import type { RequestName } from './method-safety';
import { refusalRows, statusRows } from './verdict-table';
import type { RefusalRow, Ruling } from './verdict-table';

/** The vendor's Russian error list says that an operation-time block lifts after 10 minutes. */
const OPERATION_BLOCK_MS = 10 * 60_000;

export interface Judgement {
  readonly kind: PortalErrorKind;
  readonly verdict: Verdict;
  /** Epoch ms, with `wait-until` only. */
  readonly until?: number;
}

/**
 * What an answer that is not a success means for this request.
 *
 * @param envelope the portal's error form, or undefined if the body is something else (HTML, cut JSON, nothing)
 * @param now epoch ms; used when an operation-time block does not say when it ends
 */
export function judge(
  httpStatus: number,
  envelope: ErrorEnvelope | undefined,
  method: RequestName,
  now: number,
): Judgement {
  const ruling = rulingOf(httpStatus, envelope, method);
  const verdict = settle(ruling.verdict, method);
  if (verdict !== 'wait-until') return { kind: ruling.kind, verdict };
  return { kind: ruling.kind, verdict, until: now + operatingResetMs(envelope?.time, now) };
}

/**
 * How long until the oldest of the ten minutes of a method's working time leaves, ms: by the portal's own clock where the
 * answer tells it, so that ours may be wrong.
 *
 * @param now epoch ms
 */
export function operatingResetMs(time: TimeBlock | undefined, now: number): number {
  const resetAt = time?.operating_reset_at;
  if (resetAt === undefined) return OPERATION_BLOCK_MS;
  return resetAt * 1000 - (time?.finish === undefined ? now : time.finish * 1000);
}

/** Turns `ambiguous` into a verdict: what does no harm twice is retried, the rest has an unknown outcome. */
export function settle(verdict: Verdict | 'ambiguous', method: RequestName): Verdict {
  if (verdict !== 'ambiguous') return verdict;
  return isHarmlessToRepeat(method) ? 'retry' : 'unknown-outcome';
}

function rulingOf(httpStatus: number, envelope: ErrorEnvelope | undefined, method: RequestName): Ruling {
  const fits = ({ only }: Ruling): boolean => only === undefined || only === method;
  const byWords = envelope && refusalRows.find((row) => fits(row) && fitsWords(row, envelope));
  if (byWords) return byWords;
  const byStatus = statusRows.find(
    (row) => fits(row) && httpStatus >= row.from && httpStatus <= row.to && !(row.bare && envelope),
  );
  return byStatus ?? { kind: 'refused', verdict: 'give-up' };
}

function fitsWords({ code, description }: RefusalRow, envelope: ErrorEnvelope): boolean {
  return (
    (code === undefined || code === envelope.error.toLowerCase()) &&
    (description?.test(envelope.error_description ?? '') ?? true)
  );
}
