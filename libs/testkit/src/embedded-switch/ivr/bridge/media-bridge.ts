import { answer, executeOn, fire, turn, type Channel, type StateHandler } from '../../core';
import { passCalleeId } from '../caller-id';
import { handleCause } from '../handle-cause';
import { parkChannel } from '../park';
import { bridgeLoop, type BridgeSide } from './bridge-loop';
import { exportVariables, setBridgeTime } from './bridge-parts';
import { signalBridge } from './signal-bridge';
import { transferAfterBridge } from './transfer-after-bridge';
import { waitForAnswer } from './wait-for-answer';

/** What the called leg needs to know when its own thread joins the bridge. */
interface WaitingSide {
  readonly other: Channel;
  readonly side: BridgeSide;
}

const waitingSides = new WeakMap<Channel, WaitingSide>();

/**
 * Connects two legs until one of them goes (switch_ivr_multi_threaded_bridge). The first one waits here; the other one
 * joins in its own state CS_EXCHANGE_MEDIA. Legs without media in the switch are connected by their descriptions.
 *
 * @param onDigit gets the keys of the first one; true ends the bridge
 * @returns whether they were connected
 */
export async function bridge(
  caller: Channel,
  peer: Channel,
  onDigit?: (digit: string) => boolean,
): Promise<boolean> {
  if (caller.has('PROXY_MODE')) return signalBridge(caller, peer);
  exportVariables(caller, peer);
  caller.setFlag('BRIDGE_ORIGINATOR');
  peer.clearFlag('BRIDGE_ORIGINATOR');
  const [callerSide, peerSide] = newSides(onDigit);
  peer.addHandler(PEER);
  if (peer.has('ANSWERED') && !caller.has('ANSWERED')) {
    passCalleeId(peer, caller);
    await answer(caller);
  }
  const isReachable = peer.has('ANSWERED') || peer.has('EARLY_MEDIA') || peer.has('RING_READY');
  const isBridged = isReachable && caller.isReady;
  let isOk = isBridged;
  if (isReachable && !caller.isReady) abortCall(caller, peer);
  if (isBridged) isOk = await connect(caller, peer, callerSide, peerSide);
  if (!isReachable) peer.core.hangUp(peer, 'NO_ANSWER');
  peer.variables.set('call_uuid', peer.uuid);
  if (isBridged) fireBridge(caller, peer, 'CHANNEL_UNBRIDGE');
  await afterBridge(caller, peer, callerSide);
  return isOk;
}

function newSides(onDigit: BridgeSide['onDigit']): [BridgeSide, BridgeSide] {
  const caller = { isClean: false, onDigit };
  const peer = { isClean: false };
  return [Object.assign(caller, { other: peer }), Object.assign(peer, { other: caller })];
}

async function connect(
  caller: Channel,
  peer: Channel,
  callerSide: BridgeSide,
  peerSide: BridgeSide,
): Promise<boolean> {
  if (!peer.has('ARRANGED_BRIDGE')) peer.setState('CS_CONSUME_MEDIA');
  peer.variables.set('call_uuid', caller.uuid);
  setBridgeTime(caller);
  setBridgeTime(peer);
  fireBridge(caller, peer, 'CHANNEL_BRIDGE');
  for (const [leg, other] of [
    [caller, peer],
    [peer, caller],
  ] as const) {
    leg.variables.set('bridge_to', other.uuid);
    leg.variables.set('last_bridge_to', other.uuid);
  }
  const hasSound = caller.hasMedia && (peer.has('ANSWERED') || peer.has('EARLY_MEDIA'));
  if (!hasSound && !(await waitForAnswer(caller, peer))) {
    peer.core.hangUp(peer, 'ALLOTTED_TIMEOUT');
    abortCall(caller, peer);
    return true;
  }
  if (peer.has('ANSWERED') && !caller.has('ANSWERED')) await answer(caller);
  bond(caller, peer);
  waitingSides.set(peer, { other: caller, side: peerSide });
  if (peer.has('ARRANGED_BRIDGE')) peer.clearFlag('ARRANGED_BRIDGE');
  else peer.setState('CS_EXCHANGE_MEDIA');
  await bridgeLoop(caller, peer, callerSide);
  caller.clearFlag('BRIDGE_ORIGINATOR');
  await peer.until(() => peer.state !== 'CS_EXCHANGE_MEDIA');
  if (caller.has('INNER_BRIDGE')) {
    // the peer parks before anybody does something with it
    await turn();
    stayMarked([caller, peer]);
  }
  tellCauses(caller, peer);
  return true;
}

function bond(caller: Channel, peer: Channel): void {
  for (const [leg, other] of [
    [caller, peer],
    [peer, caller],
  ] as const) {
    leg.variables.set('bridge_channel', other.name);
    leg.variables.set('bridge_uuid', other.uuid);
    leg.variables.set('signal_bond', other.uuid);
  }
}

