import type { Origin } from '../switch-config-error';
import type { LocalTime } from './time-conditions';

/** A context: where a call looks for its extension, from the top. */
export interface DialplanContext extends Origin {
  readonly name: string;
  readonly extensions: readonly DialplanExtension[];
}

export interface DialplanExtension extends Origin {
  readonly name: string;
  /** The hunt goes on after it, although it fits. */
  readonly goesOn: boolean;
  readonly conditions: readonly DialplanCondition[];
}

/** What is asked, and what follows. */
export interface DialplanCondition extends Origin {
  readonly test: ConditionTest;
  readonly breaks: 'on-false' | 'on-true' | 'always' | 'never';
  readonly actions: readonly DialplanAction[];
  readonly antiActions: readonly DialplanAction[];
  /** Conditions inside this one. */
  readonly inner: readonly DialplanCondition[];
  /** Whether the extension fits only if the inner ones do (`require-nested`). */
  readonly innerDecide: boolean;
}

export type ConditionTest =
  | { readonly kind: 'always' }
  | FieldTest
  | TimeTest
  | { readonly kind: 'regex'; readonly rule: 'all' | 'any' | 'xor'; readonly tests: readonly RegexTest[] };

export type RegexTest = { readonly kind: 'always' } | FieldTest | TimeTest;

export interface FieldTest extends Origin {
  readonly kind: 'field';
  /** A field of the caller profile, or a text with variables. */
  readonly field: string;
  readonly expression: string;
  /** Compiled when it was read, unless it holds variables. */
  readonly pattern: RegExp | undefined;
}

export interface TimeTest {
  readonly kind: 'time';
  readonly checks: readonly ((time: LocalTime) => boolean)[];
}

export interface DialplanAction extends Origin {
  readonly application: string;
  readonly data: string;
  /** Runs while the dialplan is still hunting. */
  readonly inline: boolean;
  readonly times: number;
}
