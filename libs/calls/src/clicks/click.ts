import type { Moment } from '../moment';
import type { Party } from '../observation';

/**
 * What was asked for by a click in the CRM, a callback form or a command: to call an employee and then a client. It makes
 * a call before the switch knows of any channel, so that the call is filed in every ending, also when no phone ever rings.
 */
export interface Click {
  /** `callback`: a visitor asked for it, nobody clicked (TYPE 4). */
  readonly kind: 'click' | 'callback';
  readonly portalId: string;
  /** The portal has registered the call already: never register it, but finish this one. */
  readonly portalCallId?: string;
  /** Who clicked, or was picked for the callback. */
  readonly userId: number;
  /** His phone; missing when he has none. */
  readonly phone?: ClickPhone;
  /** The client's number, E.164 if it is one. */
  readonly number: string;
  /** The portal's `LINE_NUMBER` that was chosen. */
  readonly lineNumber?: string;
  /** To be given back to the portal, or the call is lost to its campaign. */
  readonly callListId?: number;
  readonly crmEntity?: CrmEntity;
  /** The channel of the employee, where the switch takes our uuid for it. */
  readonly agentUuid: string;
  /** That it came to nothing; what became of channels, if there are any, says more. */
  readonly ended?: ClickEnd;
}

/** Where the employee is called. */
export type ClickPhone =
  | { readonly kind: 'extension'; readonly extension: string; readonly domain?: string }
  /** His mobile, over a trunk; E.164. */
  | { readonly kind: 'mobile'; readonly number: string };

export interface CrmEntity {
  readonly type: 'CONTACT' | 'COMPANY' | 'LEAD';
  readonly id: number;
}

/** Why no phone was called for a click. */
export type ClickTrouble =
  /** The user has no phone on any switch that we know. */
  | 'no-phone'
  /** Nobody could be found for a callback. */
  | 'nobody'
  /** It came, or its turn came, too late to be dialled. */
  | 'stale'
  /** No phone number, or none that exists. */
  | 'not-dialable'
  /** The portal's settings do not allow this destination. */
  | 'not-allowed'
  /** A line that is not among those of the portal. */
  | 'unknown-line'
  /** The user, or the portal, clicks too often. */
  | 'too-fast'
  /** The user has as many calls as he may have. */
  | 'too-many-calls'
  /** The switch could not be reached in time. */
  | 'switch-away'
  /** The switch refused, with a cause: the phone is not registered, for example. */
  | 'unreachable'
  /** Nobody saw what became of it. */
  | 'lost';

export interface ClickEnd {
  readonly moment: Moment;
  readonly trouble: ClickTrouble;
  /** FreeSWITCH's name, with `unreachable`. */
  readonly hangupCause?: string;
}

/** The employee of a click as the far end of a channel: his mobile is reached over a trunk, and is his phone all the same. */
export function partyOfClick({ phone }: Click): Party | undefined {
  if (!phone) return undefined;
  if (phone.kind === 'mobile') return { kind: 'employee', extension: phone.number };
  return { kind: 'employee', extension: phone.extension, ...(phone.domain && { domain: phone.domain }) };
}
