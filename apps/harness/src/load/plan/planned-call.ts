import type { CallKind } from './mix';

/** `answered`; `busy`: refused with 486 after some ringing; `unanswered`: the caller gives up. */
export type Fate = 'answered' | 'busy' | 'unanswered';

/** One call of the load, as it shall be. */
export interface PlannedCall {
  /** From 1. */
  readonly number: number;
  /** Its slot, ms from the beginning. */
  readonly atMs: number;
  readonly kind: CallKind;
  readonly fate: Fate;
  /** Digits of the client: every call has one of its own, which no other call of the run has. */
  readonly client: string;
  /** Who dials: the client, or an extension. */
  readonly from: string;
  /** What is dialled. */
  readonly to: string;
  /** Extensions that ring; none for calls out. */
  readonly rings: readonly string[];
  /** The extension that takes part: who answers, is busy or dials; nobody where several ring and nobody answers. */
  readonly employee?: string;
  /** From the ringing to what is fated, ms. */
  readonly ringMs: number;
  /** From the answer until the caller hangs up, ms. */
  readonly talkMs: number;
}

/** "call 17 (queue, 79110000017 calls 74951234568)". */
export function callName({ number, kind, from, to }: PlannedCall): string {
  return `call ${number} (${kind}, ${from} calls ${to})`;
}
