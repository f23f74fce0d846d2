import type { CallDirection } from '../parties';

/** When a user sees the card of a call that concerns him. */
export type CardPolicy = 'ringing' | 'answered' | 'never';

/** Languages that notices are written in. */
export type NoticeLanguage = 'en' | 'ru';

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
  /** The language in which users are told why their click came to nothing; missing: the portal takes no notices. */
  readonly notices?: NoticeLanguage;
}
