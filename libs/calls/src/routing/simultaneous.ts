import type { Strategy } from './strategy';

/** Everybody at once. */
export const simultaneous: Strategy = ({ plan, free }) => {
  if (free.length === 0) return undefined;
  const extensions = free.map(({ extension }) => extension);
  return { target: { kind: 'agents', extensions }, seconds: plan.seconds.together, why: 'queue' };
};
