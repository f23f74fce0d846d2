import { Secret } from '@app/bitrix24';
import { eventEnvelope } from '@app/bitrix24/contract';
import { Refusal } from '../refusal';
import { isFormTree, type FormTree } from '../wire/form-value';
import { memberIdField, readFields } from '../wire/read-fields';
import { withoutTokens } from './without-tokens';

/** An event as it was posted. Nothing of it is true before its application token was compared. */
export interface PortalEvent {
  /** In capitals: ONEXTERNALCALLSTART. Events that nobody knows are events too. */
  readonly name: string;
  /** When the portal's queue sent it, unix seconds; it may be missing. */
  readonly ts?: number;
  /** Of the binding; since 2024-11-27. */
  readonly handlerId?: string;
  /** Every field there was, without tokens. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Likewise. */
  readonly auth: Readonly<Record<string, unknown>>;
  readonly memberId: string;
  /** What proves it; ONAPPPAYMENT has none. */
  readonly applicationToken?: string;
  /** In ONAPPUPDATE. */
  readonly refreshToken?: Secret;
  /** REST root of the OAuth server; a claim. */
  readonly serverEndpoint?: string;
}

/** Nothing that could break out of a line of a log. */
const NAME = /^[\w.:-]{1,100}$/;

/**
 * The event in a body. Lenient, as the contract is: an event is not lost over its time or its binding.
 *
 * @throws Refusal `malformed` when it does not say what it is or of which portal
 */
export function readPortalEvent(tree: FormTree): PortalEvent {
  // A map whose names are 0, 1, 2 … looks like a list.
  const { data: sent } = tree;
  const named = Array.isArray(sent) ? { ...tree, data: Object.fromEntries(sent.entries()) } : tree;
  const { event: name, event_handler_id: handlerId, ts, data, auth } = readFields(eventEnvelope, named);
  if (!NAME.test(name)) throw new Refusal('malformed', { detail: 'event' });
  const { member_id: memberId, refresh_token: refreshToken } = auth;
  if (!memberIdField.safeParse(memberId).success)
    throw new Refusal('malformed', { detail: 'auth.member_id' });
  return {
    name,
    ts: isMoment(ts) ? ts : undefined,
    handlerId: handlerId === null ? undefined : String(handlerId),
    data: withoutTokens(data),
    auth: withoutTokens(isFormTree(tree['auth']) ? tree['auth'] : {}),
    memberId,
    applicationToken: auth.application_token ?? undefined,
    refreshToken: refreshToken === null ? undefined : new Secret(refreshToken),
    serverEndpoint: auth.server_endpoint ?? undefined,
  };
}

/** Whether somebody who removed the application asked for our data to be erased: `data[CLEAN]` of ONAPPUNINSTALL. */
export function wantsCleaning({ data }: PortalEvent): boolean {
  const clean = data['CLEAN'];
  return clean === 1 || clean === '1' || clean === true || clean === 'Y';
}

/** Eleven digits, which end in the year 5138: any timestamp column takes them. */
function isMoment(ts: number | null): ts is number {
  return Number.isInteger(ts) && ts !== null && ts >= 0 && ts < 1e11;
}
