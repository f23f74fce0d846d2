import type { PortalStep, RegisterStep, StepAnswer } from './portal-step';

/** What the portal is known to hold for a call. Plain data: stored as JSON. */
export interface PortalCall {
  readonly callId: string;
  readonly key: 'main';
  /** The portal's `CALL_ID`. */
  readonly portalCallId?: string;
  /** Who sees the card. `unsure`: a show or hide was sent and its answer lost. */
  readonly screens: readonly { readonly userId: number; readonly state: 'shown' | 'unsure' }[];
  readonly finished: boolean;
  /** Path of the recording that was attached. */
  readonly attached?: string;
  readonly failedRecordings: readonly { readonly path: string; readonly reason: string }[];
  /** A step that was sent and of which no answer is known: it comes next, word for word. */
  readonly inFlight?: { readonly step: PortalStep; readonly since: number; readonly unknown: boolean };
  /** A finish whose answer was lost was then refused as unknown call: it needs to be confirmed. */
  readonly finishInDoubt: boolean;
  readonly refusedUsers: readonly number[];
  /** How often the portal had forgotten a registration. */
  readonly registrationsLost: number;
  /** The portal refused for good; a person must look. */
  readonly stuck?: { readonly step: PortalStep['kind']; readonly reason: string };
}

/** A portal that knows nothing of the call yet. */
export function unregistered(callId: string): PortalCall {
  return {
    callId,
    key: 'main',
    screens: [],
    finished: false,
    failedRecordings: [],
    finishInDoubt: false,
    refusedUsers: [],
    registrationsLost: 0,
  };
}

/** Notes down a step before it is sent, so that a crash leaves its exact words behind. */
export function beginStep(portalCall: PortalCall, step: PortalStep, now: number): PortalCall {
  const before = portalCall.inFlight;
  // The first sending counts: the portal remembers a registration for 30 minutes from then.
  const since = before && before.step.kind === step.kind ? before.since : now;
  return { ...portalCall, inFlight: { step, since, unknown: before?.unknown ?? false } };
}

/** What the portal holds after the answer to the step in flight. */
export function endStep(portalCall: PortalCall, step: PortalStep, answer: StepAnswer): PortalCall {
  const settled: PortalCall = { ...portalCall, inFlight: undefined };
  switch (answer.kind) {
    case 'registered':
      return register(settled, step, answer.portalCallId);
    case 'done':
      return complete(settled, step);
    case 'call-unknown':
      return { ...settled, screens: [], finishInDoubt: true };
    case 'finish-confirmed':
      return answer.found ? { ...settled, finished: true, screens: [], finishInDoubt: false } : forget(settled);
    case 'refused':
      return refuse(settled, step, answer, portalCall.inFlight?.unknown ?? false);
    case 'no-recording':
      return failRecording(settled, step, answer.reason);
    case 'unknown':
      return doubt(portalCall, step);
    case 'not-done':
      return portalCall.inFlight?.unknown ? portalCall : settled;
  }
}

function register(portalCall: PortalCall, step: PortalStep, portalCallId: string): PortalCall {
  if (step.kind !== 'register') return portalCall;
  return { ...portalCall, portalCallId, screens: step.show ? [{ userId: step.userId, state: 'shown' }] : [] };
}

function complete(portalCall: PortalCall, step: PortalStep): PortalCall {
  switch (step.kind) {
    case 'show':
      return { ...portalCall, screens: [...without(portalCall, step.userIds), ...step.userIds.map(shown)] };
    case 'hide':
      return { ...portalCall, screens: without(portalCall, step.userIds) };
    case 'finish':
      return { ...portalCall, finished: true, screens: [] };
    case 'attach-record':
      return { ...portalCall, attached: step.path };
    case 'register':
    case 'confirm-finish':
      return portalCall;
  }
}

const shown = (userId: number) => ({ userId, state: 'shown' as const });
const unsure = (userId: number) => ({ userId, state: 'unsure' as const });

function without(portalCall: PortalCall, userIds: readonly number[]): PortalCall['screens'] {
  return portalCall.screens.filter((screen) => !userIds.includes(screen.userId));
}

/** The portal may forget a registration that was never finished; it may then be made anew. But not for ever. */
const MOST_REGISTRATIONS_LOST = 3;

function forget(portalCall: PortalCall): PortalCall {
  const registrationsLost = portalCall.registrationsLost + 1;
  if (registrationsLost > MOST_REGISTRATIONS_LOST) {
    return { ...portalCall, stuck: { step: 'finish', reason: 'the portal forgets every registration of this call' } };
  }
  return { ...portalCall, portalCallId: undefined, screens: [], finishInDoubt: false, registrationsLost };
}

function refuse(
  portalCall: PortalCall,
  step: PortalStep,
  answer: Extract<StepAnswer, { kind: 'refused' }>,
  wasUnknown: boolean,
): PortalCall {
  if (answer.cause === 'user-not-found' && (step.kind === 'register' || step.kind === 'finish')) {
    return refuseUser(portalCall, step, answer.reason);
  }
  // "Call is not found" on finish: done before (its answer lost, or by another hand), or forgotten by the portal.
  if (answer.cause === 'call-not-found' && step.kind === 'finish') return { ...portalCall, finishInDoubt: true };
  if (answer.cause === 'not-finished-yet') return wasUnknown ? portalCall : { ...portalCall, finished: false };
  if (step.kind === 'attach-record') return failRecording(portalCall, step, 'refused');
  return { ...portalCall, stuck: { step: step.kind, reason: answer.reason } };
}

function refuseUser(portalCall: PortalCall, step: RegisterStep | { kind: 'finish'; userId: number }, reason: string): PortalCall {
  if (portalCall.refusedUsers.includes(step.userId)) {
    return { ...portalCall, stuck: { step: step.kind, reason } };
  }
  return { ...portalCall, refusedUsers: [...portalCall.refusedUsers, step.userId] };
}

function failRecording(portalCall: PortalCall, step: PortalStep, reason: string): PortalCall {
  if (step.kind !== 'attach-record') return portalCall;
  return { ...portalCall, failedRecordings: [...portalCall.failedRecordings, { path: step.path, reason }] };
}

/**
 * A card step of unknown outcome is not repeated as it stands: by then the card may be a lie. Its screens are unsure,
 * and the next step makes them what is true. Every other step stays in flight, to be repeated word for word.
 */
function doubt(portalCall: PortalCall, step: PortalStep): PortalCall {
  if (step.kind === 'show' || step.kind === 'hide') {
    const screens = [...without(portalCall, step.userIds), ...step.userIds.map(unsure)];
    return { ...portalCall, inFlight: undefined, screens };
  }
  const since = portalCall.inFlight?.since ?? 0;
  return { ...portalCall, inFlight: { step, since, unknown: true } };
}
