import { fire, flipCallerId, type Channel, type StateHandler } from '../../core';
import { stopBroadcast } from '../stop-broadcast';
import { invertCallerId } from '../caller-id';
import { parkChannel } from '../park';
import { cloneForPartner } from './profiles-of-legs';
import { bridge } from './media-bridge';
import { transferAfterBridge } from './transfer-after-bridge';
import { waitForAnswer } from './wait-for-answer';

/** How long the two legs wait for one another. */
const PATIENCE_MS = 20_000;

/**
 * Takes two legs out of whatever they do and connects them (switch_ivr_uuid_bridge): `uuid_bridge`, attended transfers,
 * pickup, retrieving a parked call. Both go through CS_HIBERNATE and CS_RESET; the first one then bridges.
 *
 * @returns false when that is not possible
 */
export function uuidBridge(first: Channel, second: Channel): boolean {
  if (!first.isUp) return false;
  const [originator, originatee] =
    first.has('ANSWERED') || first.hasMedia ? [first, second] : [second, first];
  if (!originator.has('ANSWERED') && !originator.has('EARLY_MEDIA')) return false;
  if (first.direction === 'outbound' && !first.has('DIALPLAN')) {
    flipCallerId(first);
    first.setFlag('DIALPLAN');
  }
  if (originatee.direction === 'outbound' && originatee.has('DIALPLAN')) originatee.clearFlag('DIALPLAN');
  originator.setFlag('REDIRECT');
  originatee.setFlag('REDIRECT');
  originator.variables.set('uuid_bridge', originatee.uuid);
  bondLegs(originator, originatee);
  swapDisplays(originator, originatee);
  describe(originator, originatee);
  for (const leg of [originator, originatee]) detach(leg);
  originator.setStateFlag('UUID_BRIDGE_ORIGINATOR');
  for (const leg of [originator, originatee]) {
    leg.setState(leg.state === 'CS_HIBERNATE' ? 'CS_CONSUME_MEDIA' : 'CS_HIBERNATE');
  }
  return true;
}

function bondLegs(originator: Channel, originatee: Channel): void {
  for (const [leg, other] of [
    [originator, originatee],
    [originatee, originator],
  ] as const) {
    leg.variables.set('bridge_channel', other.name);
    leg.variables.set('bridge_uuid', other.uuid);
    leg.variables.set('signal_bond', other.uuid);
  }
}

/** Who is caller and who is called may have to change places (switch_channel_outbound_display and inbound_display). */
function swapDisplays(originator: Channel, originatee: Channel): void {
  if (isCalled(originator)) {
    invertCallerId(originator);
    if (originator.direction === 'inbound') originatee.clearFlag('BLEG');
  }
  if (!isCalled(originatee)) {
    invertCallerId(originatee);
    if (originatee.direction === 'inbound') originatee.setFlag('BLEG');
  }
}

/** Whether the leg is seen as one that was called. */
function isCalled(leg: Channel): boolean {
  if (leg.direction === 'inbound') return leg.has('BLEG');
  return !leg.has('DIALPLAN');
}

/** New profiles, with one another in them. */
function describe(originator: Channel, originatee: Channel): void {
  for (const leg of [originatee, originator]) {
    const { destinationNumber, callerIdName, callerIdNumber } = leg.profile;
    leg.variables.set('original_destination_number', destinationNumber);
    leg.variables.set('original_caller_id_name', callerIdName);
    leg.variables.set('original_caller_id_number', callerIdNumber);
    // of the channel itself, not of an extension that it executes
    leg.huntProfile = undefined;
    leg.stepProfile();
  }
  originatee.setPartnerProfile('originator', cloneForPartner(originator.profile, 'originator'));
  originator.setPartnerProfile('originatee', cloneForPartner(originatee.profile, 'originatee'));
  originator.profile.calleeIdName = originatee.profile.calleeIdName;
  originator.profile.calleeIdNumber = originatee.profile.calleeIdNumber;
  originatee.profile.callerIdName = originator.profile.callerIdName;
  originatee.profile.callerIdNumber = originator.profile.callerIdNumber;
  noteTransfer(originator, originatee);
  noteTransfer(originatee, originator);
}

