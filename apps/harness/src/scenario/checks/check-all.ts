import type { Aftermath } from './aftermath';
import { checkAlways } from './always/always';
import { checkCalls } from './calls';
import type { Check } from './check';
import { checkPortal } from './filed';
import { checkLegs } from './legs';
import { checkPhones } from './phones';

/** Everything that a scenario says about its end, in the order of the levels, and what always has to be. */
export function checkAll(aftermath: Aftermath): Check[] {
  return [
    ...checkPhones(aftermath),
    ...checkLegs(aftermath),
    ...checkCalls(aftermath),
    ...checkPortal(aftermath),
    ...checkAlways(aftermath),
  ];
}
