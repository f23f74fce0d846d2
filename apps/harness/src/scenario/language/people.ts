import type { TimemanStatus } from '@app/bitrix24/contract';
import type { WhenCalled } from './cast';

/** An employee with his phones. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly extension?: string;
  readonly userId?: number;
  /** TIMEMAN_STATUS of his working day. */
  readonly workday?: TimemanStatus;
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
  /** How the connector routes its callers, as docs/routing.md has it. */
  readonly routing?: Readonly<Record<string, unknown>>;
}

/** Everybody who exists. */
export interface Cast {
  readonly people: readonly Person[];
  readonly clients: readonly Client[];
  readonly lines: readonly Line[];
  /** Who is responsible for calls that concern nobody. */
  readonly defaultPerson: string;
}
