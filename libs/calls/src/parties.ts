import type { Call, Leg } from './call';
import type { Click } from './clicks/click';
import { hearingsOf } from './sound';

export type CallDirection = 'inbound' | 'outbound' | 'internal';

/** Who is in a call, and in what part. */
export interface Parties {
  readonly direction: CallDirection;
  /** The switch called the employee first and the outside after it: a click in the CRM, or an originate by hand. */
  readonly clickToCall: boolean;
  /** The leg whose talk is the talk of the call: the client's, or in an internal call the caller's. */
  readonly principal?: Leg;
  /** The leg of the employee who started an outbound or internal call. */
  readonly dialler?: Leg;
  /** The client's number as the switch knows it, not yet E.164. */
  readonly externalNumber?: string;
  readonly externalName?: string;
  /** The company's number in this call: dialled by the client, or presented to him. */
  readonly did?: string;
}

/**
 * Who called whom. A client's leg that came in makes a call inbound. Without one, a leg to the outside makes it
 * outbound; so does a number that only the outside can have. Everything else stays in the company.
 */
export function partiesOf(call: Call): Parties {
  if (call.click) return partiesOfClick(call, call.click);
  const inboundClient = call.legs.find((leg) => isOutside(leg) && leg.origin.direction === 'inbound');
  if (inboundClient) return inboundParties(inboundClient);
  const dialler = diallerOf(call);
  const client = clientDialled(call);
  const clickToCall = dialler?.origin.direction === 'outbound';
  const wanted = clickToCall ? dialler.origin.callerNumber : dialler?.origin.dialled;
  if (client || (isOutsideNumber(wanted) && !(dialler && reachedColleague(call, dialler)))) {
    return {
      direction: 'outbound',
      clickToCall,
      principal: client,
      dialler,
      externalNumber: client?.origin.dialled ?? wanted,
      did: client?.origin.callerNumber,
    };
  }
  return { direction: 'internal', clickToCall: false, principal: dialler, dialler };
}

/** Who clicked is known before any channel is: a click on a colleague's number is still a click. */
function partiesOfClick(call: Call, { number }: Click): Parties {
  const client = clientDialled(call);
  const colleague = call.legs.findLast((leg) => extensionOf(leg) === number);
  return {
    direction: 'outbound',
    clickToCall: true,
    principal: client ?? colleague,
    dialler: diallerOf(call),
    externalNumber: number,
    did: client?.origin.callerNumber,
  };
}

/** Whether the far end of a leg is a phone of the company. */
export function isEmployee(leg: Leg): boolean {
  return leg.origin.party.kind === 'employee';
}

/** Whether the far end of a leg is reached over a trunk. */
export function isOutside(leg: Leg): boolean {
  return leg.origin.party.kind === 'outside';
}

/** The internal number at the far end of a leg, if it is a phone of the company. */
export function extensionOf(leg: Leg | undefined): string | undefined {
  return leg?.origin.party.kind === 'employee' ? leg.origin.party.extension : undefined;
}

function inboundParties(client: Leg): Parties {
  return {
    direction: 'inbound',
    clickToCall: false,
    principal: client,
    externalNumber: client.origin.originalCallerNumber ?? client.origin.callerNumber,
    externalName: client.origin.callerName,
    did: client.origin.dialled,
  };
}

/**
 * Who dialled: the first of the company's phones in the call. Where the switch called it by itself, and another device
 * of the employee with it, the one that was taken. Who comes later, with a call of his own, did not dial this one.
 */
function diallerOf(call: Call): Leg | undefined {
  const [first, ...others] = call.legs.filter(isEmployee);
  if (!first || first.origin.direction === 'inbound' || first.answered) return first;
  return others.find((leg) => leg.origin.direction === 'outbound' && leg.answered) ?? first;
}

/** The long number that an employee dialled was a colleague's: the switch rang a phone of the company for it. */
function reachedColleague(call: Call, dialler: Leg): boolean {
  return (
    dialler.origin.direction === 'inbound' &&
    call.legs.some((leg) => isEmployee(leg) && leg.origin.direction === 'outbound')
  );
}

/** Of several attempts (a second gateway after the first failed) the one that was talked to, else the last. */
function clientDialled(call: Call): Leg | undefined {
  const dialled = call.legs.filter(isOutside);
  return dialled.find((leg) => hearingsOf(call, leg.channelUuid).length > 0) ?? dialled.at(-1);
}

/** Internal numbers are shorter than this many digits; E.164 and national numbers are not. */
const OUTSIDE_NUMBER = /^\+?\d{7,15}$/;

function isOutsideNumber(dialled: string | undefined): boolean {
  return dialled !== undefined && OUTSIDE_NUMBER.test(dialled);
}
