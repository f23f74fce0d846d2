import { separate } from './separate';

/** Variables in front of something, and what they stand in front of. */
export interface Bracketed {
  readonly variables: ReadonlyMap<string, string>;
  readonly rest: string;
}

const CLOSING: Readonly<Record<string, string>> = { '<': '>', '{': '}', '[': ']' };

/**
 * Takes all the sets of brackets off the front of a text: `{a=1,b='2,3'}{^^:c=4:d=5}sofia/...`
 * (switch_event_create_brackets).
 *
 * @returns undefined when a bracket is not closed
 */
export function takeBracketed(text: string, open: '<' | '{' | '['): Bracketed | undefined {
  const variables = new Map<string, string>();
  let rest = text.trimStart();
  while (rest.startsWith(open)) {
    const end = closingAt(rest, open);
    if (end < 0) return undefined;
    readVariables(rest.slice(1, end), variables);
    rest = rest.slice(end + 1).trimStart();
  }
  return { variables, rest };
}

function closingAt(text: string, open: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === open) depth += 1;
    if (text[at] === CLOSING[open]) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** A variable without a value is none. */
function readVariables(inner: string, into: Map<string, string>): void {
  for (const assignment of separate(inner, ',')) {
    const [name = '', value] = separate(assignment, '=', 2);
    if (name === '' || value === undefined) continue;
    // set anew: it then stands where it was set last
    into.delete(name);
    into.set(name, value);
  }
}
