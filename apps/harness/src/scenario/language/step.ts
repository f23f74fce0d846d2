import type { SubjectKind, Verb } from './verb';

/** Whose turn it is. */
export interface Subject {
  readonly kind: SubjectKind;
  /** As it was written: "anna and boris", "anna's desk", "portal". */
  readonly text: string;
  readonly phones: readonly { readonly who: string; readonly device?: string }[];
}

/** One step of a scenario. */
export interface Step {
  /** As a sentence: "anna transfers ivan to boris". */
  readonly text: string;
  /** Of the file, from 1. */
  readonly line: number;
  readonly subject: Subject;
  readonly verb: Verb;
  readonly args: Readonly<Record<string, unknown>>;
  readonly withinMs?: number;
  readonly afterMs?: number;
  readonly forMs?: number;
}
