import type { HeldCall } from '../../world/portal-holding';
import { groupBy } from '../../world/group-by';
import type { Office } from '../plan/office';
import { callName } from '../plan/planned-call';
import type { CallTruth } from './call-truth';
import type { Deviation } from './deviation';
import { judgeCards } from './judge-cards';
import { judgeRow } from './judge-row';
import { wentWrong } from './went-wrong';

/** Both sides of the balance, as they are when the load is over. */
export interface Books {
  readonly truths: readonly CallTruth[];
  readonly held: readonly HeldCall[];
  readonly office: Office;
  /** Nobody has anything left to do: what is not filed now never will be. */
  readonly isSettled: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** Holds every single call against the portal. @returns what is not as it has to be, by call */
export function balance(books: Books): Deviation[] {
  const byClient = groupBy(books.held, ({ phone }) => phone);
  const placed = new Set(books.truths.filter(({ seen }) => seen).map(({ planned }) => planned.client));
  return [
    ...books.truths.flatMap((truth) => judgeCall(truth, byClient.get(truth.planned.client) ?? [], books)),
    ...books.held
      .filter(({ phone }) => !placed.has(phone))
      .map(({ phone, rows }) => ({
        kind: 'too-many' as const,
        expected: 'no call in the portal but those that were made',
        came: `it holds a call with ${phone}, filed ${rows.length} times`,
      })),
  ];
}

function judgeCall(truth: CallTruth, held: readonly HeldCall[], books: Books): Deviation[] {
  if (!truth.seen) return [];
  const call = callName(truth.planned);
  const lost = wentWrong(truth);
  const tell = (kind: Deviation['kind']) => (one: { expected: string; came: string }) => ({
    kind,
    call,
    ...one,
  });
  if (lost) return [tell('lost')(lost)];
  const [only, ...others] = held;
  const rows = held.reduce((sum, one) => sum + one.rows.length, 0);
  if (!only || others.length > 0 || rows !== 1)
    return [tell(rows === 0 && !books.isSettled ? 'not-filed-yet' : 'wrong')(filingText(held.length, rows))];
  return [...judgeRow(truth, only, books.office), ...judgeCards(truth, only, books)].map(tell('wrong'));
}

function filingText(registered: number, filed: number): { expected: string; came: string } {
  const came =
    registered === 0 ? 'the portal does not know it' : `registered ${registered} times, filed ${filed} times`;
  return { expected: 'registered and filed once', came };
}
