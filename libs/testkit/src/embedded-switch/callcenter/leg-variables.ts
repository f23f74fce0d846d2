import type { Agent } from './agents';
import type { Member } from './member';

/** What the agent's leg is given: nothing else links it with the member. */
export function legVariables(member: Member, agent: Agent): Map<string, string> {
  const { channel, uuid, queue } = member;
  const own = (name: string): string | undefined => channel.variables.get(name);
  const name = own('effective_caller_id_name') ?? member.callerName;
  const variables = new Map([
    ['cc_queue', queue.name],
    ['cc_queue_joined_epoch', String(member.joinedAt)],
    ['cc_member_uuid', uuid],
    ['cc_member_session_uuid', channel.uuid],
    ['cc_member_pre_answer_uuid', uuid],
    ['cc_agent', agent.name],
    ['cc_agent_type', 'callback'],
    ['cc_side', 'agent'],
    ['loopback_bowout', 'false'],
    ['loopback_bowout_on_execute', 'false'],
    ['ignore_early_media', 'true'],
    ['origination_caller_id_name', `${own('cc_outbound_cid_name_prefix') ?? ''}${name}`],
    ['origination_caller_id_number', own('effective_caller_id_number') ?? member.callerNumber],
  ]);
  for (const exported of own('cc_export_vars')?.split(',') ?? []) {
    const value = own(exported);
    if (value !== undefined) variables.set(exported, value);
  }
  return variables;
}
