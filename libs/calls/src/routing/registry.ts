import { externalForward } from './external-forward';
import { QUEUE_STRATEGIES, responsibleThenQueue } from './responsible-then-queue';
import type { StrategyName } from './route-plan';
import type { Strategy } from './strategy';

/** All strategies by their names. A new one is a file of its own and a line here. */
export const STRATEGIES: Readonly<Record<StrategyName, Strategy>> = {
  ...QUEUE_STRATEGIES,
  'responsible-then-queue': responsibleThenQueue,
  'external-forward': externalForward,
};
