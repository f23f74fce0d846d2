import type { Channel } from '../core';

/** Gives what a leg is called to the leg that called it (switch_channel_pass_callee_id). */
export function passCalleeId(from: Channel, to: Channel): void {
  const { calleeIdName, calleeIdNumber } = from.ownProfile;
  if (calleeIdName !== '') to.ownProfile.calleeIdName = calleeIdName;
  if (calleeIdNumber !== '') to.ownProfile.calleeIdNumber = calleeIdNumber;
}

/** Caller and callee change places (switch_channel_invert_cid). */
export function invertCallerId(channel: Channel): void {
  const { profile } = channel;
  const { callerIdName, callerIdNumber } = profile;
  profile.callerIdName = profile.calleeIdName || 'Unknown';
  profile.callerIdNumber = profile.calleeIdNumber || 'Unknown';
  profile.calleeIdName = callerIdName;
  profile.calleeIdNumber = callerIdNumber;
}
