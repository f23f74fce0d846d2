/**
 * What somebody is doing, as far as ringing him is concerned: `free`; `busy` in another call, or rung for another caller;
 * `away`, without a registered phone; `off-duty`, his working day is not open.
 */
export type AgentState = 'free' | 'busy' | 'away' | 'off-duty';

/** Somebody who may be rung. All his phones are one: they ring together, and one talk makes him busy. */
export interface Agent {
  readonly extension: string;
  readonly state: AgentState;
  /** How long he rings when he rings alone; undefined: as long as everybody. */
  readonly seconds?: number;
  /** When his last talk ended, epoch ms; undefined: longer ago than anybody remembers. */
  readonly idleSince?: number;
}
