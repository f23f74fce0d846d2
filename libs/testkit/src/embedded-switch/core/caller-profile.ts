import { randomUUID } from 'node:crypto';
import type { EventRecord } from '../../captured-calls/captured-event';

export type CallDirection = 'inbound' | 'outbound';

/** Moments of a channel, in microseconds since 1970; 0 = not yet. */
export interface ChannelTimes {
  profileCreated: number;
  created: number;
  answered: number;
  progress: number;
  progressMedia: number;
  hungup: number;
  transferred: number;
  bridged: number;
  lastHold: number;
  holdAccum: number;
}

/** Who calls whom, as the dial plan sees it. A transfer begins a new one; the old ones are kept. */
export interface CallerProfile {
  /** Of this profile alone; names the transfer that made it. */
  readonly id: string;
  direction: CallDirection;
  logicalDirection: CallDirection;
  username: string;
  dialplan: string;
  callerIdName: string;
  callerIdNumber: string;
  origCallerIdName: string;
  origCallerIdNumber: string;
  calleeIdName: string;
  calleeIdNumber: string;
  networkAddr: string;
  ani: string;
  destinationNumber: string;
  uuid: string;
  source: string;
  transferSource: string;
  context: string;
  rdnis: string;
  channelName: string;
  profileIndex: string;
  hidesName: boolean;
  hidesNumber: boolean;
  times: ChannelTimes;
  /** The leg that this one was made for. */
  originator?: CallerProfile;
  /** The leg that was made for this one. */
  originatee?: CallerProfile;
}

export function noTimes(): ChannelTimes {
  return {
    profileCreated: 0,
    created: 0,
    answered: 0,
    progress: 0,
    progressMedia: 0,
    hungup: 0,
    transferred: 0,
    bridged: 0,
    lastHold: 0,
    holdAccum: 0,
  };
}

/** A profile of which only some things are known. */
export function newProfile(known: Partial<CallerProfile>): CallerProfile {
  const callerIdName = known.callerIdName ?? '';
  const callerIdNumber = known.callerIdNumber ?? '';
  return {
    id: randomUUID(),
    direction: 'outbound',
    logicalDirection: 'outbound',
    username: '',
    dialplan: '',
    callerIdName,
    callerIdNumber,
    origCallerIdName: callerIdName,
    origCallerIdNumber: callerIdNumber,
    calleeIdName: '',
    calleeIdNumber: '',
    networkAddr: '',
    ani: '',
    destinationNumber: '',
    uuid: '',
    source: 'mod_sofia',
    transferSource: '',
    context: 'default',
    rdnis: '',
    channelName: '',
    profileIndex: '',
    hidesName: false,
    hidesNumber: false,
    times: noTimes(),
    ...known,
  };
}

/** A copy of its own, without the profiles of other legs in it. */
export function cloneProfile(profile: CallerProfile, changes: Partial<CallerProfile> = {}): CallerProfile {
  const { originator: _originator, originatee: _originatee, ...own } = profile;
  return { ...own, id: randomUUID(), times: { ...profile.times }, ...changes };
}

/** The headers of a profile under a prefix: Caller-..., Other-Leg-... (switch_caller_profile_event_set_data). */
export function profileHeaders(profile: CallerProfile, prefix: string): EventRecord {
  const texts: [string, string][] = [
    ['Direction', profile.direction],
    ['Logical-Direction', profile.logicalDirection],
    ['Username', profile.username],
    ['Dialplan', profile.dialplan],
    ['Caller-ID-Name', profile.callerIdName],
    ['Caller-ID-Number', profile.callerIdNumber],
    ['Orig-Caller-ID-Name', profile.callerIdName === '' ? '' : profile.origCallerIdName],
    ['Orig-Caller-ID-Number', profile.callerIdNumber === '' ? '' : profile.origCallerIdNumber],
    ['Callee-ID-Name', profile.calleeIdName],
    ['Callee-ID-Number', profile.calleeIdNumber],
    ['Network-Addr', profile.networkAddr],
    ['ANI', profile.ani],
    ['Destination-Number', profile.destinationNumber],
    ['Unique-ID', profile.uuid],
    ['Source', profile.source],
    ['Transfer-Source', profile.transferSource],
    ['Context', profile.context],
    ['RDNIS', profile.rdnis],
    ['Channel-Name', profile.channelName],
    ['Profile-Index', profile.profileIndex],
  ];
  const known = texts.filter(([, value]) => value !== '');
  return Object.fromEntries(
    [...known, ...timeHeaders(profile.times), ...privacyHeaders(profile)].map(([name, value]) => [
      `${prefix}-${name}`,
      value,
    ]),
  );
}

function timeHeaders(times: ChannelTimes): [string, string][] {
  return [
    ['Profile-Created-Time', String(times.profileCreated)],
    ['Channel-Created-Time', String(times.created)],
    ['Channel-Answered-Time', String(times.answered)],
    ['Channel-Progress-Time', String(times.progress)],
    ['Channel-Progress-Media-Time', String(times.progressMedia)],
    ['Channel-Hangup-Time', String(times.hungup)],
    ['Channel-Transfer-Time', String(times.transferred)],
    ['Channel-Resurrect-Time', '0'],
    ['Channel-Bridged-Time', String(times.bridged)],
    ['Channel-Last-Hold', String(times.lastHold)],
    ['Channel-Hold-Accum', String(times.holdAccum)],
  ];
}

function privacyHeaders(profile: CallerProfile): [string, string][] {
  return [
    ['Screen-Bit', 'true'],
    ['Privacy-Hide-Name', String(profile.hidesName)],
    ['Privacy-Hide-Number', String(profile.hidesNumber)],
  ];
}
