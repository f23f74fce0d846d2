import { answer, executeOn, markHold, preAnswer, type Channel } from '../../core';
import { FRAME_MS } from '../../media';
import { stopBroadcast } from '../stop-broadcast';
import { passCalleeId } from '../caller-id';
import { dequeueDtmf, sendDtmf } from '../dtmf';

/** One side of a bridge while it lasts. */
export interface BridgeSide {
  /** It ended in good order: the leg goes somewhere else, and the other one need not be hung up for it. */
  isClean: boolean;
  readonly other: { isClean: boolean };
  /** Gets the keys of this side first; true = the bridge ends. */
  readonly onDigit?: ((digit: string) => boolean) | undefined;
}

const PARTNER_PATIENCE_MS = 10_000;

/**
 * One leg of a bridge, run by that leg itself (audio_bridge_thread): gives its sound and its keys to the other one,
 * answers when the other one has answered, does errands, and ends when one of them is wanted elsewhere.
 */
export async function bridgeLoop(leg: Channel, other: Channel, side: BridgeSide): Promise<void> {
  const isOriginator = leg.has('BRIDGE_ORIGINATOR');
  leg.clearFlag('INTERCEPT');
  leg.clearFlag('INTERCEPTED');
  leg.setFlag('BRIDGED');
  await leg.until(() => other.has('BRIDGED') || !other.isUp || !leg.isUp, PARTNER_PATIENCE_MS, [other]);
  if (!other.has('BRIDGED')) {
    giveUpOn(other);
  } else {
    await executeOn(leg, 'execute_on_pre_bridge');
    // A bridge that the event socket has asked for runs in an errand itself: that is no broadcast into it.
    const isErrand = leg.has('BROADCAST');
    const stop = leg.endpoint.media.read((frame) => {
      if (mayPass(leg, other, isErrand)) other.endpoint.media.write(frame);
    });
    await stayBridged(leg, other, side, isOriginator);
    stop();
  }
  await executeOn(leg, 'execute_on_post_bridge');
  leg.variables.delete('bridge_to');
  leg.clearFlag('BRIDGED');
  if (leg.has('LEG_HOLDING') || leg.has('HANGUP_HELD')) endHold(leg, other, side);
  if (leg.has('INTERCEPTED')) other.setFlag('INTERCEPT');
  other.poke();
}

function giveUpOn(other: Channel): void {
  const isElsewhere = other.has('TRANSFER') || other.has('REDIRECT') || other.state === 'CS_RESET';
  if (!isElsewhere) other.core.hangUp(other, 'DESTINATION_OUT_OF_ORDER');
}

function mayPass(leg: Channel, other: Channel, isErrand: boolean): boolean {
  if (leg.has('INNER_BRIDGE')) return !other.has('LEG_HOLDING');
  if (leg.has('SUSPEND') || other.has('SUSPEND') || other.has('LEG_HOLDING')) return false;
  return isErrand || !leg.has('BROADCAST');
}

async function stayBridged(
  leg: Channel,
  other: Channel,
  side: BridgeSide,
  isOriginator: boolean,
): Promise<void> {
  const hasDisplayed = { done: !isOriginator };
  for (;;) {
    if (hasEnded(leg, other, side)) return;
    if (leg.hasErrand) {
      await suspended(leg, other);
      continue;
    }
    if (passKeys(leg, other, side)) return;
    if (!leg.has('ANSWERED') && isOriginator && !(await followAnswer(leg, other, side))) return;
    if (isOriginator && isLeftUnanswered(leg, other) && !(await answer(other))) return;
    if (hasEnded(leg, other, side)) return;
    if (!hasDisplayed.done && leg.has('ANSWERED') && other.has('ANSWERED')) {
      hasDisplayed.done = true;
      display(leg, other);
    }
    await leg.until(() => isWanted(leg, other, side, isOriginator), undefined, [other]);
  }
}

/** Whether there is anything to be done. */
function isWanted(leg: Channel, other: Channel, side: BridgeSide, isOriginator: boolean): boolean {
  const mayAnswer =
    isOriginator &&
    !leg.has('ANSWERED') &&
    (other.has('ANSWERED') || (other.has('EARLY_MEDIA') && !leg.has('EARLY_MEDIA')));
  const hasToAnswer = mayAnswer || (isOriginator && isLeftUnanswered(leg, other));
  return hasEnded(leg, other, side) || leg.hasErrand || leg.pressed.length > 0 || hasToAnswer;
}

/** Somebody who called was connected with a talk before anybody answered him: he fetches who is parked. */
function isLeftUnanswered(leg: Channel, other: Channel): boolean {
  return leg.has('ANSWERED') && !other.has('ANSWERED') && other.direction === 'inbound' && other.isUp;
}

function hasEnded(leg: Channel, other: Channel, side: BridgeSide): boolean {
  if (leg.has('TRANSFER')) side.isClean = true;
  if (side.isClean || other.has('TRANSFER') || !other.has('BRIDGED')) return true;
  if (!leg.isReady) {
    if (leg.isUp) side.isClean = true;
    return true;
  }
  return !other.isUp;
}

/** @returns whether a key ends the bridge */
function passKeys(leg: Channel, other: Channel, side: BridgeSide): boolean {
  for (let digit = dequeueDtmf(leg); digit !== undefined; digit = dequeueDtmf(leg)) {
    if (side.onDigit?.(digit)) return true;
    sendDtmf(other, digit);
  }
  return false;
}

/** While a leg is busy with something else neither hears the other. */
async function suspended(leg: Channel, other: Channel): Promise<void> {
  other.setFlag('SUSPEND');
  await leg.runErrand();
  other.clearFlag('SUSPEND');
}

/** The caller hears and gets what the called leg has got: sound, an answer. @returns false when that failed */
async function followAnswer(leg: Channel, other: Channel, side: BridgeSide): Promise<boolean> {
  if (other.has('ANSWERED')) {
    passCalleeId(other, leg);
    if (!(await answer(leg))) return false;
    // whom they talk with the phones are told with the next frame: behind a loopback others are told before
    await leg.until(() => hasEnded(leg, other, side), FRAME_MS, [other]);
    return true;
  }
  if (other.has('EARLY_MEDIA')) return preAnswer(leg);
  return true;
}

/** Each phone is told with whom it is connected (switch_ivr_bridge_display). */
export function display(leg: Channel, other: Channel): void {
  displayCaller(leg, other);
  displayCalled(leg, other);
}

/** The called phone is told who calls. */
export function displayCaller(leg: Channel, other: Channel): void {
  const { callerIdName, callerIdNumber } = other.profile;
  const [name, number] = [
    callerIdName || leg.profile.callerIdName,
    callerIdNumber || leg.profile.callerIdNumber || 'UNKNOWN',
  ];
  other.endpoint.display(name || number, number);
}

/** The calling phone is told who has answered. */
export function displayCalled(leg: Channel, other: Channel): void {
  const { calleeIdName, calleeIdNumber, destinationNumber } = other.profile;
  const called = calleeIdNumber || destinationNumber;
  leg.endpoint.display(calleeIdName || called, called);
}

/** Who had put the other one on hold has gone: the other one must not wait for ever. */
function endHold(leg: Channel, other: Channel, side: BridgeSide): void {
  if (other.isReady && other.state !== 'CS_PARK' && !side.other.isClean) {
    stopBroadcast(other);
    other.core.hangUp(other, 'NORMAL_CLEARING');
  }
  if (leg.has('LEG_HOLDING')) markHold(leg, false);
}
