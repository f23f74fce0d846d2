import { fewestRingsFirst, ringAlone, type Strategy } from './strategy';

/** One after another, first who has had no talk for longest. */
export const longestIdle: Strategy = (sight) => {
  const byIdleTime = [...sight.free].sort((a, b) => (a.idleSince ?? 0) - (b.idleSince ?? 0));
  const [next] = fewestRingsFirst(byIdleTime, sight);
  return next && ringAlone(next, sight);
};
