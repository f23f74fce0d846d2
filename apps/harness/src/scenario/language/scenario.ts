import type { Expectations } from './expectations';
import type { Cast } from './people';
import type { Settings } from './settings';
import type { Step } from './step';

/** One file, read and understood. */
export interface Scenario {
  /** As it was named: for messages. */
  readonly file: string;
  readonly source: string;
  readonly title: string;
  readonly about?: string;
  readonly tags: readonly string[];
  /** Situations of the captured calls that it plays. */
  readonly captured: readonly string[];
  readonly only?: 'embedded' | 'freeswitch';
  readonly onlyBecause?: string;
  readonly cast: Cast;
  readonly settings: Settings;
  readonly steps: readonly Step[];
  readonly then: Expectations;
  /** What is always checked and may be otherwise here, each with its reason. */
  readonly tolerated: ReadonlyMap<string, string>;
  /** The line of what stands at a path of the file, from 1. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}
