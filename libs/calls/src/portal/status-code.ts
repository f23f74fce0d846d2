import type { Call, Leg } from '../call';
import type { ClickTrouble } from '../clicks/click';
import { decisiveLeg, type Outcome } from '../outcome';
import type { Parties } from '../parties';

/** `STATUS_CODE` of `telephony.externalCall.finish`. */
export type PortalStatusCode =
  '200' | '304' | '402' | '403' | '404' | '423' | '480' | '484' | '486' | '503' | '603' | '603-S' | 'OTHER';

/** FreeSWITCH hangup cause of the leg that decided -> status code of an outbound call (freeswitch-facts, section 6). */
const CODE_OF_CAUSE: Readonly<Record<string, PortalStatusCode>> = {
  USER_BUSY: '486',
  CALL_REJECTED: '603',
  ORIGINATOR_CANCEL: '603-S',
  NO_ANSWER: '480',
  ALLOTTED_TIMEOUT: '480',
  NO_USER_RESPONSE: '480',
  USER_NOT_REGISTERED: '480',
  SUBSCRIBER_ABSENT: '480',
  RECOVERY_ON_TIMER_EXPIRE: '480',
  UNALLOCATED_NUMBER: '404',
  NO_ROUTE_DESTINATION: '404',
  NUMBER_CHANGED: '404',
  INVALID_NUMBER_FORMAT: '484',
  INTERWORKING: '423',
  OUTGOING_CALL_BARRED: '403',
  NORMAL_TEMPORARY_FAILURE: '503',
  NETWORK_OUT_OF_ORDER: '503',
  GATEWAY_DOWN: '503',
};

/** SIP answers that FreeSWITCH folds into CALL_REJECTED, though no person rejected anything. */
const CODE_OF_SIP_STATUS: Readonly<Record<number, PortalStatusCode>> = {
  401: '403',
  402: '402',
  403: '403',
  407: '403',
  423: '423',
};

/**
 * `STATUS_CODE` of a click for which no phone was called (`unreachable` has a hangup cause, which decides). The portal's
 * words: 403 forbidden, 404 invalid number, 480 temporarily unavailable, 484 and 503 direction unavailable, 486 busy,
 * 603-S cancelled (telephony.externalCall.finish, result codes).
 */
const CODE_OF_TROUBLE: Readonly<Record<ClickTrouble, PortalStatusCode>> = {
  'no-phone': '480',
  nobody: '480',
  stale: '603-S',
  'not-dialable': '404',
  'not-allowed': '403',
  'unknown-line': '484',
  'too-fast': '603-S',
  'too-many-calls': '486',
  'switch-away': '503',
  unreachable: '480',
  lost: 'OTHER',
};

/**
 * The portal's word for how a call ended. An unanswered inbound call is a missed call (304) whatever the cause: people
 * work from the list of missed calls. The true cause travels in `failedReason`.
 */
export function portalStatusCode(
  call: Call,
  parties: Parties,
  outcome: Outcome,
  talked: boolean,
): PortalStatusCode {
  if (talked) return '200';
  const { ended } = call.click ?? {};
  if (ended && call.legs.length === 0)
    return CODE_OF_CAUSE[ended.hangupCause ?? ''] ?? CODE_OF_TROUBLE[ended.trouble];
  if (parties.direction !== 'outbound') return '304';
  if (outcome === 'lost') return 'OTHER';
  if (outcome === 'cancelled') return '603-S';
  const leg = decisiveLeg(call, parties);
  const bySip = CODE_OF_SIP_STATUS[leg?.ended?.sipStatus ?? 0];
  return bySip ?? CODE_OF_CAUSE[leg?.ended?.hangupCause ?? ''] ?? 'OTHER';
}

/** Why an unanswered call was not answered, for people: the outcome, and the switch's own words. */
export function failedReason(
  call: Call,
  parties: Parties,
  outcome: Outcome,
  talked: boolean,
): string | undefined {
  if (talked) return undefined;
  const { ended } = call.click ?? {};
  if (ended && call.legs.length === 0) return [ended.trouble, ended.hangupCause].filter(Boolean).join(': ');
  const leg: Leg | undefined = decisiveLeg(call, parties);
  const { hangupCause, sipStatus } = leg?.ended ?? {};
  // The switch clears a caller normally after nobody came (freeswitch-facts, section 1.1): that explains nothing.
  const cause = hangupCause === 'NORMAL_CLEARING' ? undefined : hangupCause;
  const words = [cause, sipStatus === undefined ? undefined : `SIP ${sipStatus}`].filter(
    (word) => word !== undefined,
  );
  return words.length === 0 ? outcome : `${outcome}: ${words.join(', ')}`;
}
