import type { Call } from '../call';
import { partyOfClick, type Click, type CrmEntity } from '../clicks/click';
import { wordsForClick } from '../clicks/words-for-click';
import { outcomeOf } from '../outcome';
import { partiesOf, type Parties } from '../parties';
import { recordingsByCoverage, recordingState, type RecordingState } from '../recordings';
import { talksOf, type Talk } from '../talks';
import { asksWhoCalls } from '../routing/route-note';
import { cardHolders } from './card-holders';
import { fileCall, fileTalk, isFinal, type FiledCall } from './filed-call';
import type { PortalCallKey } from './portal-call';
import type { PortalPolicy } from './portal-policy';
import { talkShares, type TalkShare } from './talk-shares';
import { wordsForMissed } from './words-for-missed';

/** What the portal should hold for a call, now. */
export interface DesiredPortalCall {
  /** Names the portal calls of one call. */
  readonly key: PortalCallKey;
  readonly externalCallId: string;
  /** 1 outbound, 2 inbound, 3 inbound and handed on, 4 callback (`TYPE` of register). */
  readonly type: 1 | 2 | 3 | 4;
  /** Of a call that is dialled for a campaign. */
  readonly callListId?: number;
  /** Known beforehand, instead of being looked for by the number. */
  readonly crmEntity?: CrmEntity;
  /** E.164, or the policy's placeholder for an anonymous caller. */
  readonly phoneNumber: string;
  /** Whether it is the client's own. */
  readonly hasNumber: boolean;
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
  /** Somebody waits for what the registration says of the client: it does not wait for a card. */
  readonly registerAtOnce: boolean;
  /**
   * The call became part of another, or never was one (a click that was refused): finish what was registered, register
   * nothing.
   */
  readonly onlyIfRegistered: boolean;
  /** To be told to a user: why his click came to nothing, or that he missed a call. */
  readonly notice?: Notice;
}

export interface Notice {
  /** Missing: whoever is responsible for the call. */
  readonly userId?: number;
  readonly message: string;
}

/**
 * What the portal should hold for a call under a policy, in order. Internal calls, and those on its list of what to
 * ignore, are not filed.
 */
export function desiredPortalCalls(call: Call, settings: PortalPolicy): DesiredPortalCall[] {
  const policy = policyForClick(settings, call.click);
  const parties = partiesOf(call);
  const number = parties.externalNumber && policy.toE164(parties.externalNumber);
  if (parties.direction === 'internal' || policy.ignored(number, parties.did)) return [];
  const talks = talksOf(call, parties);
  const shares = talkShares(talks, policy);
  const last = shares.length - 1;
  const about = { call, parties, policy, number, cards: cardHolders(call, parties, policy) };
  return shares.map((share, index) => {
    if (index < last) return portalCall(about, share, index, handedOn(share, shares[index + 1], policy));
    const filed = isFinal(call, talks) ? fileCall(call, parties, share.talks, policy) : undefined;
    return portalCall(about, share, index, filed);
  });
}

/** What all portal calls of a call have in common. */
interface About {
  readonly call: Call;
  readonly parties: Parties;
  readonly policy: PortalPolicy;
  /** E.164. */
  readonly number: string | undefined;
  readonly cards: readonly number[];
}

function portalCall(
  { call, parties, policy, number, cards: holders }: About,
  share: TalkShare,
  index: number,
  filed: FiledCall | undefined,
): DesiredPortalCall {
  const cards = filed ? [] : holders;
  const line = call.click?.lineNumber ?? (parties.did && policy.lineOf(parties.did));
  const crm = policy.crm(parties.direction, parties.did);
  const talker = share.userId !== undefined && cards.includes(share.userId) ? share.userId : undefined;
  return {
    key: keyOf(index),
    externalCallId: index === 0 ? call.callId : `${call.callId}-${index + 1}`,
    type: typeOf(call, parties, index),
    ...(call.click && aboutClick(call.click)),
    phoneNumber: number ?? policy.anonymousNumber,
    hasNumber: number !== undefined,
    startedAt: index === 0 ? call.started.at : (share.talks[0]?.from.at ?? call.started.at),
    ...(line && { lineNumber: line }),
    // Without a number the CRM cannot tell two strangers apart: nothing is created for them. A talk after the first finds
    // what was created for that.
    crmCreate: number !== undefined && crm.create && index === 0,
    crmSource: crm.source,
    addToChat: policy.addToChat(parties.direction, parties.did),
    registerFor: talker ?? cards[0] ?? filed?.userId ?? call.click?.userId ?? policy.defaultUserId,
    fallbackUserId: policy.defaultUserId,
    cards,
    filed,
    recordings: recordingsToAttach(call, parties, share.talks),
    finishWhen: policy.finishWhen,
    registerAtOnce: index === 0 && asksWhoCalls(call.route),
    onlyIfRegistered: call.mergedInto !== undefined || wasRefused(call),
    ...(filed && index === 0 && noticeOf(call, parties, filed, policy)),
  };
}

function keyOf(index: number): PortalCallKey {
  return index === 0 ? 'main' : `talk-${index + 1}`;
}

/** A client who called and was handed on is of a type of its own; whom we called stays whom we called. */
function typeOf({ click }: Call, { direction }: Parties, index: number): DesiredPortalCall['type'] {
  if (direction === 'outbound') return click?.kind === 'callback' && index === 0 ? 4 : 1;
  return index === 0 ? 2 : 3;
}

/** The talk with somebody who has handed the client on to the next. */
function handedOn(
  { userId, talks }: TalkShare,
  next: TalkShare | undefined,
  policy: PortalPolicy,
): FiledCall {
  return fileTalk(userId ?? policy.defaultUserId, talks, next?.talks[0]?.from.at ?? 0);
}

/**
 * What is to become of a portal call that the call should not have, because its facts or the settings have changed: if
 * it was registered it is finished with the call, as that is.
 */
export function leftOver(main: DesiredPortalCall, key: PortalCallKey): DesiredPortalCall {
  const externalCallId = `${main.externalCallId}${key.replace('talk', '')}`;
  return {
    ...main,
    key,
    externalCallId,
    cards: [],
    recordings: [],
    notice: undefined,
    onlyIfRegistered: true,
  };
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
  policy: PortalPolicy,
): Pick<DesiredPortalCall, 'notice'> {
  const { notices } = policy;
  if (!notices || call.mergedInto) return {};
  if (!call.click) {
    const number = parties.externalNumber && policy.toE164(parties.externalNumber);
    const isMissed =
      parties.direction === 'inbound' && statusCode !== '200' && policy.missed(parties.did).notify;
    return isMissed ? { notice: { message: wordsForMissed(number, parties.did, notices) } } : {};
  }
  const message = wordsForClick(call.click, { outcome: outcomeOf(call, parties), statusCode }, notices);
  return message === undefined ? {} : { notice: { userId: call.click.userId, message } };
}

/** A call that became part of another leaves its recordings to that one: nothing more is told of them here. */
function recordingsToAttach(
  call: Call,
  parties: Parties,
  talks: readonly Talk[],
): DesiredPortalCall['recordings'] {
  if (call.mergedInto) return [];
  return recordingsByCoverage(call, parties, talks).map((recording) => ({
    path: recording.path,
    state: recordingState(call, recording),
  }));
}
