import type { Modifier, Verb } from './verb';
import type { Words } from './words';

/** A sentence, taken apart at the words that the verb knows. */
export interface Sentence {
  readonly verb: Verb;
  /** The verb as it was written: in the singular or the plural. */
  readonly spelled: string;
  /** What stands after it, by the keys of its shape; a key with nothing behind it is true. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly modifiers: Readonly<Record<string, unknown>>;
}

/**
 * Takes "transfers ivan to boris within 3s" apart. The longest verb that the sentence begins with is meant; undefined when it
 * begins with none. Whether the parts make sense is looked at by who asked.
 */
export function readSentence(text: string, verbs: readonly Verb[], words: Words): Sentence | undefined {
  const found = verbs
    .flatMap((verb) => [verb.one, verb.several].map((spelled) => ({ verb, spelled })))
    .filter((one): one is { verb: Verb; spelled: string } => begins(text, one.spelled))
    .sort((a, b) => b.spelled.length - a.spelled.length)[0];
  if (!found) return undefined;
  const { verb, spelled } = found;
  const keys = Object.keys(verb.shape?.(words) ?? {}).filter((key) => key !== verb.one);
  const modifiers = verb.takes.filter((name) => !keys.includes(name));
  const { object, parts } = split(text.slice(spelled.length).trim(), [...keys, ...modifiers]);
  const isModifier = ([key]: readonly [string, unknown]): boolean => modifiers.includes(key as Modifier);
  return {
    verb,
    spelled,
    args: {
      ...(object !== '' && { [spelled]: object }),
      ...Object.fromEntries(parts.filter((part) => !isModifier(part))),
    },
    modifiers: Object.fromEntries(parts.filter(isModifier)),
  };
}

function begins(text: string, spelled: string | undefined): boolean {
  return spelled !== undefined && (text === spelled || text.startsWith(`${spelled} `));
}

/** "ivan to boris" with the key "to": the object, then what follows each key. */
function split(text: string, keys: readonly string[]): { object: string; parts: [string, unknown][] } {
  if (keys.length === 0) return { object: text, parts: [] };
  const longest = keys.toSorted((a, b) => b.length - a.length).join('|');
  const [object = '', ...rest] = ` ${text}`.split(new RegExp(`\\s(${longest})(?=\\s|$)`));
  const parts: [string, unknown][] = [];
  for (let index = 0; index < rest.length; index += 2) {
    const value = (rest[index + 1] ?? '').trim();
    parts.push([rest[index] ?? '', value === '' ? true : value]);
  }
  return { object: object.trim(), parts };
}
