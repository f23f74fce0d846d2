import type { Call, Leg } from './call';
import { compareMoments } from './moment';
import { extensionOf, isEmployee } from './parties';

/** The employees' phones that rang, in the order in which they began. */
export function rungLegs(call: Call): Leg[] {
  return call.legs
    .filter((leg) => isEmployee(leg) && leg.origin.direction === 'outbound' && leg.rang)
    .sort((a, b) => (a.rang && b.rang ? compareMoments(a.rang, b.rang) : 0));
}

/** The internal numbers that rang, each once, in the order in which they began. */
export function rungExtensions(call: Call): string[] {
  return [...new Set(rungLegs(call).map(extensionOf))].filter((extension) => extension !== undefined);
}
