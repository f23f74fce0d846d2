import type {
  AttachmentRecord,
  AudioCheckRecord,
  CallFactsRecord,
  CardRecord,
  ComplaintRecord,
  FiledCallRecord,
  LegRecord,
  NamedValue,
  RequestRecord,
  SipMessageRecord,
  SwitchEventRecord,
} from './evidence';

/** Goes up when a reader of older records would misunderstand a newer one. */
export const RUN_RECORD_VERSION = 1;
export const RUN_RECORD_FORMAT = 'sip-harness-run';

/**
 * One run of the harness: plain data that survives JSON. Every report is made of it and of nothing else.
 *
 * Moments in a scenario are milliseconds since it began (`...Ms`; negative: before), lengths are milliseconds too.
 * What came from outside (names, SIP, answers) stands here as it came; reports make it harmless when they show it.
 */
export interface RunRecord {
  readonly format: typeof RUN_RECORD_FORMAT;
  readonly version: typeof RUN_RECORD_VERSION;
  /** What was run, for headings: "scenarios". */
  readonly suite: string;
  readonly target: TargetRecord;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Versions and settings that explain a result; nothing that names a machine, a user or a path. */
  readonly environment: readonly NamedValue[];
  /** In the order in which they began. */
  readonly scenarios: readonly ScenarioRecord[];
  /** Why the run was over before its end; missing when it was not. */
  readonly interrupted?: string;
}

/** The switch that the scenarios ran on. */
export interface TargetRecord {
  readonly kind: 'embedded' | 'freeswitch';
  /** As the switch tells it: "1.10.12". */
  readonly version: string;
}

/** One scenario: what it is, how it ended, and all that was seen. */
export interface ScenarioRecord extends EvidenceRecord {
  /** Unique within the run, and the same in every run of the same file: part of addresses in the page. */
  readonly id: string;
  /** Below the folder of the scenarios, with forward slashes: "inbound/answered.yaml". */
  readonly file: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** The text of the scenario as it was run; steps name its lines. */
  readonly source: string;
  readonly outcome: ScenarioOutcome;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly steps: readonly StepRecord[];
  readonly actors: readonly ActorRecord[];
}

/**
 * - `failed`: the product, or the dialplan under test, did not do what the scenario says;
 * - `broken`: nobody can tell, for the scenario or its surroundings did not work (a port in use, a mistake in the file).
 */
export type ScenarioOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'broken'; readonly error: string };

export type OutcomeKind = ScenarioOutcome['kind'];

/** One line of a scenario. */
export interface StepRecord {
  /** As a sentence: "Anna's phone rings". */
  readonly text: string;
  /** Of the source, from 1. */
  readonly line: number;
  /** How long it was waited for at most; missing for what is done at once. */
  readonly deadlineMs?: number;
  /** Missing when it was never begun. */
  readonly beganMs?: number;
  readonly endedMs?: number;
  /** `not-reached`: something before it ended the scenario. */
  readonly outcome: 'passed' | 'failed' | 'broken' | 'not-reached';
  /** In words: what should have been true. */
  readonly expected?: string;
  /** In words: what was. */
  readonly came?: string;
}

/** Who takes part. Everything else names actors by their id. */
export interface ActorRecord {
  /** Unique in the scenario: "anna", "trunk", "switch". */
  readonly id: string;
  readonly kind: 'person' | 'trunk' | 'switch';
  /** As the scenario calls it: "Anna". */
  readonly name: string;
  readonly extension?: string;
  readonly portalUserId?: number;
}

/** All that was seen while a scenario ran; each list in order of time. */
export interface EvidenceRecord {
  readonly messages: readonly SipMessageRecord[];
  readonly legs: readonly LegRecord[];
  readonly cards: readonly CardRecord[];
  readonly requests: readonly RequestRecord[];
  readonly audio: readonly AudioCheckRecord[];
  readonly filed: readonly FiledCallRecord[];
  readonly callFacts: readonly CallFactsRecord[];
  readonly switchEvents: readonly SwitchEventRecord[];
  readonly complaints: readonly ComplaintRecord[];
  readonly attachments: readonly AttachmentRecord[];
}

/** What a scenario has seen before anything happened, and all there is of one that was skipped. */
export const NO_EVIDENCE: EvidenceRecord = {
  messages: [],
  legs: [],
  cards: [],
  requests: [],
  audio: [],
  filed: [],
  callFacts: [],
  switchEvents: [],
  complaints: [],
  attachments: [],
};
