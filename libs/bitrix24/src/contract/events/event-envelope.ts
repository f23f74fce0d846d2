import { z } from 'zod';
import { phpIdOrNull, phpMap, phpNumberOrNull, phpText, phpTextOrNull, scopeList } from '../lenient';

/**
 * Whose event it is, and its only proof: `application_token` is what the installation brought for this `member_id`.
 * Tokens are those of the acting user, and missing when nobody acted (a robot, an agent). They are secrets: never log
 * them. Addresses are claims: never call them.
 */
export const eventAuth = z.looseObject({
  /** 32 hex digits, for ever. */
  member_id: phpText.pipe(z.string().min(1)),
  /** Missing in the documented ONAPPPAYMENT. */
  application_token: phpTextOrNull,
  access_token: phpTextOrNull,
  /** In ONAPPINSTALL and ONAPPUPDATE; some pages show it elsewhere, too. */
  refresh_token: phpTextOrNull,
  /** s, 3600. */
  expires_in: phpNumberOrNull,
  /** Unix s; not documented, seen in the field. */
  expires: phpNumberOrNull,
  /** Separated by spaces or commas: pages disagree. */
  scope: scopeList,
  /** Host of the portal. */
  domain: phpTextOrNull,
  /** https://<portal>/rest/ */
  client_endpoint: phpTextOrNull,
  /** https://<OAuth host>/rest/; was missing for a while in November 2024. */
  server_endpoint: phpTextOrNull,
  /** Of the application: L, F, D, T, P, S. */
  status: phpTextOrNull,
  /** Not documented, seen in the field. */
  user_id: phpIdOrNull,
});
export type EventAuth = z.output<typeof eventAuth>;

/**
 * What every event has, whichever it is: a form POST with PHP brackets, so all scalars are strings. It comes once and
 * never again, in no certain order, and may come twice.
 * https://apidocs.bitrix24.com/api-reference/events/index.html
 */
export const eventEnvelope = z.looseObject({
  /** Upper case. */
  event: phpText.pipe(z.string().min(1)).transform((name) => name.toUpperCase()),
  /** Which binding; since 2024-11-27. */
  event_handler_id: phpIdOrNull,
  /** To be read by the event's own schema: see `portalEvents`. */
  data: phpMap(z.unknown()).default({}),
  /** Unix s: when it was sent. */
  ts: phpNumberOrNull,
  auth: eventAuth,
});
export type EventEnvelope = z.output<typeof eventEnvelope>;
