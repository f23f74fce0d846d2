import type { Fate } from './planned-call';

const FATES: readonly Fate[] = ['answered', 'busy', 'unanswered'];

/**
 * The number of the client of a call. It is part of the plan: sipp's scenarios (apps/harness/sipp) see what to do by it,
 * from both ends.
 *
 *     7 9 F E NNNNNNN   F: 1 answered, 2 busy, 3 unanswered; E: last digit of the extension that answers; N: the call
 */
export function clientNumber(fate: Fate, extension: string | undefined, call: number): string {
  const code = FATES.indexOf(fate) + 1;
  return `79${code}${extension?.at(-1) ?? 0}${String(call).padStart(7, '0')}`;
}
