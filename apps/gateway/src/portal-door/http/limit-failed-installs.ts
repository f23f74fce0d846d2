import type { NextFunction, Request, Response } from 'express';
import { Refusal } from '../refusal';
import type { FailureBudget } from './failure-budget';
import { addressOf, doorOf } from './request-facts';

/**
 * Turns away an address whose installations have failed too often, before its body is read and before it costs a request
 * to an OAuth server. What is our own fault (5xx) does not count.
 */
export function limitFailedInstalls(budget: FailureBudget) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (doorOf(request) !== 'install') {
      next();
      return;
    }
    const address = addressOf(request);
    const waitMs = budget.waitMs(address);
    if (waitMs > 0) {
      response.setHeader('Retry-After', Math.ceil(waitMs / 1000));
      next(new Refusal('too-many-failures'));
      return;
    }
    response.once('finish', () => {
      if (response.statusCode >= 400 && response.statusCode < 500) budget.spend(address);
    });
    next();
  };
}
