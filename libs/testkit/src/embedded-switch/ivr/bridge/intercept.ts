import { answer, markHold, type Channel } from '../../core';
import { uuidBridge } from './uuid-bridge';

/**
 * Takes over a call of somebody else (switch_ivr_intercept_session): the one who waits is connected with who takes him,
 * and the phone that rang for him stops ringing (PICKED_OFF).
 *
 * @returns false when there is nothing to take
 */
export async function intercept(taker: Channel, uuid: string, wantsOtherLeg = false): Promise<boolean> {
  const named = taker.core.locate(uuid);
  const wanted = wantsOtherLeg ? named?.partner : named;
  if (!wanted || wanted === taker) return false;
  const other = wanted.partner === taker ? undefined : wanted.partner;
  const { variables } = taker;
  if (variables.isTrue('intercept_unbridged_only') && wanted.has('BRIDGED')) return false;
  if (variables.isTrue('intercept_unanswered_only') && wanted.has('ANSWERED')) return false;
  await answer(taker);
  other?.setFlag('INTERCEPT');
  if (!wanted.has('ANSWERED')) await answer(wanted);
  markHold(wanted, false);
  wanted.setStateFlag('TRANSFER');
  wanted.setState('CS_PARK');
  other?.variables.set('park_after_bridge', 'true');
  wanted.setFlag('INTERCEPTED');
  const isBridged = uuidBridge(taker, wanted);
  if (other) other.core.hangUp(other, 'PICKED_OFF');
  return isBridged;
}
