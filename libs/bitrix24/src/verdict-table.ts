import type { PortalErrorKind, Verdict } from './errors';
import { OAUTH_TOKEN, UPLOAD } from './method-safety';
import type { RequestName } from './method-safety';

/** What a row decides. `ambiguous`: it may have run, so the safety of the method picks `retry` or `unknown-outcome`. */
export interface Ruling {
  readonly kind: PortalErrorKind;
  readonly verdict: Verdict | 'ambiguous';
  /** For this request alone. */
  readonly only?: RequestName;
}

/** Fits an answer in the portal's error form whose code is equal (in lower case) and whose text matches. */
export interface RefusalRow extends Ruling {
  readonly code?: string;
  readonly description?: RegExp;
}

/** Fits by HTTP status alone. `bare`: only if the answer is not in the portal's error form. */
export interface StatusRow extends Ruling {
  readonly from: number;
  readonly to: number;
  readonly bare?: true;
}

/**
 * Codes that mean one thing whatever the method, in lower case: pages differ in case.
 * Source: github.com/bitrix24/b24restdocs, _includes/system-errors.md and limits.md
 */
const byCode: readonly RefusalRow[] = [
  // refused before execution, so any request may be repeated (limits.md)
  { code: 'query_limit_exceeded', kind: 'rate-limited', verdict: 'retry' },
  { code: 'operation_time_limit', kind: 'operation-limit', verdict: 'wait-until' },
  // a manual block that only the vendor's support lifts: going on makes it worse
  { code: 'overload_limit', kind: 'blocked-by-vendor', verdict: 'ask-a-person' },
  { code: 'expired_token', kind: 'token-expired', verdict: 'refresh-token' },
  { code: 'invalid_token', kind: 'token-expired', verdict: 'refresh-token' },
  // also what a token gets that another process has just replaced; if a fresh one gets it too, the refresh finds out
  { code: 'no_auth_found', kind: 'token-expired', verdict: 'refresh-token' },
  { code: 'invalid_request', description: /https/i, kind: 'https-required', verdict: 'ask-a-person' },
  { code: 'access_denied', description: /plan/i, kind: 'no-rest-on-this-plan', verdict: 'ask-a-person' },
  { code: 'payment_required', kind: 'no-rest-on-this-plan', verdict: 'ask-a-person' },
  { code: 'access_denied', kind: 'access-denied', verdict: 'ask-a-person' },
  { code: 'invalid_credentials', kind: 'access-denied', verdict: 'ask-a-person' },
  { code: 'insufficient_scope', kind: 'access-denied', verdict: 'ask-a-person' },
  { code: 'user_access_error', kind: 'access-denied', verdict: 'ask-a-person' },
  { code: 'wrong_auth_type', kind: 'access-denied', verdict: 'ask-a-person' },
  { code: 'method_confirm_waiting', kind: 'confirmation-needed', verdict: 'ask-a-person' },
  { code: 'method_confirm_denied', kind: 'access-denied', verdict: 'ask-a-person' },
  { code: 'error_method_not_found', kind: 'method-not-found', verdict: 'ask-a-person' },
  { code: 'error_manifest_is_not_available', kind: 'method-not-found', verdict: 'ask-a-person' },
  { code: 'portal_deleted', kind: 'portal-deleted', verdict: 'ask-a-person' },
  { code: 'allowed_only_intranet_user', kind: 'access-denied', verdict: 'ask-a-person' },
  { code: 'error_event_not_found', kind: 'not-found', verdict: 'give-up' },
  { code: 'not_found', kind: 'not-found', verdict: 'give-up' },
  { code: 'user_id_empty', kind: 'invalid-params', verdict: 'give-up' },
  { code: 'message_empty', kind: 'invalid-params', verdict: 'give-up' },
  { code: 'attach_oversize', kind: 'invalid-params', verdict: 'give-up' },
  { code: 'attach_error', kind: 'invalid-params', verdict: 'give-up' },
  { code: 'error_batch_method_not_allowed', kind: 'invalid-params', verdict: 'give-up' },
  { code: 'error_batch_length_exceeded', kind: 'invalid-params', verdict: 'give-up' },
  { code: 'error_argument', kind: 'invalid-params', verdict: 'give-up' },
  { code: 'invalid_argument', kind: 'invalid-params', verdict: 'give-up' },
  { code: 'internal_server_error', kind: 'server-error', verdict: 'ambiguous' },
  { code: 'error_unexpected_answer', kind: 'server-error', verdict: 'ambiguous' },
];

