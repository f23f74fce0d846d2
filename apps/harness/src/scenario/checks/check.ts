/** Something that had to be true, and whether it was. */
export interface Check {
  /** As a sentence. */
  readonly text: string;
  /** Of the scenario, from 1. */
  readonly line: number;
  /** Missing when it was true. */
  readonly failure?: { readonly expected: string; readonly came: string };
}

/** Makes the checks of one part of a scenario, which stand at `path` there. */
export function checkMaker(
  lineOf: (path: readonly (string | number)[]) => number,
  path: readonly (string | number)[],
) {
  return (key: string, text: string, isTrue: boolean, came: () => string): Check => ({
    text,
    line: lineOf([...path, key]),
    ...(!isTrue && { failure: { expected: text, came: came() } }),
  });
}

export type MakeCheck = ReturnType<typeof checkMaker>;

/** Whether all of `wanted` are in `all`, in this order; others may stand between them. */
export function isInOrder<T>(wanted: readonly T[], all: readonly T[]): boolean {
  let position = 0;
  for (const one of all) if (position < wanted.length && one === wanted[position]) position += 1;
  return position === wanted.length;
}

/** "a, b and c"; "nothing" for none. */
export function listed(all: readonly (string | number)[]): string {
  if (all.length === 0) return 'nothing';
  return all.length === 1 ? String(all[0]) : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}
