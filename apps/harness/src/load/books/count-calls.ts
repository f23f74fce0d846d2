import type { CallTruth } from './call-truth';
import { wentWrong } from './went-wrong';

/** What became of the calls, by their callers. */
export interface CallCounts {
  readonly planned: number;
  /** Slots in which no call was placed: this machine was too busy to make it. */
  readonly lostSlots: number;
  readonly attempted: number;
  /** Answered, talked, hung up. */
  readonly established: number;
  /** Busy, as planned. */
  readonly refused: number;
  /** Rang until the caller gave up, as planned. */
  readonly givenUp: number;
  /** Anything else. */
  readonly lost: number;
}

export function countCalls(truths: readonly CallTruth[]): CallCounts {
  const placed = truths.filter(({ seen }) => seen);
  const good = placed.filter((truth) => !wentWrong(truth));
  const ended = (fate: string): number => good.filter(({ planned }) => planned.fate === fate).length;
  return {
    planned: truths.length,
    lostSlots: truths.length - placed.length,
    attempted: placed.length,
    established: ended('answered'),
    refused: ended('busy'),
    givenUp: ended('unanswered'),
    lost: placed.length - good.length,
  };
}
