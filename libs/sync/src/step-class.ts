import { endOf, isOver, type Call, type PortalStep } from '@app/calls';
import type { StepClass, StepTimeouts } from './ports';

/** Filing a call that ended longer ago than this is catching up: it gives way to the calls of now. */
const RECENT_MS = 10 * 60_000;

/** What a step's request is for, and so what it gives way to. */
export function stepClassOf(step: PortalStep, call: Call, now: number): StepClass {
  switch (step.kind) {
    case 'show':
    case 'hide':
      return 'live-card';
    case 'register':
      return step.show ? 'live-card' : filingClass(call, now);
    case 'finish':
    case 'confirm-finish':
    case 'notify':
      return filingClass(call, now);
    case 'attach-record':
      return 'recording';
  }
}

/** How long the portal may take over a step, ms. */
export function timeoutOf(stepClass: StepClass, timeouts: StepTimeouts): number {
  switch (stepClass) {
    case 'live-card':
      return timeouts.cardMs;
    case 'recording':
      return timeouts.uploadMs;
    case 'finish':
    case 'backfill':
    case 'directory':
      return timeouts.requestMs;
  }
}

function filingClass(call: Call, now: number): 'finish' | 'backfill' {
  return isOver(call) && now - endOf(call) > RECENT_MS ? 'backfill' : 'finish';
}
