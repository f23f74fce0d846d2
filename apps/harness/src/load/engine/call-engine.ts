import type { TargetSwitch } from '../../world/target-switch';
import type { CallerView } from '../books/call-truth';
import type { Office } from '../plan/office';
import type { PlannedCall } from '../plan/planned-call';

export type EngineName = 'phones' | 'sipp';

/** What an engine has to know before the load begins. */
export interface EngineOptions {
  readonly target: TargetSwitch;
  readonly office: Office;
  readonly plan: readonly PlannedCall[];
  readonly signal?: AbortSignal;
}

/** What makes the calls, both ends of them. All phones of the office are registered when it is open. */
export interface CallEngine {
  readonly name: EngineName;
  /**
   * Places each call in its slot, and resolves when the last is over, or at the deadline: then what is left is hung up.
   *
   * @param withinMs from the beginning
   * @throws the signal's reason
   */
  run(withinMs: number): Promise<void>;
  /** What callers saw, by the client's number; calls that were not placed are missing. */
  views(): ReadonlyMap<string, CallerView>;
  close(): Promise<void>;
}
