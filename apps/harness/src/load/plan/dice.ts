/** Random numbers from 0 to below 1: the same seed gives the same (mulberry32). */
export type Dice = () => number;

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of several. @throws RangeError when there is none */
export function oneOf<T>(all: readonly T[], dice: Dice): T {
  const found = all[Math.floor(dice() * all.length)];
  if (found === undefined) throw new RangeError('there is nothing to choose from');
  return found;
}

/** A whole number from `least` to `most`. */
export function between(least: number, most: number, dice: Dice): number {
  return least + Math.floor(dice() * (most - least + 1));
}
