import type { EventRecord } from '../../captured-calls/captured-event';
import type { AgentSettings, AgentStatus, CallcenterSettings, TierSettings } from '../config';

export type AgentState = 'Waiting' | 'Receiving' | 'In a queue call' | 'Idle' | 'Reserved';
export const AGENT_STATES: readonly AgentState[] = [
  'Waiting',
  'Receiving',
  'In a queue call',
  'Idle',
  'Reserved',
];

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** An agent: what is configured, which commands may change, and what has happened since. Moments are epoch seconds. */
export interface Agent extends Changeable<AgentSettings> {
  state: AgentState;
  /** The leg of his present talk. */
  uuid: string;
  lastBridgeStart: number;
  lastBridgeEnd: number;
  lastOffered: number;
  lastStatusChange: number;
  /** Calls that he missed one after the other. */
  noAnswerCount: number;
  callsAnswered: number;
  talkSeconds: number;
  /** He is left alone until then. */
  readyAt: number;
}

/** An agent who works for a queue, and where he stands there. */
export interface Candidate {
  readonly agent: Agent;
  readonly tier: TierSettings;
}

/** All agents, and for which queues they work (tables agents and tiers of mod_callcenter.c). */
export class Agents {
  readonly #agents: ReadonlyMap<string, Agent>;

  /**
   * @param now epoch seconds
   * @param tell gets callcenter::info
   */
  constructor(
    private readonly settings: CallcenterSettings,
    private readonly now: () => number,
    private readonly tell: (headers: EventRecord) => void,
  ) {
    this.#agents = new Map(settings.agents.map((agent) => [agent.name, newAgent(agent)]));
  }

  get all(): readonly Agent[] {
    return [...this.#agents.values()];
  }

  get(name: string): Agent | undefined {
    return this.#agents.get(name);
  }

  /** Who works for a queue, logged in or not. */
  of(queue: string): Candidate[] {
    return this.settings.tiers.flatMap((tier) => {
      const agent = this.#agents.get(tier.agent);
      return tier.queue === queue && agent ? [{ agent, tier }] : [];
    });
  }

  /** Who comes back from wherever begins anew: his counts do not. */
  setStatus(agent: Agent, status: AgentStatus): void {
    if (status === 'Available' && agent.status !== status) {
      Object.assign(agent, { talkSeconds: 0, callsAnswered: 0, noAnswerCount: 0 });
    }
    if (status !== 'Available' || agent.status !== status) agent.lastStatusChange = this.now();
    agent.status = status;
    this.tell({ 'CC-Agent': agent.name, 'CC-Action': 'agent-status-change', 'CC-Agent-Status': status });
  }

  setState(agent: Agent, state: AgentState): void {
    agent.state = state;
    if (state === 'Receiving') agent.lastOffered = this.now();
    this.tell({ 'CC-Agent': agent.name, 'CC-Action': 'agent-state-change', 'CC-Agent-State': state });
  }

  /** Whether a call may be offered to him now. */
  isFree({ state, status, lastBridgeEnd, wrapUpSeconds, readyAt }: Agent): boolean {
    const now = this.now();
    return (
      state === 'Waiting' && status !== 'On Break' && lastBridgeEnd < now - wrapUpSeconds && readyAt <= now
    );
  }
}

function newAgent(settings: AgentSettings): Agent {
  return {
    ...settings,
    state: 'Waiting',
    uuid: '',
    lastBridgeStart: 0,
    lastBridgeEnd: 0,
    lastOffered: 0,
    lastStatusChange: 0,
    noAnswerCount: 0,
    callsAnswered: 0,
    talkSeconds: 0,
    readyAt: 0,
  };
}