/** A bridge inside of another one is over: the outer one is not. */
function stayMarked(legs: readonly Channel[]): void {
  for (const leg of legs) if (leg.isReadyOutside) leg.setFlag('BRIDGED');
}

function tellCauses(caller: Channel, peer: Channel): void {
  if (caller.hangupCause) peer.variables.set('bridge_hangup_cause', caller.hangupCause);
  if (peer.hangupCause) caller.variables.set('bridge_hangup_cause', peer.hangupCause);
}

function abortCall(caller: Channel, peer: Channel): void {
  peer.core.hangUp(peer, caller.hangupCause ?? 'ORIGINATOR_CANCEL');
}

function fireBridge(caller: Channel, peer: Channel, name: 'CHANNEL_BRIDGE' | 'CHANNEL_UNBRIDGE'): void {
  fire(caller, name, { first: { 'Bridge-A-Unique-ID': caller.uuid, 'Bridge-B-Unique-ID': peer.uuid } });
}

/** What becomes of the first leg when the bridge is over. */
async function afterBridge(caller: Channel, peer: Channel, side: BridgeSide): Promise<void> {
  const isElsewhere = caller.has('TRANSFER') || caller.has('REDIRECT') || caller.has('XFER_ZOMBIE');
  if (!isElsewhere && !side.isClean && !caller.has('INNER_BRIDGE')) await afterPlainBridge(caller, peer);
  if (!caller.has('REDIRECT')) return;
  if (caller.has('RESET')) caller.clearFlag('RESET');
  else if (!['CS_RESET', 'CS_PARK', 'CS_ROUTING', 'CS_EXECUTE'].includes(caller.state)) {
    caller.setState('CS_RESET');
  }
}

async function afterPlainBridge(caller: Channel, peer: Channel): Promise<void> {
  const { variables } = caller;
  const cause = peer.hangupCause ?? 'NORMAL_CLEARING';
  const isAnswered = peer.has('ANSWERED');
  if (!isAnswered) await handleCause(caller, cause);
  const hangup = variables.get('hangup_after_bridge');
  if (hangup?.toLowerCase() === 'explicit') caller.core.hangUp(caller, cause);
  if (!caller.isUp || caller.has('TRANSFER') || !(isAnswered || peer.has('EARLY_MEDIA'))) return;
  const target = variables.get('transfer_after_bridge');
  if (isAnswered && variables.isTrue('park_after_bridge')) {
    parkChannel(caller);
  } else if (isAnswered && target !== undefined) {
    await transferAfterBridge(caller, target);
  } else if (isAnswered && variables.isTrue('hangup_after_bridge')) {
    if (peer.has('INTERCEPTED')) peer.setFlag('INTERCEPT');
    caller.core.hangUp(caller, cause);
  }
}

/** The called leg's half (audio_bridge_on_exchange_media). */
const PEER: StateHandler<Channel> = {
  onRouting: (channel) => {
    channel.setState('CS_CONSUME_MEDIA');
    return false;
  },
  onConsumeMedia: () => false,
  onExchangeMedia: async (channel) => {
    await joinBridge(channel);
    return false;
  },
};

/** Joins the bridge that somebody has arranged for this channel, until it is over. */
export async function joinBridge(channel: Channel): Promise<void> {
  const waiting = waitingSides.get(channel);
  waitingSides.delete(channel);
  if (waiting) await bridgeLoop(channel, waiting.other, waiting.side);
  else channel.core.hangUp(channel, 'DESTINATION_OUT_OF_ORDER');
  channel.clearHandlers(PEER);
  const isElsewhere = channel.has('TRANSFER') || channel.has('REDIRECT') || channel.has('XFER_ZOMBIE');
  const isPlain = channel.state === 'CS_EXCHANGE_MEDIA' && !channel.has('INNER_BRIDGE');
  if (!isElsewhere && waiting && !waiting.side.isClean && isPlain && (await leave(channel))) return;
  if (channel.state === 'CS_EXCHANGE_MEDIA') {
    channel.variables.set('park_timeout', '3');
    channel.setState('CS_PARK');
  }
}

/** @returns whether it is known how the leg goes on */
async function leave(channel: Channel): Promise<boolean> {
  const { variables, core } = channel;
  const target = variables.get('transfer_after_bridge');
  if (variables.isTrue('park_after_bridge')) {
    parkChannel(channel);
    return true;
  }
  if (target !== undefined) {
    await transferAfterBridge(channel, target);
    return true;
  }
  if (channel.has('INTERCEPTED')) {
    channel.clearFlag('INTERCEPT');
    channel.clearFlag('INTERCEPTED');
    return true;
  }
  if (channel.has('INTERCEPT')) core.hangUp(channel, 'PICKED_OFF');
  else if (channel.has('ANSWERED')) core.hangUp(channel, 'NORMAL_CLEARING');
  else if (!(await executeOn(channel, 'execute_on_orphaned_bleg'))) core.hangUp(channel, 'ORIGINATOR_CANCEL');
  return false;
}
