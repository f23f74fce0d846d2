import type { ApiCommand } from '../api';
import { AGENT_STATUSES } from '../config';
import { separate } from '../originate';
import { AGENT_STATES, type Agent } from './agents';
import type { CallCenter } from './call-center';
import type { Member } from './member';

const OK = '+OK\n';
const INVALID = '-ERR Invalid!\n';
const NOT_SIMULATED = '-ERR not simulated\n';
const SYSTEM = 'single_box';

/** `callcenter_config`: what agents do, and who waits. Agents, tiers and queues cannot be added here. */
export function callcenterCommands(center: CallCenter): Record<string, ApiCommand> {
  return {
    callcenter_config: (text) => {
      const [section = '', action = '', ...args] = separate(text, ' ');
      if (action === '') return INVALID;
      switch (`${section} ${action}`.toLowerCase()) {
        case 'agent set':
          return args.length < 3 ? INVALID : setAgent(center, args);
        case 'agent get':
          return args.length < 2 ? INVALID : getAgent(center, args);
        case 'agent list':
          return table(listed(center.agents.all, args[0]).map(agentRow));
        case 'queue list':
          return listQueue(center, args);
        case 'queue count':
          return args[0] === 'members' ? `${membersOf(center, args[1]).length}\n` : NOT_SIMULATED;
        default:
          return NOT_SIMULATED;
      }
    },
  };
}

/** Numbers that can be changed, under the names of the command. */
const NUMBERS = {
  max_no_answer: 'maxNoAnswer',
  wrap_up_time: 'wrapUpSeconds',
  reject_delay_time: 'rejectDelaySeconds',
  busy_delay_time: 'busyDelaySeconds',
  no_answer_delay_time: 'noAnswerDelaySeconds',
  ready_time: 'readyAt',
} as const satisfies Record<string, keyof Agent>;

function setAgent(center: CallCenter, [key = '', name = '', value = '']: readonly string[]): string {
  const agent = center.agents.get(name);
  if (!agent) return '-ERR Agent not found!\n';
  const number = NUMBERS[key as keyof typeof NUMBERS] as (typeof NUMBERS)[keyof typeof NUMBERS] | undefined;
  if (number !== undefined) {
    agent[number] = Number.parseInt(value, 10) || 0;
    return OK;
  }
  switch (key) {
    case 'status':
      return setStatus(center, agent, value);
    case 'state': {
      const state = AGENT_STATES.find((each) => each === value);
      if (!state) return '-ERR Invalid Agent State!\n';
      center.agents.setState(agent, state);
      return OK;
    }
    case 'contact':
      agent.contact = value;
      center.tell({
        'CC-Agent': name,
        'CC-Action': 'agent-contact-change',
        'CC-Agent-Contact': value,
      });
      return OK;
    default:
      return '-ERR Invalid Agent Update KEY!\n';
  }
}

/** Who is not available any more stops ringing. */
function setStatus({ agents, members }: CallCenter, agent: Agent, value: string): string {
  const status = AGENT_STATUSES.find((each) => each.toLowerCase() === value.toLowerCase());
  if (!status) return '-ERR Invalid Agent Status!\n';
  if (status !== 'Available') {
    const served = members.all.find(
      ({ servingAgent, state }) => servingAgent === agent.name && state !== 'Answered',
    );
    if (served) members.stopRinging(served, 'ORIGINATOR_CANCEL');
  }
  agents.setStatus(agent, status);
  return OK;
}

function getAgent(center: CallCenter, [key = '', name = '']: readonly string[]): string {
  const agent = center.agents.get(name);
  if (!agent) return '-ERR Agent not found!\n';
  if (key !== 'status' && key !== 'state' && key !== 'uuid') return '-ERR Invalid Agent Update KEY!\n';
  const header = key === 'uuid' ? 'CC-Agent-UUID' : key === 'state' ? 'CC-Agent-State' : 'CC-Agent-Status';
  center.tell({ 'CC-Agent': name, 'CC-Action': `agent-${key}-get`, [header]: agent[key] });
  return agent[key];
}

function listQueue(center: CallCenter, [what = '', queue]: readonly string[]): string {
  switch (what) {
    case 'members':
      return table(membersOf(center, queue).map((member) => memberRow(center, member)));
    case 'agents':
      return table(center.agents.of(queue ?? '').map(({ agent }) => agentRow(agent)));
    default:
      return NOT_SIMULATED;
  }
}

function listed(agents: readonly Agent[], name: string | undefined): readonly Agent[] {
  return name === undefined ? agents : agents.filter((agent) => agent.name === name);
}

function membersOf({ members }: CallCenter, queue: string | undefined): readonly Member[] {
  return members.all.filter((member) => queue === undefined || member.queue.name === queue);
}

type Row = Readonly<Record<string, string | number>>;

function table(rows: readonly Row[]): string {
  const first = rows[0];
  const lines = first ? [Object.keys(first), ...rows.map((row) => Object.values(row))] : [];
  return lines.map((cells) => `${cells.join('|')}\n`).join('') + OK;
}

function agentRow(agent: Agent): Row {
  return {
    name: agent.name,
    instance_id: SYSTEM,
    uuid: agent.uuid,
    type: 'callback',
    contact: agent.contact,
    status: agent.status,
    state: agent.state,
    max_no_answer: agent.maxNoAnswer,
    wrap_up_time: agent.wrapUpSeconds,
    reject_delay_time: agent.rejectDelaySeconds,
    busy_delay_time: agent.busyDelaySeconds,
    no_answer_delay_time: agent.noAnswerDelaySeconds,
    last_bridge_start: agent.lastBridgeStart,
    last_bridge_end: agent.lastBridgeEnd,
    last_offered_call: agent.lastOffered,
    last_status_change: agent.lastStatusChange,
    no_answer_count: agent.noAnswerCount,
    calls_answered: agent.callsAnswered,
    talk_time: agent.talkSeconds,
    ready_time: agent.readyAt,
    external_calls_count: 0,
  };
}

function memberRow(center: CallCenter, member: Member): Row {
  const { channel, queue, state, servingAgent } = member;
  return {
    queue: queue.name,
    instance_id: SYSTEM,
    uuid: member.uuid,
    session_uuid: state === 'Abandoned' ? '' : channel.uuid,
    cid_number: member.callerNumber,
    cid_name: member.callerName,
    system_epoch: Math.floor(channel.profile.times.answered / 1_000_000),
    joined_epoch: member.joinedAt,
    rejoined_epoch: 0,
    bridge_epoch: member.bridgedAt,
    abandoned_epoch: member.abandonedAt,
    base_score: member.baseScore,
    skill_score: 0,
    serving_agent: servingAgent,
    serving_system: servingAgent === '' ? '' : SYSTEM,
    state,
    score: center.now() - member.joinedAt + member.baseScore,
  };
}
