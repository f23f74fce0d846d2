import type { Channel } from '../../core';

/** The moment of the bridge (switch_channel_set_bridge_time). */
export function setBridgeTime(channel: Channel): void {
  channel.profile.times.bridged = channel.core.nowUs();
}

/** What both legs are given of one another (check_bridge_export). */
export function exportVariables(caller: Channel, peer: Channel): void {
  caller.profile.calleeIdName = peer.profile.calleeIdName;
  caller.profile.calleeIdNumber = peer.profile.calleeIdNumber;
  exportTo(peer, caller);
  exportTo(caller, peer);
}

function exportTo(from: Channel, to: Channel): void {
  const names = from.variables.get('bridge_export_vars');
  if (names === undefined) return;
  to.variables.set('bridge_export_vars', names);
  for (const name of names.split(',')) {
    const value = from.variables.get(name);
    if (value !== undefined) to.variables.set(name, value);
  }
}
