import type { Channel } from '../core';
import { transfer, uuidBridge } from '../ivr';
import type { Verdict } from './attempt';
import type { DialingLeg } from './dialing-leg';

/**
 * Somebody transfers a call to whom he is just dialling: the one who waits (holding_uuid) gets the leg, and who
 * transferred is out of it.
 *
 * @returns whether the attempt ends by that: with ATTENDED_TRANSFER
 */
export async function handOver(
  caller: Channel,
  legs: readonly DialingLeg[],
  verdict: Verdict,
): Promise<boolean> {
  const holding = takeHolding(caller);
  const waiting = holding === undefined ? undefined : caller.core.locate(holding);
  if (!waiting) return holding !== undefined;
  const leg = chosen(legs, verdict);
  const peer = leg?.channel;
  if (leg) leg.channel = undefined;
  if (verdict.kind !== 'winner' && verdict.kind !== 'nobody') {
    await goOnFor(caller, waiting);
    peer?.core.hangUp(peer, 'ATTENDED_TRANSFER');
    return true;
  }
  if (!peer?.isUp) {
    await nobodyIsThere(caller, waiting, peer === undefined);
    return true;
  }
  waiting.variables.set('hangup_after_bridge', 'true');
  uuidBridge(waiting, peer);
  if (caller.isUp && !caller.has('INTERCEPTED')) caller.core.hangUp(caller, 'ATTENDED_TRANSFER');
  return true;
}

/** Whose call it was before the phone transferred it, while it dialled. */
function takeHolding(caller: Channel): string | undefined {
  const { variables } = caller;
  const holding = variables.get('holding_uuid');
  variables.delete('holding_uuid');
  const softly = variables.get('soft_holding_uuid');
  if (softly === undefined || !caller.has('XFER_ZOMBIE')) return holding;
  variables.delete('soft_holding_uuid');
  return softly;
}

function chosen(legs: readonly DialingLeg[], verdict: Verdict): DialingLeg | undefined {
  if (verdict.kind === 'winner') return verdict.leg;
  if (legs.length === 1) return legs[0];
  const eligible = legs.filter(({ isEligible }) => isEligible);
  return eligible.find(({ channel }) => channel?.hasMedia) ?? eligible.find(({ channel }) => channel?.isUp);
}

/** Who waits takes over the rest of the dial plan of who transferred him. */
async function goOnFor(caller: Channel, waiting: Channel): Promise<void> {
  const { plan, profile } = caller;
  if (plan && plan.length > 0) {
    waiting.plan = [...plan];
    waiting.setState('CS_RESET');
    await waiting.until(() => waiting.runningState === 'CS_RESET' || !waiting.isUp);
    waiting.setState('CS_EXECUTE');
    return;
  }
  await transfer(waiting, {
    extension: profile.destinationNumber,
    dialplan: profile.dialplan,
    context: profile.context,
  });
}

async function nobodyIsThere(caller: Channel, waiting: Channel, isUnknown: boolean): Promise<void> {
  if (isUnknown) {
    await goOnFor(caller, waiting);
  } else if (caller.isReady) {
    waiting.variables.set('hangup_after_bridge', 'true');
    uuidBridge(waiting, caller);
  } else {
    waiting.core.hangUp(waiting, 'NORMAL_UNSPECIFIED');
  }
}
