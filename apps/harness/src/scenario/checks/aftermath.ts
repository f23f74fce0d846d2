import { callFacts, isOver, type Call, type CallFacts } from '@app/calls';
import type { HeldCall } from '../../world/portal-holding';
import type { Scenario } from '../language/scenario';
import { phoneTruths, talkOf, type PhoneTruth } from '../run/phone-truth';
import type { Scene } from '../run/scene';

/** A call of the database, with what there is to know of it. */
export interface KnownCall {
  readonly call: Call;
  readonly facts: CallFacts;
  /** Why it is filed as it is, or not at all, though nothing is wrong. */
  readonly remark?: string;
  /** What the phones lived through in it. */
  readonly truths: readonly PhoneTruth[];
}

/** Everything as it is when the steps are over and nobody has anything left to do. */
export interface Aftermath {
  readonly scenario: Scenario;
  readonly scene: Scene;
  readonly truths: readonly PhoneTruth[];
  /** Without those that became part of others, oldest first. */
  readonly calls: readonly KnownCall[];
  /** In the order in which the calls began. */
  readonly held: readonly HeldCall[];
  /** Why the connector still has something to do; undefined when it has not. */
  readonly unsettled?: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Looks at everything once. */
export async function lookAround(
  scenario: Scenario,
  scene: Scene,
  unsettled: string | undefined,
): Promise<Aftermath> {
  const truths = phoneTruths(scene);
  const now = Date.now();
  const remarks = await scene.world.calls.remarks();
  const calls = (await newCalls(scene)).map((call) => ({
    call,
    facts: callFacts(call, now),
    remark: remarks.get(call.callId),
    truths: truths.filter(({ channelUuid }) => call.legs.some((leg) => leg.channelUuid === channelUuid)),
  }));
  return { scenario, scene, truths, calls, held: heldOf(scene, calls), unsettled, now };
}

/**
 * What the portal holds, in the order in which the calls began; of calls that began at the same moment any may have been
 * registered first.
 */
function heldOf(scene: Scene, calls: readonly KnownCall[]): HeldCall[] {
  const placeOf = ({ callId, portalCallId }: HeldCall): number => {
    const place = calls.findIndex(({ call }) => isHeldAs(call, callId, portalCallId));
    return place < 0 ? calls.length : place;
  };
  return scene.held
    .map((held) => {
      const clicked = calls.find(({ call }) => call.click?.portalCallId === held.portalCallId);
      // The portal has registered a click itself, and does not know what we call it.
      return { place: placeOf(held), held: clicked ? { ...held, callId: clicked.call.callId } : held };
    })
    .sort((a, b) => a.place - b.place)
    .map(({ held }) => held);
}

/** Of several talks that are filed apart, the later ones have the call's id with a number behind it. */
function isHeldAs(call: Call, callId: string | null, portalCallId: string): boolean {
  return (
    call.click?.portalCallId === portalCallId ||
    callId === call.callId ||
    callId?.startsWith(`${call.callId}-`) === true
  );
}

/** Calls of this scenario in the database. */
export async function newCalls({ world, beginning }: Scene): Promise<Call[]> {
  const all = await world.calls.calls();
  return all.filter(({ callId, mergedInto }) => !beginning.calls.has(callId) && mergedInto === undefined);
}

/** Why the connector is not through with a scenario; undefined when it is. */
export async function unfinishedBusiness(scene: Scene): Promise<string | undefined> {
  const calls = await newCalls(scene);
  const known = new Set(calls.flatMap(({ legs }) => legs.map(({ channelUuid }) => channelUuid)));
  const missing = phoneTruths(scene).find(
    ({ channelUuid }) => channelUuid !== undefined && !known.has(channelUuid),
  );
  if (missing) return `the database does not know ${missing.handset.id}'s call`;
  const open = calls.find((call) => !isOver(call));
  if (open) return `the database says that call ${open.callId} goes on`;
  return (await scene.world.calls.isSettled()) ? undefined : 'the worker has not settled all calls';
}

/** How long people talked in a call by what the phones lived through, ms; 0 when they did not. */
export function trueTalkMs({ truths }: KnownCall, now: number): number {
  return talkOf(truths, now)?.ms ?? 0;
}

/** The calls in which somebody takes part. */
export function callsOf({ calls, scene }: Aftermath, who: string): KnownCall[] {
  const isEmployee = scene.person(who) !== undefined;
  return calls.filter(({ truths, facts }) =>
    isEmployee
      ? facts.direction === 'internal' && truths[0]?.handset.who === who
      : truths.some(({ handset }) => handset.who === who) ||
        facts.externalNumber?.replace(/\D/g, '') === scene.numberOf(who).replace(/\D/g, ''),
  );
}
