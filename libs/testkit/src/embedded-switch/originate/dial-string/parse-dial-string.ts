import { takeBracketed } from './bracketed';
import { splitOutside } from './separate';

/** One leg of a dial string: `[leg_timeout=5]user/1001`. */
export interface DialedLeg {
  /** `user`, `sofia`, `loopback`, `error`. */
  readonly endpoint: string;
  /** What stands behind the first slash. */
  readonly destination: string;
  readonly variables: ReadonlyMap<string, string>;
}

export interface DialString {
  /** For all legs. */
  readonly variables: ReadonlyMap<string, string>;
  /** One after the other (`|`); each of them all at once (`,`). */
  readonly attempts: readonly (readonly DialedLeg[])[];
}

const SEPARATOR_OF_ENTERPRISES = ':_:';

/** Whole dial strings that are dialled at once and independently of each other, `a|b:_:c`. */
export function splitEnterprises(text: string): string[] {
  return splitOutside(text, SEPARATOR_OF_ENTERPRISES);
}

/**
 * Reads `<a=1>{b=2}[c=3]user/1001,[d=4]user/1002|sofia/gateway/trunk/79161234567`.
 *
 * @returns undefined when brackets are not closed, or there is nobody to dial
 */
export function parseDialString(text: string): DialString | undefined {
  const ultra = takeBracketed(text, '<');
  const own = ultra && takeBracketed(ultra.rest, '{');
  if (!own || own.rest === '') return undefined;
  const attempts = splitOutside(own.rest, '|').map((attempt) => splitOutside(attempt, ',').map(legOf));
  if (attempts.flat().includes(undefined)) return undefined;
  return {
    variables: new Map([...ultra.variables, ...own.variables]),
    attempts: attempts as DialedLeg[][],
  };
}

function legOf(text: string): DialedLeg | undefined {
  const own = takeBracketed(text, '[');
  if (!own) return undefined;
  const slash = own.rest.indexOf('/');
  return {
    endpoint: (slash < 0 ? own.rest : own.rest.slice(0, slash)).trim(),
    destination: slash < 0 ? '' : own.rest.slice(slash + 1).trim(),
    variables: own.variables,
  };
}
