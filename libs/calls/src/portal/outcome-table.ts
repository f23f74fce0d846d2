import type { ClickTrouble } from '../clicks/click';
import type { Outcome } from '../outcome';
import type { CallDirection } from '../parties';

/** `STATUS_CODE` of `telephony.externalCall.finish`. */
export type PortalStatusCode =
  '200' | '304' | '402' | '403' | '404' | '423' | '480' | '484' | '486' | '503' | '603' | '603-S' | 'OTHER';

/**
 * Who is responsible for a filed call, the first of these whom the portal knows, and at last the default user:
 * `talked-last` who talked last with the client; `dialled` who dialled or clicked; `as-missed` what the line says of
 * missed calls (`MissedPolicy`).
 */
export type Responsibility = 'talked-last' | 'dialled' | 'as-missed';

/** What a row asks; what is missing fits everything. */
export interface OutcomeQuestion {
  readonly direction: CallDirection;
  readonly talked: boolean;
  readonly outcome: Outcome;
  /** Of the leg that decided, or of a click for which no phone was called. */
  readonly hangupCause?: string;
  readonly sipStatus?: number;
  readonly trouble?: ClickTrouble;
}

/** One way for a call to end, and what the portal is told of it. */
export interface OutcomeRow {
  /** For people: what has happened. */
  readonly situation: string;
  readonly direction?: CallDirection;
  readonly talked?: boolean;
  readonly outcomes?: readonly Outcome[];
  readonly hangupCauses?: readonly string[];
  readonly sipStatuses?: readonly number[];
  readonly troubles?: readonly ClickTrouble[];
  readonly statusCode: PortalStatusCode;
  /** Instead of it, where the portal wants to know exactly why an inbound call was not answered. */
  readonly exactCode?: PortalStatusCode;
  readonly responsible: Responsibility;
}

const UNREACHED = [
  'NO_ANSWER',
  'ALLOTTED_TIMEOUT',
  'NO_USER_RESPONSE',
  'USER_NOT_REGISTERED',
  'SUBSCRIBER_ABSENT',
  'RECOVERY_ON_TIMER_EXPIRE',
];
const UNKNOWN_NUMBER = ['UNALLOCATED_NUMBER', 'NO_ROUTE_DESTINATION', 'NUMBER_CHANGED'];
const SWITCH_DOWN = ['NORMAL_TEMPORARY_FAILURE', 'NETWORK_OUT_OF_ORDER', 'GATEWAY_DOWN'];

const inbound = { direction: 'inbound', statusCode: '304', responsible: 'as-missed' } as const;
const outbound = { direction: 'outbound', responsible: 'dialled' } as const;

/**
 * How calls end, and what the portal is told: the first row that fits. Causes and SIP answers are those of
 * freeswitch-facts, section 6; the codes are the portal's (telephony.externalCall.finish). An unanswered inbound call is
 * a missed call whatever the cause: people work from the list of missed calls. Internal calls are not filed.
 */
