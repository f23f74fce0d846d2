import { endOf, isOver, type Call } from '../call';
import { talkSeconds } from '../call-facts';
import { partyOfClick, type Click, type CrmEntity } from '../clicks/click';
import { wordsForClick } from '../clicks/words-for-click';
import { outcomeOf } from '../outcome';
import { isEmployee, isOutside, partiesOf, type Parties } from '../parties';
import { recordingsByCoverage, recordingState, type RecordingState } from '../recordings';
import { rungLegs } from '../ringing';
import { talksOf, type Talk } from '../talks';
import { cardHolders, userOfLeg } from './card-holders';
import type { PortalPolicy } from './portal-policy';
import { failedReason, portalStatusCode, type PortalStatusCode } from './status-code';

/** What the portal should hold for a call, now. */
export interface DesiredPortalCall {
  /** Names the portal calls of one call; one call has one so far. */
  readonly key: 'main';
  readonly externalCallId: string;
  /** 1 outbound, 2 inbound, 4 callback (`TYPE` of register). */
  readonly type: 1 | 2 | 4;
  /** Of a call that is dialled for a campaign. */
  readonly callListId?: number;
  /** Known beforehand, instead of being looked for by the number. */
  readonly crmEntity?: CrmEntity;
  /** E.164, or the policy's placeholder for an anonymous caller. */
  readonly phoneNumber: string;
  readonly startedAt: number;
  readonly lineNumber?: string;
  readonly crmCreate: boolean;
  readonly crmSource: string;
  readonly addToChat: boolean;
  /** For whom to register: the first to see a card, else who is responsible. */
  readonly registerFor: number;
  /** Who takes the place of a user whom the portal refuses. */
  readonly fallbackUserId: number;
  /** Users who must see the card now. */
  readonly cards: readonly number[];
  /** Set when there is nothing more to happen that concerns the client. */
  readonly filed?: FiledCall;
  /** Recordings worth attaching, best first. */
  readonly recordings: readonly { readonly path: string; readonly state: RecordingState }[];
  readonly finishWhen: PortalPolicy['finishWhen'];
  /**
   * The call became part of another, or never was one (a click that was refused): finish what was registered, register
   * nothing.
   */
  readonly onlyIfRegistered: boolean;
  /** To be told to a user: why his click came to nothing. */
  readonly notice?: Notice;
}

export interface Notice {
  readonly userId: number;
  readonly message: string;
}

export interface FiledCall {
  readonly userId: number;
  readonly durationSeconds: number;
  readonly statusCode: PortalStatusCode;
  readonly failedReason?: string;
}

/** What the portal should hold for a call under a policy. Internal calls are not filed. */
export function desiredPortalCalls(call: Call, settings: PortalPolicy): DesiredPortalCall[] {
  const policy = policyForClick(settings, call.click);
  const parties = partiesOf(call);
  if (parties.direction === 'internal') return [];
  const talks = talksOf(call, parties);
  const filed = isFinal(call, talks) ? file(call, parties, talks, policy) : undefined;
  const cards = filed ? [] : cardHolders(call, parties, policy);
  const number = parties.externalNumber && policy.toE164(parties.externalNumber);
  const line = call.click?.lineNumber ?? (parties.did && policy.lineOf(parties.did));
  const crm = policy.crm(parties.direction, parties.did);
  return [
    {
      key: 'main',
      externalCallId: call.callId,
      type: call.click?.kind === 'callback' ? 4 : parties.direction === 'outbound' ? 1 : 2,
      ...(call.click && aboutClick(call.click)),
      phoneNumber: number ?? policy.anonymousNumber,
      startedAt: call.started.at,
      ...(line && { lineNumber: line }),
      // Without a number the CRM cannot tell two strangers apart: nothing is created for them.
      crmCreate: number !== undefined && crm.create,
      crmSource: crm.source,
      addToChat: policy.addToChat(parties.direction, parties.did),
      registerFor: cards[0] ?? filed?.userId ?? call.click?.userId ?? policy.defaultUserId,
      fallbackUserId: policy.defaultUserId,
      cards,
      filed,
      recordings: recordingsToAttach(call, parties),
      finishWhen: policy.finishWhen,
      onlyIfRegistered: call.mergedInto !== undefined || wasRefused(call),
      ...(filed && noticeOf(call, parties, filed, policy)),
    },
  ];
}

