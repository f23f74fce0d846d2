import { z } from 'zod';
import { phpIdOrNull, phpNumberOrNull, phpText, phpTextOrNull, scopeList } from './lenient';
import type { DocumentedRefusal } from './method-contract';

/**
 * The OAuth servers there are: of the world, and of Russia, Belarus and Kazakhstan. A secret goes to nobody else,
 * whatever a payload says. github.com/bitrix24/b24restdocs, settings/oauth/index.md, and its Russian original
 */
export const oauthOrigins = ['https://oauth.bitrix.info', 'https://oauth.bitrix24.tech'] as const;

/** Path of the token endpoint below an OAuth server. GET, parameters in the query. */
export const OAUTH_TOKEN_PATH = '/oauth/token/';

const secretText = phpText.pipe(z.string().min(1));

/**
 * What the token endpoint answers to a code or a refresh token. Only what cannot be done without is demanded: whoever
 * refuses this answer has lost the portal, for the old refresh token is void.
 * github.com/bitrix24/b24restdocs, settings/oauth/auto-renewal.md
 */
export const oauthToken = z.looseObject({
  /** One hour. */
  access_token: secretText,
  /** 180 days, or until the next refresh. */
  refresh_token: secretText,
  /** Which portal it is. */
  member_id: phpText.pipe(z.string().min(1)),
  /** https://<portal>/rest/ */
  client_endpoint: phpText.pipe(z.string().min(1)),
  /** https://<OAuth host>/rest/ */
  server_endpoint: phpTextOrNull,
  /** s, 3600. */
  expires_in: phpNumberOrNull,
  /** Unix s. */
  expires: phpNumberOrNull,
  /** Host of the OAuth server, not of the portal. */
  domain: phpTextOrNull,
  scope: scopeList,
  /** Of the application: L, F, D, T, P, S. */
  status: phpTextOrNull,
  /** Owner of the token. */
  user_id: phpIdOrNull,
});

/**
 * Refusals of the token endpoint. HTTP statuses are not documented: those here are of the unit tests of the official
 * PHP SDK, as are the last two codes. github.com/bitrix24/b24restdocs, settings/oauth/error-codes.md
 */
export const oauthRefusals = {
  invalidRequest: refusal(400, 'invalid_request'),
  /** Wrong client_id or client_secret, or the application is not installed there. */
  invalidClient: refusal(401, 'invalid_client'),
  /** A refresh token or a code that is wrong, used or too old: the portal has to be installed again. */
  invalidGrant: refusal(400, 'invalid_grant'),
  /** Rights beyond the application's card; both codes are documented. */
  invalidScope: refusal(400, 'invalid_scope'),
  insufficientScope: refusal(403, 'insufficient_scope'),
  /** The trial or the paid time is over. */
  paymentRequired: refusal(400, 'PAYMENT_REQUIRED', 'Payment required'),
  wrongClient: refusal(400, 'wrong_client'),
  badVerificationCode: refusal(400, 'bad_verification_code'),
} as const satisfies Record<string, DocumentedRefusal>;

function refusal(httpStatus: number, code: string, description = ''): DocumentedRefusal {
  return { httpStatus, code, description };
}
