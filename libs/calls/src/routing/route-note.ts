import type { Moment } from '../moment';
import type { LeaveReason, NotRung } from './decide-route';
import type { Ring } from './strategy';

/** What the CRM said of the caller, when somebody waited for it. */
export type ClientLookup = 'known' | 'unknown' | 'not-asked' | 'too-slow' | 'failed';

/** One decision on a routed caller, kept with his call: who rang and who did not, and why. */
export interface RouteNote {
  readonly channelUuid: string;
  readonly moment: Moment;
  /** `register`: the portal is to know of the call before anybody rings. */
  readonly step: 'register' | 'ring' | 'wait' | 'leave' | 'handed-back';
  readonly why: 'who-calls' | Ring['why'] | LeaveReason | 'busy' | HandBackReason;
  /** Extensions, or a number outside, that rang; where the caller went. */
  readonly whom: readonly string[];
  readonly passedOver: readonly { readonly extension: string; readonly why: NotRung }[];
  readonly client: ClientLookup;
  /** His own manager's extension. */
  readonly responsible?: string;
}

/** Whether who rings is to be decided by who the client is, which the registration of the call tells. */
export function asksWhoCalls(notes: readonly RouteNote[] = []): boolean {
  return notes.some(({ step }) => step === 'register');
}

/** Why the dial plan was left to go on by itself. */
export type HandBackReason =
  /** The number is no line, or its line says nothing of routing. */
  | 'no-plan'
  /** The database, the link to the switch, or its answers are missing: nobody knows who is free. */
  | 'blind'
  | 'shutting-down';
