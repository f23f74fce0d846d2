import type { Call, Leg } from './call';
import { compareMoments } from './moment';
import { extensionOf, isEmployee } from './parties';

/** The employees' phones that rang, in the order in which they began. */
export function rungLegs(call: Call): Leg[] {
  return call.legs
    .filter((leg) => isEmployee(leg) && leg.origin.direction === 'outbound' && leg.rang)
    .sort((a, b) => (a.rang && b.rang ? compareMoments(a.rang, b.rang) : 0));
}

/** The employees' phones that sent the caller on to another number (302), with or without ringing before. */
export function sentOnLegs(call: Call): Leg[] {
  return call.legs.filter(
    (leg) => isEmployee(leg) && leg.ended?.hangupCause === 'REDIRECTION_TO_NEW_DESTINATION',
  );
}

/** The internal numbers that rang, each once, in the order in which they began. */
export function rungExtensions(call: Call): string[] {
  return [...new Set(rungLegs(call).map(extensionOf))].filter((extension) => extension !== undefined);
}
