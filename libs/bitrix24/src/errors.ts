import type { RequestName } from './method-safety';

/** What should be done about an error. Only the queue retries; the client itself never does. */
export type Verdict =
  /** Repeat the same request later: it did not run, or running twice does no harm. */
  | 'retry'
  /** The access token is stale: refresh it once, then repeat. */
  | 'refresh-token'
  /** Not before `until`. */
  | 'wait-until'
  /** This request will never succeed. */
  | 'give-up'
  /** Nothing works until an administrator changes something; stop sending and alert. */
  | 'ask-a-person'
  /** It may have run. Repeat it word for word (register) or look it up (finish). */
  | 'unknown-outcome';

/** What went wrong, in words that code may rely on: codes and texts of the portal vary by page, age and region. */
export type PortalErrorKind =
  // about the call
  | 'call-not-found'
  | 'user-not-found'
  | 'not-finished-yet'
  | 'bad-phone-number'
  | 'bad-recording'
  | 'recording-not-fetched'
  /** The address for an upload has died; a new one is easily had. */
  | 'upload-refused'
  | 'crm-not-installed'
  | 'invalid-params'
  | 'database-error'
  // about lines, bindings and CRM objects
  | 'already-there'
  | 'not-found'
  // a command of a batch that was not run, because an earlier one failed
  | 'not-executed'
  // about limits
  | 'rate-limited'
  | 'operation-limit'
  | 'blocked-by-vendor'
  // about access
  | 'token-expired'
  | 'refresh-token-dead'
  /** The OAuth server does not know the application, its secret, or its installation in this portal. */
  | 'client-rejected'
  | 'access-denied'
  | 'no-rest-on-this-plan'
  | 'confirmation-needed'
  | 'https-required'
  | 'method-not-found'
  | 'portal-deleted'
  | 'redirected'
  | 'bad-address'
  | 'untrusted-certificate'
  // about the way there and back
  | 'not-connected'
  | 'connection-lost'
  | 'timeout'
  | 'unreadable-answer'
  | 'server-error'
  // a refusal that no table knows
  | 'refused';

export interface PortalErrorFacts {
  readonly method: RequestName;
  readonly kind: PortalErrorKind;
  readonly verdict: Verdict;
  /** The portal's code as it came, possibly empty; for a network error the system's code, such as ECONNREFUSED. */
  readonly code: string;
  /** The portal's own words, shortened; never holds a token. */
  readonly description: string;
  /** Missing if no answer came. */
  readonly httpStatus?: number;
  /** With `wait-until`: the earliest moment to try again, epoch ms. */
  readonly until?: number;
}

/**
 * The one error of this library. Arises when: no answer came (network, time-out), the answer is no JSON or breaks the
 * contract, the portal refused, or the request itself broke the contract and was not sent.
 *
 * Traps it hides from the caller: the rate limit is HTTP 503 QUERY_LIMIT_EXCEEDED; ERROR_CORE and the empty code
 * cover everything from a typo to a database failure; a refusal can come with HTTP 200; limits count per portal and
 * source address, so all processes of one host share them.
 */
export class PortalError extends Error implements PortalErrorFacts {
  override readonly name = 'PortalError';
  readonly method: RequestName;
  readonly kind: PortalErrorKind;
  readonly verdict: Verdict;
  readonly code: string;
  readonly description: string;
  readonly httpStatus?: number;
  readonly until?: number;

  constructor(facts: PortalErrorFacts) {
    super(messageOf(facts));
    this.method = facts.method;
    this.kind = facts.kind;
    this.verdict = facts.verdict;
    this.code = facts.code;
    this.description = facts.description;
    this.httpStatus = facts.httpStatus;
    this.until = facts.until;
  }
}

function messageOf({ method, kind, code, description, httpStatus }: PortalErrorFacts): string {
  const status = httpStatus === undefined ? '' : `HTTP ${httpStatus}`;
  const origin = [status, code].filter((part) => part !== '').join(' ');
  return `${method}: ${kind}${origin === '' ? '' : ` (${origin})`}${description === '' ? '' : `: ${description}`}`;
}