/**
 * Refusals of the token endpoint. Whatever it says no to, only a person can help: the application has to be paid for,
 * installed again, or given its right secret. github.com/bitrix24/b24restdocs, settings/oauth/error-codes.md; the
 * codes in the second line are those of the official PHP SDK.
 */
const ofOAuth: readonly RefusalRow[] = (
  [
    ['invalid_grant', 'refresh-token-dead'],
    ['bad_verification_code', 'refresh-token-dead'],
    ['invalid_client', 'client-rejected'],
    ['wrong_client', 'client-rejected'],
    ['invalid_scope', 'access-denied'],
    ['invalid_request', 'invalid-params'],
  ] as const
).map(([code, kind]) => ({ only: OAUTH_TOKEN, code, kind, verdict: 'ask-a-person' }));

/**
 * The address of an upload carries a token of its own that lives for an unknown time. If it is refused, attachRecord gives
 * a new one, and tells if it is the application's own token that is dead.
 */
const ofUpload: readonly RefusalRow[] = [
  'no_auth_found',
  'expired_token',
  'invalid_token',
  'invalid_credentials',
].map((code) => ({ only: UPLOAD, code, kind: 'upload-refused', verdict: 'retry' }));

/**
 * ERROR_CORE and the empty code say nothing: only the text tells (documentation pages of the methods). Field reports
 * show the empty code where the pages print ERROR_CORE, and wordings differ a little: hence the loose patterns, and
 * hence no condition on the code. The order counts: "not found ... not finished yet" before plain "not found".
 */
const byDescription: readonly RefusalRow[] = [
  { description: /not finished yet|is it finished\?/i, kind: 'not-finished-yet', verdict: 'retry' },
  { description: /call is not found/i, kind: 'call-not-found', verdict: 'give-up' },
  { description: /user is not found/i, kind: 'user-not-found', verdict: 'give-up' },
  { description: /phone number format|PHONE_NUMBER is empty/i, kind: 'bad-phone-number', verdict: 'give-up' },
  { description: /database error|DB error/i, kind: 'database-error', verdict: 'ambiguous' },
  { description: /CRM is not installed/i, kind: 'crm-not-installed', verdict: 'ask-a-person' },
  { description: /returns HTTP error code/i, kind: 'recording-not-fetched', verdict: 'retry' },
  { description: /file name|file extension|file content/i, kind: 'bad-recording', verdict: 'give-up' },
  {
    description: /line already exists|unable to set event handler/i,
    kind: 'already-there',
    verdict: 'give-up',
  },
  { description: /^not found\.?$/i, kind: 'not-found', verdict: 'give-up' },
  { description: /could not find line/i, kind: 'not-found', verdict: 'give-up' },
  { description: /access denied/i, kind: 'access-denied', verdict: 'ask-a-person' },
  { description: /should not be empty|no fields to update/i, kind: 'invalid-params', verdict: 'give-up' },
  { description: /invalid parameters/i, kind: 'invalid-params', verdict: 'give-up' },
  {
    description: /should be set|parameters are not set|is not defined or invalid/i,
    kind: 'invalid-params',
    verdict: 'give-up',
  },
  { description: /unknown type|should be in the ISO-8601/i, kind: 'invalid-params', verdict: 'give-up' },
];

/** Tried in order; the first row that fits decides. */
export const refusalRows: readonly RefusalRow[] = [...ofOAuth, ...ofUpload, ...byCode, ...byDescription];

/** What is left when neither code nor text is known, for example a balancer's own page. In order, too. */
export const statusRows: readonly StatusRow[] = [
  { from: 200, to: 299, bare: true, kind: 'unreadable-answer', verdict: 'ambiguous' },
  // the portal was renamed: its new address has to be proven before a token goes there
  { from: 300, to: 399, kind: 'redirected', verdict: 'ask-a-person' },
  { only: UPLOAD, from: 401, to: 404, bare: true, kind: 'upload-refused', verdict: 'retry' },
  { from: 401, to: 403, kind: 'access-denied', verdict: 'ask-a-person' },
  { from: 404, to: 405, bare: true, kind: 'bad-address', verdict: 'ask-a-person' },
  { from: 407, to: 407, kind: 'access-denied', verdict: 'ask-a-person' },
  { from: 408, to: 408, kind: 'timeout', verdict: 'ambiguous' },
  { from: 429, to: 429, kind: 'rate-limited', verdict: 'retry' },
  { only: OAUTH_TOKEN, from: 200, to: 499, kind: 'refused', verdict: 'ask-a-person' },
  { from: 500, to: 599, kind: 'server-error', verdict: 'ambiguous' },
];
