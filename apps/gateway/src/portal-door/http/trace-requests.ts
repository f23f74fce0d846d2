import { randomUUID } from 'node:crypto';
import type { Logger } from '@app/observability';
import type { NextFunction, Request, Response } from 'express';
import { doorOf, requestIdOf } from './request-facts';

/** What every answer says, pages included; a page replaces the policy by its own. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; frame-ancestors 'none'`,
  // The address holds the key of the application: nobody else may see it.
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Gives each request its id and the answer its headers, and logs how it ended: never its address, its body or a token. */
export function traceRequests(log: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    response.locals['requestId'] = randomUUID();
    response.set({ ...HEADERS, 'X-Request-Id': requestIdOf(response) });
    response.once('close', () => {
      log.debug(
        {
          requestId: requestIdOf(response),
          method: request.method,
          door: doorOf(request),
          status: response.writableFinished ? response.statusCode : 'aborted',
          durationMs: Math.round(performance.now() - startedAt),
        },
        'request',
      );
    });
    next();
  };
}
