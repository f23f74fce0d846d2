import type { Call } from '../call';
import { desiredPortalCalls, leftOver, type DesiredPortalCall } from './desired-portal-calls';
import { nextStep } from './next-step';
import { untouched, type PortalCall } from './portal-call';
import type { PortalPolicy } from './portal-policy';
import type { PortalStep } from './portal-step';

/** What a portal should hold of a call, beside what it is known to hold. */
export interface PortalPair {
  readonly desired: DesiredPortalCall;
  readonly portalCall: PortalCall;
}

/**
 * Each portal call that should be, in the order of the talks, and those that should not be any more.
 *
 * @param known the portal calls that anything was ever done for
 */
export function portalPairs(call: Call, policy: PortalPolicy, known: readonly PortalCall[]): PortalPair[] {
  const wanted = desiredPortalCalls(call, policy);
  const pairs = wanted.map((desired) => ({
    desired,
    portalCall: known.find(({ key }) => key === desired.key) ?? untouched(call, desired.key),
  }));
  const [main] = wanted;
  const rest = known.filter(({ key }) => !wanted.some((desired) => desired.key === key));
  if (!main) return pairs;
  return [...pairs, ...rest.map((portalCall) => ({ desired: leftOver(main, portalCall.key), portalCall }))];
}

/**
 * The one request that brings the portal nearer to what it should hold of a call: cards before everything else, then in
 * the order of the talks. Undefined when there is none now.
 *
 * @param now epoch ms
 */
export function mostUrgentStep(
  pairs: readonly PortalPair[],
  now: number,
): (PortalPair & { readonly step: PortalStep }) | undefined {
  const steps = pairs.flatMap((pair) => {
    const step = nextStep(pair.desired, pair.portalCall, now);
    return step ? [{ ...pair, step }] : [];
  });
  return steps.find(({ step }) => isAboutCards(step)) ?? steps[0];
}

function isAboutCards(step: PortalStep): boolean {
  return step.kind === 'hide' || step.kind === 'show' || (step.kind === 'register' && step.show);
}