export const OUTCOME_TABLE: readonly OutcomeRow[] = [
  { situation: 'A person talked', talked: true, statusCode: '200', responsible: 'talked-last' },

  { ...inbound, situation: 'Every phone was busy', outcomes: ['busy'], exactCode: '486' },
  { ...inbound, situation: 'The employees declined', outcomes: ['declined'], exactCode: '603' },
  { ...inbound, situation: 'It rang, or he waited, and nobody came', outcomes: ['missed'] },
  { ...inbound, situation: 'Nobody saw the end (the switch died)', outcomes: ['lost'], exactCode: 'OTHER' },
  { ...inbound, situation: 'No phone could be reached', hangupCauses: UNREACHED, exactCode: '480' },
  { ...inbound, situation: 'No such number here', hangupCauses: UNKNOWN_NUMBER, exactCode: '404' },
  { ...inbound, situation: 'The switch could not', hangupCauses: SWITCH_DOWN, exactCode: '503' },
  { ...inbound, situation: 'Anything else', exactCode: 'OTHER' },

  { ...outbound, situation: 'Nobody saw the end (the switch died)', outcomes: ['lost'], statusCode: 'OTHER' },
  { ...outbound, situation: 'The employee gave up', outcomes: ['cancelled'], statusCode: '603-S' },
  // FreeSWITCH folds these SIP answers into CALL_REJECTED, though no person rejected anything.
  { ...outbound, situation: 'The carrier wants a login', sipStatuses: [401, 407], statusCode: '403' },
  { ...outbound, situation: 'The carrier wants money', sipStatuses: [402], statusCode: '402' },
  { ...outbound, situation: 'The carrier forbids it', sipStatuses: [403], statusCode: '403' },
  { ...outbound, situation: 'The carrier has blocked it', sipStatuses: [423], statusCode: '423' },
  { ...outbound, situation: 'The phone called is busy', hangupCauses: ['USER_BUSY'], statusCode: '486' },
  { ...outbound, situation: 'The phone called declines', hangupCauses: ['CALL_REJECTED'], statusCode: '603' },
  {
    ...outbound,
    situation: 'The employee gave up while it rang',
    hangupCauses: ['ORIGINATOR_CANCEL'],
    statusCode: '603-S',
  },
  {
    ...outbound,
    situation: 'Nobody lifts, or no phone is there',
    hangupCauses: UNREACHED,
    statusCode: '480',
  },
  { ...outbound, situation: 'There is no such number', hangupCauses: UNKNOWN_NUMBER, statusCode: '404' },
  {
    ...outbound,
    situation: 'The number is not complete',
    hangupCauses: ['INVALID_NUMBER_FORMAT'],
    statusCode: '484',
  },
  { ...outbound, situation: 'The network does not fit', hangupCauses: ['INTERWORKING'], statusCode: '423' },
  {
    ...outbound,
    situation: 'The line may not call there',
    hangupCauses: ['OUTGOING_CALL_BARRED'],
    statusCode: '403',
  },
  { ...outbound, situation: 'The trunk is down', hangupCauses: SWITCH_DOWN, statusCode: '503' },
  // Clicks for which no phone was called.
  {
    ...outbound,
    situation: 'Who clicked has no phone, or nobody was there to call back, or his phone is away',
    troubles: ['no-phone', 'nobody', 'unreachable'],
    statusCode: '480',
  },
  {
    ...outbound,
    situation: 'The click came too late, or too often',
    troubles: ['stale', 'too-fast'],
    statusCode: '603-S',
  },
  { ...outbound, situation: 'No phone number was clicked', troubles: ['not-dialable'], statusCode: '404' },
  {
    ...outbound,
    situation: 'The settings forbid this destination',
    troubles: ['not-allowed'],
    statusCode: '403',
  },
  { ...outbound, situation: 'The line is not known', troubles: ['unknown-line'], statusCode: '484' },
  { ...outbound, situation: 'The user has too many calls', troubles: ['too-many-calls'], statusCode: '486' },
  { ...outbound, situation: 'The switch is away', troubles: ['switch-away'], statusCode: '503' },
  { situation: 'Anything else', statusCode: 'OTHER', responsible: 'dialled' },
];

/** The row of the table that a call belongs to. */
export function outcomeRow(asked: OutcomeQuestion): OutcomeRow {
  const found = OUTCOME_TABLE.find((row) => fits(row, asked));
  if (!found) throw new Error('the last row of the outcome table fits everything');
  return found;
}

function fits(row: OutcomeRow, asked: OutcomeQuestion): boolean {
  return (
    (row.direction === undefined || row.direction === asked.direction) &&
    (row.talked === undefined || row.talked === asked.talked) &&
    isAmong(row.outcomes, asked.outcome) &&
    isAmong(row.hangupCauses, asked.hangupCause) &&
    isAmong(row.sipStatuses, asked.sipStatus) &&
    isAmong(row.troubles, asked.trouble)
  );
}

function isAmong<T>(wanted: readonly T[] | undefined, is: T | undefined): boolean {
  return wanted === undefined || (is !== undefined && wanted.includes(is));
}
