import { longestIdle } from './longest-idle';
import type { QueueStrategy } from './route-plan';
import { roundRobin } from './round-robin';
import { sequential } from './sequential';
import { simultaneous } from './simultaneous';
import type { Strategy } from './strategy';

/** The strategies that a queue may have. */
export const QUEUE_STRATEGIES: Readonly<Record<QueueStrategy, Strategy>> = {
  simultaneous,
  sequential,
  'longest-idle': longestIdle,
  'round-robin': roundRobin,
};

/** The client's own manager first, then the queue, in which he may ring once more. */
export const responsibleThenQueue: Strategy = (sight) => {
  const { plan, responsible } = sight;
  if (!responsible) return QUEUE_STRATEGIES[plan.queue](sight);
  return {
    target: { kind: 'agents', extensions: [responsible.extension] },
    seconds: plan.seconds.responsible,
    why: 'responsible',
  };
};
