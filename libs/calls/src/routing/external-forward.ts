import type { Strategy } from './strategy';

/** A number outside, once: a duty mobile, another office. */
export const externalForward: Strategy = ({ plan, hasForwarded }) => {
  if (plan.forwardTo === undefined || hasForwarded) return undefined;
  return {
    target: { kind: 'number', number: plan.forwardTo },
    seconds: plan.seconds.forward,
    why: 'forward',
  };
};
