import type { Channel } from './channel';
import { fire } from './channel-events';

/**
 * A leg that the switch has dialled becomes a caller itself: its own number is the caller's from now on
 * (switch_channel_flip_cid), and everybody is told.
 */
export function flipCallerId(channel: Channel): void {
  const { ownProfile: profile, variables } = channel;
  const isBridged = channel.has('BRIDGED');
  const { callerIdName, callerIdNumber } = profile;
  variables.set('pre_transfer_caller_id_name', callerIdName);
  profile.callerIdName = profile.calleeIdName;
  profile.calleeIdName = isBridged ? '' : callerIdName;
  variables.set('pre_transfer_caller_id_number', callerIdNumber);
  profile.callerIdNumber = profile.calleeIdNumber;
  profile.calleeIdNumber = isBridged ? '' : callerIdNumber;
  variables.set('channel_cid_flipped', 'yes');
  const partner = variables.get('signal_bond');
  fire(channel, 'CALL_UPDATE', {
    first: { Direction: 'RECV', ...(partner !== undefined && { 'Bridged-To': partner }) },
  });
}

/** Before a channel goes through the dial plan: whoever was called so far is the caller now (switch_channel_sort_cid). */
export function sortCallerId(channel: Channel): void {
  if (channel.direction === 'inbound' && channel.has('BLEG')) {
    flipCallerId(channel);
    channel.clearFlag('BLEG');
  } else if (channel.direction === 'outbound' && !channel.has('DIALPLAN')) {
    channel.setFlag('DIALPLAN');
    flipCallerId(channel);
  }
}
