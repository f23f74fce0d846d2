import { fire, type Channel, type StateHandler } from '../../core';
import { handleCause } from '../handle-cause';
import { parkChannel } from '../park';
import { displayCalled, displayCaller } from './bridge-loop';
import { exportVariables, setBridgeTime } from './bridge-parts';
import { transferAfterBridge } from './transfer-after-bridge';

/**
 * Connects two legs whose sound does not pass the switch (switch_ivr_signal_bridge): their descriptions have been
 * exchanged, both go to CS_HIBERNATE. The application ends at once, the bridge lasts until one of them goes.
 */
export function signalBridge(caller: Channel, peer: Channel): boolean {
  if (!peer.isUp) {
    caller.core.hangUp(caller, peer.hangupCause ?? 'NORMAL_CLEARING');
    return false;
  }
  if (!caller.isUp) {
    peer.core.hangUp(peer, 'ORIGINATOR_CANCEL');
    return false;
  }
  exportVariables(caller, peer);
  caller.variables.set('signal_bridge_to', peer.uuid);
  peer.variables.set('signal_bridge_to', caller.uuid);
  peer.variables.set('call_uuid', caller.uuid);
  caller.setFlag('BRIDGE_ORIGINATOR');
  peer.clearFlag('BRIDGE_ORIGINATOR');
  for (const leg of [caller, peer]) {
    leg.clearHandlers();
    leg.addHandler(SIGNAL_BRIDGE);
    leg.variables.set('signal_bridge', 'true');
  }
  announce(caller, peer);
  announce(peer, caller);
  // the other one follows when this one has got there
  caller.setState('CS_HIBERNATE');
  return true;
}

function announce(leg: Channel, other: Channel): void {
  fire(leg, 'CHANNEL_EXECUTE', { last: { Application: 'signal_bridge', 'Application-Data': other.uuid } });
}

const SIGNAL_BRIDGE: StateHandler<Channel> = {
  onHibernate: (channel) => {
    join(channel);
    return true;
  },
  onHangup: async (channel) => {
    await part(channel);
    return true;
  },
};

function join(channel: Channel): void {
  const { variables } = channel;
  const other = variables.get('signal_bridge_to');
  const isOriginator = channel.has('BRIDGE_ORIGINATOR');
  const peer = isOriginator ? channel.core.locate(other ?? '') : undefined;
  tellWhenOver(channel);
  if (peer) displayCalled(channel, peer);
  variables.set('bridge_to', other);
  variables.set('last_bridge_to', other);
  setBridgeTime(channel);
  if (!isOriginator || other === undefined) return;
  if (peer) {
    setBridgeTime(peer);
    displayCaller(channel, peer);
  }
  fire(channel, 'CHANNEL_BRIDGE', {
    first: { 'Bridge-A-Unique-ID': channel.uuid, 'Bridge-B-Unique-ID': other },
  });
  peer?.setState('CS_HIBERNATE');
}

/** The bridge is over with the next state, whatever it is. */
function tellWhenOver(channel: Channel): void {
  const stop = channel.signal.on(() => {
    if (channel.state === 'CS_HIBERNATE') return;
    stop();
    tellEnd(channel);
  });
}

/** Without the ids of the two: that is how a real switch tells it (bypass-media-answered). */
function tellEnd(channel: Channel): void {
  if (!channel.has('BRIDGE_ORIGINATOR')) return;
  channel.clearFlag('BRIDGE_ORIGINATOR');
  fire(channel, 'CHANNEL_UNBRIDGE');
}

async function part(channel: Channel): Promise<void> {
  const { variables, core } = channel;
  const uuid = variables.get('signal_bridge_to');
  variables.delete('signal_bridge_to');
  variables.delete('bridge_to');
  const other = uuid === undefined ? undefined : core.locate(uuid);
  if (!other || other.variables.get('signal_bridge_to') !== channel.uuid) return;
  other.variables.delete('signal_bridge_to');
  other.variables.delete('bridge_to');
  other.variables.set('call_uuid', other.uuid);
  if (other.isUp) await letOtherGo(channel, other);
}

async function letOtherGo(channel: Channel, other: Channel): Promise<void> {
  const { variables, core } = other;
  const target = variables.get('transfer_after_bridge');
  const cause = channel.hangupCause ?? 'NORMAL_CLEARING';
  if (variables.isTrue('park_after_bridge')) {
    parkChannel(other);
  } else if (target !== undefined) {
    await transferAfterBridge(other, target);
  } else if (!other.has('BRIDGE_ORIGINATOR')) {
    core.hangUp(other, cause);
  } else if (channel.has('ANSWERED') && variables.isTrue('hangup_after_bridge')) {
    core.hangUp(other, cause);
  } else {
    if (!channel.has('ANSWERED')) await handleCause(other, cause);
    other.setState('CS_EXECUTE');
  }
}
