import type { CallCenter } from './call-center';
import type { CancelReason, Member } from './member';

const LOOK_MS = 500;

/**
 * Sends a member away who has waited too long (cc_member_thread_run in mod_callcenter.c): not while a phone rings for
 * him. The function returned ends that.
 */
export function watchPatience(center: CallCenter, member: Member): () => void {
  const watch = { isOn: true };
  watchMember(center, member, watch).catch((error: unknown) => center.core.failed(error));
  return () => {
    watch.isOn = false;
    member.channel.poke();
  };
}

async function watchMember(center: CallCenter, member: Member, watch: { isOn: boolean }): Promise<void> {
  const { channel, queue, joinedAt } = member;
  const isOver = (): boolean => !watch.isOn || !channel.isReadyOutside || !center.members.isPresent(member);
  while (!isOver()) {
    if (queue.maxWaitSeconds > 0 && queue.maxWaitSeconds <= center.now() - joinedAt) {
      await channel.until(() => !member.isConnecting || isOver());
      if (!isOver() && !channel.has('BRIDGED')) leave(member, 'TIMEOUT');
    }
    if (hasNobody(center, member)) leave(member, 'NO_AGENT_TIMEOUT');
    await channel.until(isOver, LOOK_MS);
  }
}

/** Nobody works for the queue; who is on a break still does. */
function hasNobody(center: CallCenter, { queue, joinedAt }: Member): boolean {
  const { maxSecondsWithoutAgent, graceSecondsWithoutAgent } = queue;
  const { lookedAt, foundAt } = center.checkOf(queue);
  if (maxSecondsWithoutAgent === 0 || lookedAt <= foundAt || joinedAt > lookedAt) return false;
  if (lookedAt - foundAt < maxSecondsWithoutAgent) return false;
  const grace = graceSecondsWithoutAgent > 0 ? graceSecondsWithoutAgent + maxSecondsWithoutAgent : 0;
  return lookedAt - joinedAt >= grace;
}

function leave(member: Member, reason: CancelReason): void {
  member.reason = reason;
  member.channel.setFlag('BREAK');
}
