import { PortalError } from '../errors';
import type { PortalErrorKind } from '../errors';
import { settle } from '../judge';
import type { BatchableMethod } from './batch-types';

/** After these nobody can tell how far the portal got. */
const MAY_HAVE_RUN: ReadonlySet<PortalErrorKind> = new Set<PortalErrorKind>([
  'timeout',
  'connection-lost',
  'unreadable-answer',
  'server-error',
]);

/**
 * What the failure of a batch as a whole means for one of its commands. The batch itself is judged by its riskiest
 * command; a harmless one may be repeated all the same.
 */
export function commandError(error: PortalError, method: BatchableMethod): PortalError {
  const { kind, code, description, httpStatus, until } = error;
  const verdict = MAY_HAVE_RUN.has(kind) ? settle('ambiguous', method) : error.verdict;
  return new PortalError({ method, kind, verdict, code, description, httpStatus, until });
}