function noteTransfer(leg: Channel, other: Channel): void {
  const epoch = Math.floor(leg.core.clock.now() / 1000);
  const source = `${epoch}:${leg.profile.id}:uuid_br:${other.uuid}`;
  leg.profile.transferSource = source;
  leg.variables.push('transfer_history', source);
  leg.variables.set('transfer_source', source);
}

/** Frees a leg from what it is doing. */
function detach(leg: Channel): void {
  stopBroadcast(leg);
  leg.setFlag('TRANSFER');
  leg.clearFlag('ORIGINATING');
  leg.clearHandlers();
  leg.clearFlag('UUID_BRIDGE_ORIGINATOR');
  leg.addHandler(UUID_BRIDGE);
}

const UUID_BRIDGE: StateHandler<Channel> = {
  onConsumeMedia: hibernate,
  onHibernate: hibernate,
  onReset: (channel) => {
    channel.clearFlag('ORIGINATING');
    if (channel.has('UUID_BRIDGE_ORIGINATOR')) channel.setState('CS_SOFT_EXECUTE');
    return true;
  },
  onSoftExecute: async (channel) => {
    channel.clearHandlers(UUID_BRIDGE);
    if (!channel.has('UUID_BRIDGE_ORIGINATOR')) return true;
    await meet(channel);
    channel.clearFlag('UUID_BRIDGE_ORIGINATOR');
    return false;
  },
};

function hibernate(channel: Channel): boolean {
  channel.setState('CS_RESET');
  return false;
}

async function meet(channel: Channel): Promise<void> {
  const uuid = channel.variables.get('uuid_bridge');
  const other = uuid === undefined ? undefined : channel.core.locate(uuid);
  if (!other) {
    await goOnAlone(channel);
    return;
  }
  channel.variables.delete('uuid_bridge');
  if (!(await waitForOther(channel, other))) return;
  if (!(await waitForAnswer(channel, other))) {
    if (!channel.has('TRANSFER')) channel.core.hangUp(channel, 'ORIGINATOR_CANCEL');
    return;
  }
  announce(channel, other);
  announce(other, channel);
  await bridge(channel, other);
  const isElsewhere = channel.has('TRANSFER') || channel.has('REDIRECT');
  if (isElsewhere || !channel.isUp || channel.state === 'CS_ROUTING' || channel.state === 'CS_PARK') return;
  channel.setState('CS_EXECUTE');
}

/** The other leg comes to CS_RESET by its own thread, and from there to CS_SOFT_EXECUTE. */
async function waitForOther(channel: Channel, other: Channel): Promise<boolean> {
  const hasArrived = (): boolean =>
    other.runningState === 'CS_SOFT_EXECUTE' && other.state === 'CS_SOFT_EXECUTE';
  const isOver = (): boolean => !other.isUp || !channel.isUp;
  const canGoOn = (): boolean => other.runningState === 'CS_RESET' && other.state === 'CS_RESET';
  await channel.until(() => canGoOn() || hasArrived() || isOver(), PATIENCE_MS, [other]);
  if (canGoOn() && !isOver()) other.setState('CS_SOFT_EXECUTE');
  await channel.until(() => hasArrived() || isOver(), PATIENCE_MS, [other]);
  if (hasArrived() && channel.isUp) return true;
  channel.core.hangUp(channel, 'DESTINATION_OUT_OF_ORDER');
  other.core.hangUp(other, 'DESTINATION_OUT_OF_ORDER');
  return false;
}

async function goOnAlone(channel: Channel): Promise<void> {
  const target = channel.variables.get('transfer_after_bridge');
  if (channel.variables.isTrue('park_after_bridge')) parkChannel(channel);
  else if (target !== undefined) await transferAfterBridge(channel, target);
  else channel.core.hangUp(channel, 'DESTINATION_OUT_OF_ORDER');
}

function announce(leg: Channel, other: Channel): void {
  fire(leg, 'CHANNEL_EXECUTE', { last: { Application: 'uuid_bridge', 'Application-Data': other.uuid } });
}
