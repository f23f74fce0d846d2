import type { App } from '../apps/application-parts';
import { answer, fireCustom, type Channel } from '../core';
import { dequeueDtmf, playFile, stopBroadcast, untilWithErrands } from '../ivr';
import { separate } from '../originate';
import type { CallCenter } from './call-center';
import { Member } from './member';
import { watchPatience } from './patience';

const SUBCLASS = 'callcenter::info';

/**
 * `callcenter support@domain`: waits with music until an agent takes the caller out of here (then the dial plan is over),
 * he gives up, or has to leave (then it goes on). callcenter_function in mod_callcenter.c.
 */
export function callcenterApp(center: CallCenter): App {
  return {
    name: 'callcenter',
    needsMedia: true,
    run: async (channel, data) => {
      const [name = ''] = separate(data, ' ');
      const queue = center.queue(name);
      if (!queue) return;
      await answer(channel);
      const { variables } = channel;
      const answeredAt = Math.floor(channel.profile.times.answered / 1_000_000);
      const before = queue.countsTimeBefore ? center.now() - answeredAt : 0;
      const score = before + (Number.parseInt(variables.get('cc_base_score') ?? '', 10) || 0);
      const member = new Member(channel, queue, center.now(), score);
      enter(center, member);
      const endWatch = watchPatience(center, member);
      await wait(member);
      endWatch();
      leave(center, member);
    },
  };
}

function enter(center: CallCenter, member: Member): void {
  const { channel, queue, uuid, headers } = member;
  member.set('cc_side', 'member');
  member.set('cc_member_uuid', uuid);
  member.set('cc_agent_found', undefined);
  member.set('cc_agent_bridged', undefined);
  member.set('cc_queue_joined_epoch', String(member.joinedAt));
  member.set('cc_queue', queue.name);
  fireCustom(channel, SUBCLASS, {
    'CC-Queue': queue.name,
    'CC-Action': 'member-queue-start',
    ...headers,
  });
  center.join(member);
  center.members.count(queue.name);
}

/** Music, again and again; without any that can be played: silence. */
async function wait(member: Member): Promise<void> {
  const { channel, queue } = member;
  const named = channel.variables.get('cc_moh_override') ?? queue.mohSound;
  let music = named === undefined ? undefined : channel.core.expand(channel, named);
  while (channel.isReady && !channel.variables.isTrue('cc_agent_bridged') && !member.reason) {
    if (music === undefined) await listenInSilence(member);
    else {
      const end = await playFile(channel, music, { onDigit: (digit) => isExit(member, digit) });
      if (end === 'failed') music = undefined;
    }
  }
}

async function listenInSilence(member: Member): Promise<void> {
  const { channel } = member;
  const isOver = (): boolean => !channel.isReady || channel.has('BREAK');
  await untilWithErrands(channel, () => isOver() || channel.pressed.length > 0);
  channel.clearFlag('BREAK');
  const digit = dequeueDtmf(channel);
  if (digit !== undefined) isExit(member, digit);
}

/** Keys with which a caller leaves by himself (cc_exit_keys). */
function isExit(member: Member, digit: string): boolean {
  if (!member.channel.variables.get('cc_exit_keys')?.includes(digit)) return false;
  member.set('cc_exit_key', digit);
  member.reason = 'EXIT_WITH_KEY';
  return true;
}

function leave(center: CallCenter, member: Member): void {
  const { channel, queue } = member;
  stopBroadcast(channel);
  if (!channel.variables.isTrue('cc_agent_found')) member.reason ??= 'BREAK_OUT';
  member.set('cc_agent_found', undefined);
  if (!channel.isUp || member.reason) cancel(center, member, channel);
  else member.set('cc_cause', 'answered');
  center.members.count(queue.name);
}

/** Nobody has taken him: phones that ring for him stop. */
function cancel(center: CallCenter, member: Member, channel: Channel): void {
  const now = center.now();
  const reason = member.reason ?? 'NONE';
  member.abandon(now);
  center.members.stopRinging(member, 'ORIGINATOR_CANCEL');
  fireCustom(channel, SUBCLASS, {
    'CC-Queue': member.queue.name,
    'CC-Action': 'member-queue-end',
    'CC-Member-Leaving-Time': String(now),
    'CC-Member-Joined-Time': String(member.joinedAt),
    'CC-Cause': 'Cancel',
    'CC-Cancel-Reason': reason,
    ...member.headers,
  });
  member.set('cc_queue_canceled_epoch', String(now));
  member.set('cc_cause', 'cancel');
  member.set('cc_cancel_reason', reason);
}
