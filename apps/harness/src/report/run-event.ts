import type { OutcomeKind, StepRecord, TargetRecord } from './run-record';
import type { Totals } from './totals';

/** What happens while a run goes on, for everything that shows or streams it. `at` is ISO 8601, UTC. */
export type RunEvent =
  | {
      readonly event: 'run-started';
      readonly at: string;
      readonly suite: string;
      readonly target: TargetRecord;
      /** How many scenarios there will be. */
      readonly scenarios: number;
      /** How many of them at the same time. */
      readonly parallel: number;
    }
  | {
      readonly event: 'scenario-started';
      readonly at: string;
      readonly id: string;
      readonly file: string;
      readonly title: string;
      readonly tags: readonly string[];
      readonly steps: number;
    }
  | {
      readonly event: 'step-started';
      readonly at: string;
      readonly id: string;
      /** From 0. */
      readonly step: number;
      readonly line: number;
      readonly text: string;
      readonly deadlineMs?: number;
    }
  | {
      readonly event: 'step-ended';
      readonly at: string;
      readonly id: string;
      readonly step: number;
      readonly outcome: Exclude<StepRecord['outcome'], 'not-reached'>;
      readonly durationMs: number;
      readonly expected?: string;
      readonly came?: string;
    }
  /** Skipped scenarios end without having begun. */
  | {
      readonly event: 'scenario-ended';
      readonly at: string;
      readonly id: string;
      readonly file: string;
      readonly title: string;
      readonly outcome: OutcomeKind;
      /** Why it was skipped, what broke it, or what the first failure was. */
      readonly reason?: string;
      readonly durationMs: number;
    }
  | {
      readonly event: 'run-ended';
      readonly at: string;
      readonly durationMs: number;
      readonly totals: Totals;
      readonly exitCode: number;
      readonly interrupted?: string;
    };

/** Is told everything in order; must not throw. */
export interface RunListener {
  on(event: RunEvent): void;
}
