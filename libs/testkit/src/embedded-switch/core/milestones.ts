import { fire } from './channel-events';
import type { Channel } from './channel';
import { CALL_STATES, type CallState } from './channel-states';
import { executeOn } from './execute-on';

/** Changes what a person would say of the call; HANGUP is the end of it. */
export function setCallState(channel: Channel, callState: CallState): void {
  const before = channel.callState;
  if (before === callState || before === 'HANGUP') return;
  channel.callState = callState;
  fire(channel, 'CHANNEL_CALLSTATE', {
    first: {
      'Original-Channel-Call-State': before,
      'Channel-Call-State-Number': String(CALL_STATES.indexOf(callState)),
    },
  });
  channel.poke();
}

/** The far end rings (switch_channel_perform_mark_ring_ready_value). */
export async function markRinging(channel: Channel): Promise<void> {
  if (channel.has('RING_READY') || channel.has('ANSWERED')) return;
  channel.setFlag('RING_READY');
  const { times, originator } = channel.profile;
  if (times.progress === 0) {
    times.progress = channel.core.nowUs();
    shareWithOriginator(channel, (other) => (other.progress ||= times.progress));
    if (originator) originator.times.progress = times.progress;
  }
  fire(channel, 'CHANNEL_PROGRESS');
  await executeOn(channel, 'execute_on_ring');
  setCallState(channel, 'RINGING');
}

/** There is sound before the answer (switch_channel_perform_mark_pre_answered). */
export async function markEarlyMedia(channel: Channel): Promise<void> {
  if (channel.has('EARLY_MEDIA') || channel.has('ANSWERED')) return;
  channel.setFlag('EARLY_MEDIA');
  channel.variables.set('endpoint_disposition', 'EARLY MEDIA');
  const { times, originator } = channel.profile;
  times.progressMedia = channel.core.nowUs();
  shareWithOriginator(channel, (other) => (other.progressMedia = times.progressMedia));
  if (originator) originator.times.progressMedia = times.progressMedia;
  fire(channel, 'CHANNEL_PROGRESS_MEDIA');
  await executeOn(channel, 'execute_on_pre_answer');
  await executeOn(channel, 'execute_on_media');
  setCallState(channel, 'EARLY');
}

/** The far end has answered (switch_channel_perform_mark_answered). */
export async function markAnswered(channel: Channel): Promise<void> {
  if (!channel.isUp || channel.hangupCause !== undefined || channel.has('ANSWERED')) return;
  channel.profile.times.answered = channel.core.nowUs();
  channel.setFlag('ANSWERED');
  fire(channel, 'CHANNEL_ANSWER');
  channel.variables.set('endpoint_disposition', 'ANSWER');
  await executeOn(channel, 'execute_on_answer');
  if (!channel.has('EARLY_MEDIA')) await executeOn(channel, 'execute_on_media');
  setCallState(channel, 'ACTIVE');
}

/** Rings back to who called: 180 (switch_channel_ring_ready). */
export async function ringReady(channel: Channel): Promise<void> {
  if (!channel.isUp || channel.has('ANSWERED') || channel.has('EARLY_MEDIA')) return;
  if (channel.direction === 'inbound') channel.endpoint.ring();
  await markRinging(channel);
}

/** Gives media to who called, before the answer: 183. @returns false when that failed; the channel is then hung up */
export async function preAnswer(channel: Channel): Promise<boolean> {
  if (!channel.isUp) return false;
  if (channel.has('ANSWERED') || channel.has('EARLY_MEDIA')) return true;
  if (channel.direction === 'inbound' && !(await channel.endpoint.progress())) {
    channel.core.hangUp(channel, 'INCOMPATIBLE_DESTINATION');
    return false;
  }
  await markEarlyMedia(channel);
  return true;
}

/** Answers who called: 200. @returns false when that failed; the channel is then hung up */
export async function answer(channel: Channel): Promise<boolean> {
  if (channel.direction === 'outbound') return true;
  if (!channel.isUp) return false;
  if (channel.has('ANSWERED')) return true;
  if (!(await channel.endpoint.answer())) {
    channel.core.hangUp(channel, 'INCOMPATIBLE_DESTINATION');
    return false;
  }
  await markAnswered(channel);
  return true;
}

function shareWithOriginator(channel: Channel, change: (times: Channel['profile']['times']) => void): void {
  const originator = channel.profile.originator && channel.core.locate(channel.profile.originator.uuid);
  if (originator && originator.profiles.length > 0) change(originator.profile.times);
}
