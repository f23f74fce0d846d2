import type { z } from 'zod';
import { didYouMean } from './did-you-mean';
import type { Mistake } from './mistakes';
import type { YamlPath, YamlText } from './yaml-text';

type Issue = z.core.$ZodIssue;

/** What does not fit a schema, as mistakes at their places in the text. `known` gives the keys of a map that may stand at a path. */
export function mistakesOf(
  error: z.ZodError,
  yaml: YamlText,
  at: YamlPath,
  known: (path: YamlPath) => readonly string[] = () => [],
): Mistake[] {
  return error.issues.flatMap((issue) => mistakesOfIssue(issue, yaml, at, known));
}

function mistakesOfIssue(
  issue: Issue,
  yaml: YamlText,
  at: YamlPath,
  known: (path: YamlPath) => readonly string[],
): Mistake[] {
  const path = [...at, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        yaml.mistake([...path, key], `"${key}" is unknown here${didYouMean(key, known(issue.path))}`),
      );
    case 'invalid_union': {
      // The alternative that came furthest is the one that was meant.
      const [meant] = issue.errors.toSorted((a, b) => depth(b) - depth(a));
      return (meant ?? []).flatMap((inner) => mistakesOfIssue(inner, yaml, path, known));
    }
    case 'invalid_key':
      return issue.issues.map((inner) => yaml.mistake(path, inWords(inner, path)));
    case 'invalid_value':
      return [
        yaml.mistake(
          path,
          `this has to be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`,
        ),
      ];
    default:
      return [yaml.mistake(path, inWords(issue, path))];
  }
}

/** How deep inside an alternative the first thing is that does not fit: a wrong kind of thing is at its top. */
function depth(issues: readonly Issue[]): number {
  return Math.max(...issues.map(({ path, code }) => path.length * 2 + (code === 'invalid_type' ? 0 : 1)));
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

/** The schema's own words if it has some, else what zod says in the words of this language. */
function inWords(issue: Issue, path: YamlPath): string {
  const [, expected = '', received = ''] =
    /^Invalid input: expected (\w+), received (\w+)/.exec(issue.message) ?? [];
  if (expected === '') return issue.message;
  if (received === 'undefined') return `${String(path.at(-1))} is missing`;
  return `this has to be ${KINDS[expected] ?? expected}`;
}
