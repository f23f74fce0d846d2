import type { RequestLimit } from '@app/bitrix24/contract';
import type { CallTimes } from '../books/call-times';
import type { CallCounts } from '../books/count-calls';
import type { Deviation } from '../books/deviation';
import type { Measures } from '../books/measure';
import type { EngineName } from '../engine/call-engine';
import type { CoresUsed } from '../core-meter';
import type { Mix } from '../plan/mix';

export const LOAD_RECORD_FORMAT = 'connector-load';
export const LOAD_RECORD_VERSION = 1;

/** What a load has shown; the file of `--json`. */
export interface LoadRecord {
  readonly format: typeof LOAD_RECORD_FORMAT;
  readonly version: typeof LOAD_RECORD_VERSION;
  readonly target: { readonly kind: string; readonly version: string };
  readonly engine: EngineName;
  readonly asked: {
    readonly cps: number;
    readonly seconds: number;
    readonly mix: Mix;
    readonly seed: number;
  };
  /** What the portal took, and the connector was told that it takes. */
  readonly portalLimit: RequestLimit;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Calls per second that were really placed. */
  readonly cps?: number;
  readonly calls: CallCounts;
  readonly measures: Measures;
  /** Of each call that was placed. */
  readonly times: readonly CallTimes[];
  readonly portal: {
    readonly requests: number;
    /** Refused with 503: the connector had asked too fast. */
    readonly limited: number;
    readonly filed: number;
    readonly recordings: number;
  };
  /** From the end of the last call until all was filed, or given up, ms. */
  readonly drainMs: number;
  readonly machine: {
    readonly processors: number;
    /** How many processes wanted one of them during the last minute, of this load and of others. */
    readonly load: number;
    /** The 99th percentile of how late timers of the harness were, ms: what it measured is no better than that. */
    readonly harnessDelayMs: number;
    readonly cores: CoresUsed;
  };
  /** By call. */
  readonly deviations: readonly Deviation[];
  /** Of the run as a whole: errors that were logged, processes that died, what the portal's audit found. */
  readonly complaints: readonly string[];
  /** Why it was cut off. */
  readonly interrupted?: string;
}

/** More lost slots than this share, and the load was not the one that was asked for. */
const LOST_SLOTS = 0.02;

/** 0: good; 1: a call was lost or is wrong; 3: cut off, or this machine could not make the calls. */
export function loadExitCode({ deviations, complaints, calls, interrupted }: LoadRecord): number {
  if (deviations.length > 0 || complaints.length > 0) return 1;
  return interrupted !== undefined || calls.lostSlots > calls.planned * LOST_SLOTS ? 3 : 0;
}
