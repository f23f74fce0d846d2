import type { Channel } from '../core';
import type { Lines } from './lines';
import { MANUAL, talkTime, tell } from './tell';

const tracked = new WeakMap<Channel, () => void>();

/**
 * A member has a call beside the lines, as `fifo_track_call ID` says, or after a talk when his phone is still on: he is not
 * called until it is over.
 */
export function track(lines: Lines, channel: Channel, id: string): void {
  if (tracked.has(channel)) return;
  channel.variables.set('fifo_outbound_uuid', id);
  channel.variables.set('fifo_track_call', 'true');
  lines.talking.add(id);
  lines.use(id, 1);
  for (const member of lines.members(id)) member.beginTalk();
  const { direction, profile } = channel;
  const isInbound = direction === 'inbound';
  tell(channel, MANUAL, 'channel-consumer-start', {
    'FIFO-Consumer-Outbound-ID': id,
    'FIFO-Consumer-Use-Count': String(lines.uses(id)),
    'FIFO-Type': 'manual',
    'FIFO-Caller-CID-Name': isInbound ? profile.destinationNumber : profile.callerIdName,
    'FIFO-Caller-CID-Number': isInbound ? profile.destinationNumber : profile.callerIdNumber,
  });
  const stop = channel.signal.on(() => {
    if (channel.runningState !== 'CS_HANGUP') return;
    untrack(lines, channel);
    tell(channel, MANUAL, 'channel-consumer-stop', {
      'FIFO-Type': 'manual',
      'FIFO-Consumer-Outbound-ID': id,
      'FIFO-Consumer-Use-Count': String(lines.uses(id)),
      ...talkTime('Consumer', channel, channel.profile),
    });
  });
  tracked.set(channel, stop);
}

/** It is over, or he takes callers again. */
export function untrack(lines: Lines, channel: Channel): void {
  const stop = tracked.get(channel);
  const id = channel.variables.get('fifo_outbound_uuid');
  if (!stop || id === undefined) return;
  stop();
  tracked.delete(channel);
  lines.talking.delete(id);
  lines.use(id, -1);
  const now = Math.floor(channel.core.clock.now() / 1000);
  for (const member of lines.members(id)) member.endTalk(now);
}
