import type { CallDirection } from '../parties';

/** When a user sees the card of a call that concerns him. */
export type CardPolicy = 'ringing' | 'answered' | 'never';

/** Languages that notices are written in. */
export type NoticeLanguage = 'en' | 'ru';

/** What is done about an inbound call that nobody answered. */
export interface MissedPolicy {
  /**
   * Who is responsible: `last-rung` whose phone rang last, `entity-owner` who is responsible for the client in the CRM
   * (else as `last-rung`), `default-user` nobody in particular.
   */
  readonly responsible: 'last-rung' | 'entity-owner' | 'default-user';
  /** Whether he is told in the messenger, if the portal takes notices. */
  readonly notify: boolean;
}

/** How one portal wants its calls: settings and look-ups, as plain functions of values. */
export interface PortalPolicy {
  /** The portal user (`USER_ID`) with an internal number. */
  readonly userOf: (extension: string, domain?: string) => number | undefined;
  /** Who is responsible for a call that concerns nobody the portal knows. */
  readonly defaultUserId: number;
  readonly cardPolicyOf: (userId: number) => CardPolicy;
  /** E.164 with a plus, or undefined when the text is no phone number. */
  readonly toE164: (number: string) => string | undefined;
  /** `LINE_NUMBER` of the external line that stands for a DID, if the portal knows one. */
  readonly lineOf: (did: string) => string | undefined;
  /** Sent as `PHONE_NUMBER` for callers without a number: the portal refuses a registration without one. */
  readonly anonymousNumber: string;
  /** `CRM_CREATE` and `CRM_SOURCE` of calls in this direction over a DID; a DID that is no line's counts as none. */
  readonly crm: (
    direction: CallDirection,
    did: string | undefined,
  ) => { readonly create: boolean; readonly source: string };
  /** `ADD_TO_CHAT` of calls in this direction over a DID. */
  readonly addToChat: (direction: CallDirection, did: string | undefined) => boolean;
  /**
   * `at-end` finishes at once and attaches the recording when it is there; `recording-ready` is the portal vendor's
   * older advice: hide the card at the end, finish when the recording is there.
   */
  readonly finishWhen: 'at-end' | 'recording-ready';
  /**
   * A client who is handed on: `one-call` stays one call, of who talked last; with `call-per-talk` each further person's
   * talk is a call of its own (`TYPE` 3).
   */
  readonly transfers: 'one-call' | 'call-per-talk';
  /** What an unanswered inbound call is filed as: `missed` (304) whatever the cause, or the `exact` code. */
  readonly unanswered: 'missed' | 'exact';
  /** What is done about missed calls over a DID; a DID that is no line's counts as none. */
  readonly missed: (did: string | undefined) => MissedPolicy;
  /** Which part of a call is on a list of what the portal is not told of; the client's number is undefined if he hides it. */
  readonly ignored: (number: string | undefined, did: string | undefined) => 'number' | 'did' | undefined;
  /** The language in which users are told of clicks and missed calls; missing: the portal takes no notices. */
  readonly notices?: NoticeLanguage;
}
