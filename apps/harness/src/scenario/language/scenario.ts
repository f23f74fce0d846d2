import type { Expectations } from './expectations';
import type { Settings } from './settings';
import type { WhenCalled } from './cast';
import type { Step } from './step';

/** An employee with his phones. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly extension?: string;
  readonly userId?: number;
  /** By name; one that has no name is called "". */
  readonly phones: readonly Device[];
  /** Whether his phones are switched on when the scenario begins. */
  readonly isThere: boolean;
}

export interface Device {
  readonly name: string;
  readonly over: 'tcp' | 'udp' | 'ws';
  readonly whenCalled: WhenCalled;
}

/** Somebody outside. */
export interface Client {
  readonly id: string;
  readonly number: string;
  /** What the carrier tells; '' for nothing. */
  readonly name: string;
  readonly knownAs?: {
    readonly type: 'contact' | 'company' | 'lead';
    readonly name: string;
    readonly responsible: string;
  };
  readonly whenCalled: WhenCalled;
}

/** A number of the company. */
export interface Line {
  readonly id: string;
  readonly number: string;
  /** LINE_NUMBER in the portal. */
  readonly lineNumber: string;
}

/** Everybody who exists. */
export interface Cast {
  readonly people: readonly Person[];
  readonly clients: readonly Client[];
  readonly lines: readonly Line[];
  /** Who is responsible for calls that concern nobody. */
  readonly defaultPerson: string;
}

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
