import type { DocumentedRefusal } from './method-contract';

/**
 * Refusals that any method can give. Texts left empty are not documented.
 * Source: github.com/bitrix24/b24restdocs, _includes/system-errors.md, limits.md, api-reference/scopes/confirmation.md
 *
 * Traps: the rate limit is a 503, not a 429; ACCESS_DENIED, ERROR_CORE and the empty code mean different things by
 * their description; codes come in both cases.
 */
export const commonRefusals = {
  INTERNAL_SERVER_ERROR: refusal(500, 'INTERNAL_SERVER_ERROR', 'Internal server error'),
  ERROR_UNEXPECTED_ANSWER: refusal(500, 'ERROR_UNEXPECTED_ANSWER', 'Server returned an unexpected response'),
  PORTAL_DELETED: refusal(500, 'PORTAL_DELETED', 'Portal was deleted'),
  QUERY_LIMIT_EXCEEDED: refusal(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests'),
  OVERLOAD_LIMIT: refusal(503, 'OVERLOAD_LIMIT', 'REST API is blocked due to overload'),
  OPERATION_TIME_LIMIT: refusal(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit'),
  NO_AUTH_FOUND: refusal(401, 'NO_AUTH_FOUND', 'Wrong authorization data'),
  expired_token: refusal(401, 'expired_token', 'The access token provided has expired'),
  INVALID_REQUEST: refusal(400, 'INVALID_REQUEST', 'Https required'),
  NO_COMMERCIAL_PLAN: refusal(403, 'ACCESS_DENIED', 'REST API is available only on commercial plans'),
  INVALID_CREDENTIALS: refusal(403, 'INVALID_CREDENTIALS', 'Invalid request credentials'),
  insufficient_scope: refusal(
    403,
    'insufficient_scope',
    'The request requires higher privileges than provided by the webhook token',
  ),
  user_access_error: refusal(403, 'user_access_error', 'The user does not have access to the application'),
  ERROR_MANIFEST_IS_NOT_AVAILABLE: refusal(
    404,
    'ERROR_MANIFEST_IS_NOT_AVAILABLE',
    'Manifest is not available',
  ),
  ERROR_METHOD_NOT_FOUND: refusal(404, 'ERROR_METHOD_NOT_FOUND', ''),
  WRONG_AUTH_TYPE: refusal(403, 'WRONG_AUTH_TYPE', 'Current authorization type is denied for this method'),
  METHOD_CONFIRM_WAITING: refusal(401, 'METHOD_CONFIRM_WAITING', 'Waiting for confirmation'),
  METHOD_CONFIRM_DENIED: refusal(403, 'METHOD_CONFIRM_DENIED', 'Method call denied'),
  /** Comes with a key `argument` that names the parameter. */
  ERROR_ARGUMENT: refusal(400, 'ERROR_ARGUMENT', ''),
} as const satisfies Record<string, DocumentedRefusal>;

function refusal(httpStatus: number, code: string, description: string): DocumentedRefusal {
  return { httpStatus, code, description };
}