/** The user of a click is known, whatever the directory says of his phone; it may be his mobile. */
function policyForClick(policy: PortalPolicy, click: Click | undefined): PortalPolicy {
  const party = click && partyOfClick(click);
  if (party?.kind !== 'employee') return policy;
  const isHis = (extension: string) => extension === party.extension;
  return {
    ...policy,
    userOf: (extension, domain) => (isHis(extension) ? click?.userId : policy.userOf(extension, domain)),
  };
}

function aboutClick({ callListId, crmEntity }: Click): Pick<DesiredPortalCall, 'callListId' | 'crmEntity'> {
  return { ...(callListId !== undefined && { callListId }), ...(crmEntity && { crmEntity }) };
}

/** No phone was called: there is no call to tell of, unless the portal counts on one, or a visitor on being called. */
function wasRefused({ click, legs }: Call): boolean {
  return click?.kind === 'click' && click.ended !== undefined && legs.length === 0;
}

function noticeOf(
  call: Call,
  parties: Parties,
  { statusCode }: FiledCall,
  { notices }: PortalPolicy,
): Pick<DesiredPortalCall, 'notice'> {
  if (!call.click || !notices || call.mergedInto) return {};
  const message = wordsForClick(call.click, { outcome: outcomeOf(call, parties), statusCode }, notices);
  return message === undefined ? {} : { notice: { userId: call.click.userId, message } };
}

/** A call that became part of another leaves its recordings to that one: nothing more is told of them here. */
function recordingsToAttach(call: Call, parties: Parties): DesiredPortalCall['recordings'] {
  if (call.mergedInto) return [];
  return recordingsByCoverage(call, parties).map((recording) => ({
    path: recording.path,
    state: recordingState(call, recording),
  }));
}

/**
 * A call that was talked is final when the client is gone, though colleagues may talk on. One without a talk is final
 * only when every leg is: until then a second gateway, or the next in the queue, may still make it an answered call.
 */
function isFinal(call: Call, talks: readonly Talk[]): boolean {
  if (isOver(call)) return true;
  return talks.length > 0 && call.legs.filter(isOutside).every((leg) => leg.ended);
}

function file(call: Call, parties: Parties, talks: readonly Talk[], policy: PortalPolicy): FiledCall {
  const talked = talks.length > 0;
  const outcome = outcomeOf(call, parties) ?? 'answered';
  const end = call.mergedInto?.moment.at ?? endOf(call);
  // The portal takes whole seconds, and a talk of none for a missed call.
  const duration = talked ? Math.max(1, Math.round(talkSeconds(talks, end))) : 0;
  return {
    userId: responsibleUser(call, parties, talks, policy),
    durationSeconds: duration,
    statusCode: portalStatusCode(call, parties, outcome, talked),
    failedReason: failedReason(call, parties, outcome, talked),
  };
}

/** Who talked last; else who dialled; else whose phone rang last; else the default user. */
function responsibleUser(call: Call, parties: Parties, talks: readonly Talk[], policy: PortalPolicy): number {
  const talkers = talks.flatMap((talk) => talk.partners.filter(isEmployee));
  const candidates = [...talkers.reverse(), parties.dialler, ...rungLegs(call).reverse()];
  return (
    candidates.map((leg) => userOfLeg(leg, policy)).find((userId) => userId !== undefined) ??
    call.click?.userId ??
    policy.defaultUserId
  );
}
