import type { SwitchCore } from '../core';
import type { SwitchPlan } from '../dialplan-port';
import type { Originate } from '../originate';
import type { HashStore } from '../schedule/hash-store';
import type { Scheduler } from '../schedule/scheduler';
import type { RegistrationTable, Sofia } from '../sofia';

/** What can be done to the switch as a whole. */
export interface SwitchControl {
  /** Ends in good order; `restarts` = comes up again. */
  shutDown(restarts: boolean): void;
  /** Ends at once, as if it were killed. */
  crash(): void;
  isPaused: boolean;
}

/** What api commands work on: the present life of the switch. */
export interface ApiParts {
  readonly core: SwitchCore;
  readonly plan: SwitchPlan;
  readonly sofia: () => Sofia;
  readonly registrations: RegistrationTable;
  readonly originate: Originate;
  readonly scheduler: Scheduler;
  readonly hash: HashStore;
  readonly control: SwitchControl;
  /** Another command, inside an expression. */
  api(command: string, args: string): string | undefined;
  /** Another command in the background. @returns the Job-UUID */
  startJob(command: string, args: string): string;
}

export const NO_CHANNEL = '-ERR No such channel!\n';
export const OK = '+OK\n';

/** What a command says to somebody who does not know how it is used. */
export function usage(syntax: string): string {
  return `-USAGE: ${syntax}\n`;
}
