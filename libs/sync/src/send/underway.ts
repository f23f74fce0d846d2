import type { PortalCall } from '@app/calls';
import type { StepClass } from '../ports';
import type { ReadyStep } from './ready-step';
import type { AfterError } from './verdicts';

/** A step whose turn has come. */
export interface DueStep {
  readonly ready: ReadyStep;
  /** Since when it could have been sent, epoch ms. */
  readonly readyAt: number;
}

/** The turn that steps are sent on. */
export interface SendingTurn {
  readonly turn: number;
  /** The first request after a block. */
  readonly isProbe: boolean;
}

/** A step that was noted down as being in flight. */
export interface Underway extends DueStep {
  readonly callId: string;
  /** Among those sent together. */
  readonly place: number;
  /** What the portal is known to hold, with the step in flight. */
  readonly begun: PortalCall;
}

/** A step whose answer is known, and what follows from it. */
export interface Ended {
  readonly callId: string;
  readonly stepClass: StepClass;
  /** Uploads that belong to it, should it be sent again. */
  readonly uploads: 0 | 1;
  readonly readyAt: number;
  readonly then: AfterError;
}
