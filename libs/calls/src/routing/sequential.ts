import { fewestRingsFirst, ringAlone, type Strategy } from './strategy';

/** One after another in the order of the line, and again from the first. */
export const sequential: Strategy = (sight) => {
  const [next] = fewestRingsFirst(sight.free, sight);
  return next && ringAlone(next, sight);
};
