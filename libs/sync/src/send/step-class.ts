import { endOf, isOver, type Call, type PortalStep } from '@app/calls';
import type { StepClass, StepTimeouts } from '../ports';

/** Filing a call that ended longer ago than this is catching up: it gives way to the calls of now. */
const RECENT_MS = 10 * 60_000;

/** What a step's request is for, and so what it gives way to. */
export function stepClassOf(step: PortalStep, call: Call, now: number): StepClass {
  switch (step.kind) {
    case 'show':
    case 'hide':
      return 'live-card';
    case 'register':
      // Without a card while the call goes on: a caller waits for who the portal says he is.
      return step.show || !isOver(call) ? 'live-card' : filingClass(call, now);
    case 'finish':
    case 'confirm-finish':
    case 'notify':
    case 'find-owner':
      return filingClass(call, now);
    case 'attach-record':
      return 'recording';
  }
}

/** What each further command adds to the time that the portal may take over a batch, ms: it runs them one by one. */
const EACH_COMMAND_MS = 500;
/** The portal itself ends a request after 60 s (limits page). */
const LONGEST_BATCH_MS = 60_000;

/**
 * How long the portal may take over a request, ms.
 *
 * @param stepClass of the most urgent step in it
 * @param commands in it
 * @param carriesFile as text; an upload is a request of its own
 */
export function timeoutOf(
  { stepClass, commands, carriesFile }: { stepClass: StepClass; commands: number; carriesFile: boolean },
  { cardMs, requestMs, uploadMs }: StepTimeouts,
): number {
  if (carriesFile) return uploadMs;
  const one = stepClass === 'live-card' ? cardMs : requestMs;
  return Math.max(one, Math.min(one + (commands - 1) * EACH_COMMAND_MS, LONGEST_BATCH_MS));
}

function filingClass(call: Call, now: number): 'finish' | 'backfill' {
  return isOver(call) && now - endOf(call) > RECENT_MS ? 'backfill' : 'finish';
}
