import { Refusal } from '../refusal';
import { isFormTree, type FormTree, type FormValue } from './form-value';

/** Deepest nesting of a body. ONAPPTEST, the deepest event in use, has 3 levels. */
export const deepestLevel = 8;
/** What jsonb of Postgres does not take: NUL, and halves of surrogate pairs. */
const UNSTORABLE = /\u0000|\p{Surrogate}/gu;

/**
 * A copy in plain objects that any database column takes: characters that cannot be stored become U+FFFD.
 *
 * @throws Refusal `malformed` when it is nested deeper than `deepestLevel`
 */
export function cleanTree(tree: FormTree): FormTree {
  return cleanFields(tree, 1);
}

function cleanValue(value: FormValue, level: number): FormValue {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (level > deepestLevel) throw new Refusal('malformed', { detail: 'nested too deep' });
  return isFormTree(value) ? cleanFields(value, level) : value.map((item) => cleanValue(item, level + 1));
}

function cleanFields(tree: FormTree, level: number): FormTree {
  const fields = Object.entries(tree).map(([name, value]): [string, FormValue] => [
    cleanText(name),
    cleanValue(value, level + 1),
  ]);
  return Object.fromEntries(fields);
}

function cleanText(text: string): string {
  return text.replace(UNSTORABLE, '\ufffd');
}
