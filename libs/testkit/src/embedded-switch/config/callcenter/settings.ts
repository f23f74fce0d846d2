/** In which order the agents of a queue are asked. */
export const STRATEGIES = [
  'ring-all',
  'longest-idle-agent',
  'round-robin',
  'top-down',
  'agent-with-least-talk-time',
  'agent-with-fewest-calls',
  'sequentially-by-agent-order',
  'random',
] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const AGENT_STATUSES = ['Logged Out', 'Available', 'Available (On Demand)', 'On Break'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

export interface QueueSettings {
  readonly name: string;
  readonly strategy: Strategy;
  /** What members hear; variables of theirs are expanded. undefined = nothing. */
  readonly mohSound: string | undefined;
  /** Where a talk is recorded; variables of the member are expanded. */
  readonly recordTemplate: string | undefined;
  /** Whether the time before the queue counts as time in the queue (time-base-score "system"). */
  readonly countsTimeBefore: boolean;
  readonly tierRules: {
    readonly areApplied: boolean;
    readonly waitSeconds: number;
    readonly multipliesByLevel: boolean;
    readonly skipsEmptyTiers: boolean;
  };
  /** 0 = as long as it takes. */
  readonly maxWaitSeconds: number;
  readonly maxSecondsWithoutAgent: number;
  readonly graceSecondsWithoutAgent: number;
  /** What becomes of an agent who did not answer too often. */
  readonly noAnswerStatus: AgentStatus;
}

export interface AgentSettings {
  readonly name: string;
  /** A dial string; variables of the member are expanded. */
  readonly contact: string;
  readonly status: AgentStatus;
  /** How many calls may be missed one after the other; 0 = any number. */
  readonly maxNoAnswer: number;
  readonly wrapUpSeconds: number;
  readonly rejectDelaySeconds: number;
  readonly busyDelaySeconds: number;
  readonly noAnswerDelaySeconds: number;
}

/** An agent works for a queue. */
export interface TierSettings {
  readonly queue: string;
  readonly agent: string;
  readonly level: number;
  readonly position: number;
}

/** mod_callcenter. */
export interface CallcenterSettings {
  /** How long a contact rings that does not say it. */
  readonly originateSeconds: number;
  readonly queues: readonly QueueSettings[];
  readonly agents: readonly AgentSettings[];
  readonly tiers: readonly TierSettings[];
}

/** What counts where the configuration is silent (queue_set_config in mod_callcenter.c). */
export const USUAL_QUEUE: Omit<QueueSettings, 'name'> = {
  strategy: 'longest-idle-agent',
  mohSound: undefined,
  recordTemplate: undefined,
  countsTimeBefore: false,
  tierRules: { areApplied: false, waitSeconds: 0, multipliesByLevel: false, skipsEmptyTiers: true },
  maxWaitSeconds: 0,
  maxSecondsWithoutAgent: 0,
  graceSecondsWithoutAgent: 5,
  noAnswerStatus: 'On Break',
};

export const USUAL_AGENT: Omit<AgentSettings, 'name' | 'contact'> = {
  status: 'Logged Out',
  maxNoAnswer: 0,
  wrapUpSeconds: 0,
  rejectDelaySeconds: 0,
  busyDelaySeconds: 0,
  noAnswerDelaySeconds: 0,
};
