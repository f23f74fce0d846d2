import type { CallTruth, CallerView } from './call-truth';

/** Refusals as the shipped dialplan hands them on: the phone's 486; 487 is the answer to a caller who gives up. */
const CODES = { busy: 486, unanswered: 487 };

/** What a placed call did otherwise than planned, by its caller; undefined when it went as it should. */
export function wentWrong({ planned, seen }: CallTruth): { expected: string; came: string } | undefined {
  if (!seen) return undefined;
  const came = cameOf(seen);
  switch (planned.fate) {
    case 'answered':
      return isTalkOver(seen) ? undefined : { expected: 'it is answered, and hung up by the caller', came };
    case 'busy':
      return seen.refusedWith === CODES.busy ? undefined : { expected: 'refused with 486', came };
    case 'unanswered':
      return seen.refusedWith === CODES.unanswered && seen.rangAt !== undefined
        ? undefined
        : { expected: 'it rings until the caller gives up', came };
  }
}

function isTalkOver({ answeredAt, endedAt, trouble }: CallerView): boolean {
  return answeredAt !== undefined && endedAt !== undefined && trouble === undefined;
}

function cameOf({ rangAt, answeredAt, endedAt, refusedWith, trouble }: CallerView): string {
  const last =
    answeredAt !== undefined
      ? 'answered'
      : refusedWith !== undefined
        ? `refused with ${refusedWith}`
        : rangAt !== undefined
          ? 'rang, and was not answered'
          : 'nothing came back';
  return [last, endedAt === undefined ? 'not over' : undefined, trouble].filter(Boolean).join('; ');
}
