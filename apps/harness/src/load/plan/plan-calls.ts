import { clientNumber } from './client-number';
import { between, diceOf, oneOf, type Dice } from './dice';
import { interleave, type CallKind, type Mix } from './mix';
import type { Office } from './office';
import type { Fate, PlannedCall } from './planned-call';

export interface LoadOrder {
  /** New calls per second. */
  readonly cps: number;
  readonly seconds: number;
  readonly mix: Mix;
  readonly seed: number;
}

/** How many of a hundred calls are not answered; the rest is. */
const UNANSWERED: Readonly<Record<CallKind, { readonly busy: number; readonly unanswered: number }>> = {
  inbound: { busy: 8, unanswered: 10 },
  outbound: { busy: 8, unanswered: 6 },
  // Everybody would have to be busy.
  queue: { busy: 0, unanswered: 10 },
};
/** Short enough for many at once, long enough that a card has a chance. ms. */
const RING_MS = { least: 800, most: 2_000 };
const TALK_MS = { least: 1_500, most: 4_500 };

/** How long a call lasts at most, ms. */
export const LONGEST_CALL_MS = RING_MS.most + TALK_MS.most;
/** How many calls there are at once on the average, for one call a second. */
export const CALLS_AT_ONCE = (RING_MS.least + RING_MS.most + TALK_MS.least + TALK_MS.most) / 2_000;

/** How many calls that are. */
export function callCount({ cps, seconds }: Pick<LoadOrder, 'cps' | 'seconds'>): number {
  return Math.floor(cps * seconds + 1e-9);
}

/** All calls of a load, evenly over its time. The same order gives the same calls. */
export function planCalls(order: LoadOrder, office: Office): PlannedCall[] {
  const dice = diceOf(order.seed);
  return interleave(order.mix, callCount(order)).map((kind, index) => {
    const number = index + 1;
    return { number, atMs: (index * 1_000) / order.cps, ...planCall(kind, number, office, dice) };
  });
}

function planCall(
  kind: CallKind,
  number: number,
  office: Office,
  dice: Dice,
): Omit<PlannedCall, 'number' | 'atMs'> {
  const fate = fateOf(kind, dice);
  const lengths = {
    ringMs: between(RING_MS.least, RING_MS.most, dice),
    talkMs: fate === 'answered' ? between(TALK_MS.least, TALK_MS.most, dice) : 0,
  };
  if (kind === 'outbound') {
    const employee = oneOf(office.employees, dice);
    const client = clientNumber(fate, undefined, number);
    return { kind, fate, client, from: employee, to: client, rings: [], employee, ...lengths };
  }
  const { did, rings, employee } =
    kind === 'queue' ? groupCall(office, fate, dice) : directCall(office, dice);
  const client = clientNumber(fate, employee, number);
  return { kind, fate, client, from: client, to: did, rings, ...(employee && { employee }), ...lengths };
}

function directCall({ direct }: Office, dice: Dice) {
  const { did, extension } = oneOf(direct, dice);
  return { did, rings: [extension], employee: extension };
}

function groupCall({ group: { did, members } }: Office, fate: Fate, dice: Dice) {
  return { did, rings: members, employee: fate === 'answered' ? oneOf(members, dice) : undefined };
}

function fateOf(kind: CallKind, dice: Dice): Fate {
  const { busy, unanswered } = UNANSWERED[kind];
  const drawn = dice() * 100;
  if (drawn < busy) return 'busy';
  return drawn < busy + unanswered ? 'unanswered' : 'answered';
}
