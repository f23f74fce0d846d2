import type { Leg, Step } from './ladder';

/** What differs between the real switch and the embedded one, a line each. */
export function deviationsOf(real: readonly Leg[], ours: readonly Leg[]): string[] {
  const found: string[] = [];
  if (real.length !== ours.length) found.push(`legs: ${ours.length} in place of ${real.length}`);
  real.forEach((leg, index) => {
    const letter = String.fromCharCode(65 + index);
    const other = ours[index];
    if (!other) return;
    if (other.name !== leg.name) found.push(`${letter} name: ${other.name} in place of ${leg.name}`);
    found.push(...compareLegs(letter, leg.steps, other.steps));
  });
  return found;
}

function compareLegs(letter: string, real: readonly Step[], ours: readonly Step[]): string[] {
  const found: string[] = [];
  const pairs = align(
    real.map(({ what }) => what),
    ours.map(({ what }) => what),
  );
  const said = new Set<string>();
  for (const [at, other] of pairs) {
    const theirs = at === undefined ? undefined : real[at];
    const own = other === undefined ? undefined : ours[other];
    if (theirs && !own) found.push(`${letter} missing: ${theirs.what}`);
    if (own && !theirs) found.push(`${letter} more: ${own.what}`);
    if (theirs && own) found.push(...compareSteps(letter, theirs, own, said));
  }
  return found;
}

/** A header that goes on being different is told once. */
function compareSteps(letter: string, theirs: Step, own: Step, said: Set<string>): string[] {
  const headers = new Set([...Object.keys(theirs.says), ...Object.keys(own.says)]);
  const found: string[] = [];
  for (const header of headers) {
    const [wanted = '-', got = '-'] = [theirs.says[header], own.says[header]];
    if (wanted === got) continue;
    const line = `${letter} ${header}: ${got} in place of ${wanted}`;
    if (!said.has(line)) found.push(`${line} (${theirs.what})`);
    said.add(line);
  }
  return found;
}

/** Pairs of positions of the longest common sequence, with what is only in one of the two in between. */
function align(
  left: readonly string[],
  right: readonly string[],
): [number | undefined, number | undefined][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let a = left.length - 1; a >= 0; a -= 1) {
    for (let b = right.length - 1; b >= 0; b -= 1) {
      lengths[a]![b] =
        left[a] === right[b]
          ? lengths[a + 1]![b + 1]! + 1
          : Math.max(lengths[a + 1]![b]!, lengths[a]![b + 1]!);
    }
  }
  const pairs: [number | undefined, number | undefined][] = [];
  let [a, b] = [0, 0];
  while (a < left.length || b < right.length) {
    if (a < left.length && b < right.length && left[a] === right[b]) pairs.push([a++, b++]);
    else if (b >= right.length || (a < left.length && lengths[a + 1]![b]! >= lengths[a]![b + 1]!)) {
      pairs.push([a++, undefined]);
    } else pairs.push([undefined, b++]);
  }
  return pairs;
}
