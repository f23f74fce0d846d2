import type { Call } from '../call';
import type { CrmEntity } from '../clicks/click';
import { REGISTRATION_MEMORY_MS, type PortalStep, type RegisterStep, type StepAnswer } from './portal-step';

/** Names the portal calls of one call: the first, and those of people to whom the client was handed on. */
export type PortalCallKey = 'main' | `talk-${number}`;

/** What the portal is known to hold for a call. Plain data: stored as JSON. */
export interface PortalCall {
  readonly callId: string;
  readonly key: PortalCallKey;
  /** The portal's `CALL_ID`. */
  readonly portalCallId?: string;
  /** When cards were last asked for, and last asked to go; epoch ms. */
  readonly cardsAt?: { readonly shown?: number; readonly hidden?: number };
  /** Whom the CRM knew when the call was registered; missing: nobody, or he was created for this call. */
  readonly client?: CrmEntity;
  /** Who is responsible for the client in the CRM; null: nobody; missing: nobody has asked. */
  readonly ownerId?: number | null;
  /** Who sees the card. `unsure`: a show or hide was sent and its answer lost. */
  readonly screens: readonly { readonly userId: number; readonly state: 'shown' | 'unsure' }[];
  readonly finished: boolean;
  /** Path of the recording that was attached. */
  readonly attached?: string;
  readonly failedRecordings: readonly { readonly path: string; readonly reason: string }[];
  /** A step that was sent and of which no answer is known: it comes next, word for word. */
  readonly inFlight?: StepInFlight;
  /** A finish whose answer was lost was then refused as unknown call: it needs to be confirmed. */
  readonly finishInDoubt: boolean;
  readonly refusedUsers: readonly number[];
  /** The notice was told, or was refused for good. */
  readonly notified?: boolean;
  /** How often the portal had forgotten a registration. */
  readonly registrationsLost: number;
  /** What the portal failed to do on the side when the call was registered: for people, nothing depends on it. */
  readonly notice?: string;
  /** The portal refused for good; a person must look. `user`: it goes on with another default user than this one. */
  readonly stuck?: { readonly step: PortalStep['kind']; readonly reason: string; readonly user?: number };
}

export interface StepInFlight {
  readonly step: PortalStep;
  /** When a step of its kind was first sent, without an answer since; epoch ms. */
  readonly since: number;
  /** When it was last sent; epoch ms. Any sending may be the one that the portal carried out. */
  readonly sentAt: number;
  /** The answer to one of the sendings was lost. */
  readonly unknown: boolean;
}

/** A portal that knows nothing of the call yet. */
export function unregistered(callId: string, key: PortalCallKey = 'main'): PortalCall {
  return {
    callId,
    key,
    screens: [],
    finished: false,
    failedRecordings: [],
    finishInDoubt: false,
    refusedUsers: [],
    registrationsLost: 0,
  };
}

/** What the portal holds of a call before anything was done: for a click, the call that it registered by itself. */
export function untouched({ callId, click }: Call, key: PortalCallKey = 'main'): PortalCall {
  const portalCallId = key === 'main' ? click?.portalCallId : undefined;
  return { ...unregistered(callId, key), ...(portalCallId !== undefined && { portalCallId }) };
}

/** Notes down a step before it is sent, so that a crash leaves its exact words behind. */
export function beginStep(portalCall: PortalCall, step: PortalStep, now: number): PortalCall {
  const known = withInterruptionInDoubt(portalCall);
  const before = known.inFlight?.step.kind === step.kind ? known.inFlight : undefined;
  const isForgotten = before?.step.kind === 'register' && hasPassedMemory(before, now);
  const unknown = before !== undefined && before.unknown && !isForgotten;
  // A step is taken of a stuck call only when what stood in its way is gone.
  const { stuck: _stuck, ...rest } = known;
  const inFlight = { step, since: before?.since ?? now, sentAt: now, unknown };
  return { ...rest, ...cardsAsked(known, step, now), inFlight };
}

function cardsAsked(
  { cardsAt }: PortalCall,
  step: PortalStep,
  now: number,
): Pick<PortalCall, 'cardsAt'> | undefined {
  if (step.kind === 'hide') return { cardsAt: { ...cardsAt, hidden: now } };
  const isShown = step.kind === 'show' || (step.kind === 'register' && step.show);
  return isShown ? { cardsAt: { ...cardsAt, shown: now } } : undefined;
}

/** Whether the portal would take a repetition of this registration for a new one. */
export function hasPassedMemory({ sentAt }: StepInFlight, now: number): boolean {
  return now - sentAt > REGISTRATION_MEMORY_MS;
}

/** What may be on the screens when a step was begun and never ended, because the process died: nobody knows. */
export function withInterruptionInDoubt(portalCall: PortalCall): PortalCall {
  const { inFlight } = portalCall;
  return inFlight && !inFlight.unknown ? doubt(portalCall, inFlight.step) : portalCall;
}

/** What the portal holds after the answer to the step in flight. */
export function endStep(portalCall: PortalCall, step: PortalStep, answer: StepAnswer): PortalCall {
  const settled: PortalCall = { ...portalCall, inFlight: undefined };
  switch (answer.kind) {
    case 'registered':
      return register(settled, step, answer);
    case 'done':
      return complete(settled, step);
    case 'call-unknown':
      return { ...settled, screens: [], finishInDoubt: true };
    case 'finish-confirmed':
      return answer.found
        ? { ...settled, finished: true, screens: [], finishInDoubt: false }
        : forget(settled);
    case 'owner-found':
      return { ...settled, ownerId: answer.userId };
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

function register(
  portalCall: PortalCall,
  step: PortalStep,
  { portalCallId, notice, client }: Extract<StepAnswer, { kind: 'registered' }>,
): PortalCall {
  if (step.kind !== 'register') return portalCall;
  // An earlier sending whose answer was lost may have opened a card that this one did not ask for: it stays unsure.
  const screens = step.show
    ? [...without(portalCall, [step.userId]), shown(step.userId)]
    : portalCall.screens;
  return { ...portalCall, portalCallId, screens, notice, client };
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
    case 'notify':
      return { ...portalCall, notified: true };
    case 'register':
    case 'confirm-finish':
    case 'find-owner':
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
    return {
      ...portalCall,
      stuck: { step: 'finish', reason: 'the portal forgets every registration of this call' },
    };
  }
  return { ...portalCall, portalCallId: undefined, screens: [], finishInDoubt: false, registrationsLost };
}

function refuse(
  portalCall: PortalCall,
  step: PortalStep,
  answer: Extract<StepAnswer, { kind: 'refused' }>,
  wasUnknown: boolean,
): PortalCall {
  // Somebody who cannot be told is no reason to keep anything else back.
  if (step.kind === 'notify') return { ...portalCall, notified: true };
  // Nor is a CRM that cannot be asked.
  if (step.kind === 'find-owner') return { ...portalCall, ownerId: null };
  if (answer.cause === 'user-not-found' && (step.kind === 'register' || step.kind === 'finish')) {
    return refuseUser(portalCall, step, answer.reason);
  }
  // "Call is not found" on finish: done before (its answer lost, or by another hand), or forgotten by the portal.
  if (answer.cause === 'call-not-found' && step.kind === 'finish')
    return { ...portalCall, finishInDoubt: true };
  if (answer.cause === 'not-finished-yet')
    return wasUnknown ? portalCall : { ...portalCall, finished: false };
  if (step.kind === 'attach-record') return failRecording(portalCall, step, 'refused');
  return { ...portalCall, stuck: { step: step.kind, reason: answer.reason } };
}

function refuseUser(
  portalCall: PortalCall,
  step: RegisterStep | { kind: 'finish'; userId: number },
  reason: string,
): PortalCall {
  if (portalCall.refusedUsers.includes(step.userId)) {
    return { ...portalCall, stuck: { step: step.kind, reason, user: step.userId } };
  }
  const screens = step.kind === 'register' ? without(portalCall, [step.userId]) : portalCall.screens;
  return { ...portalCall, screens, refusedUsers: [...portalCall.refusedUsers, step.userId] };
}

function failRecording(portalCall: PortalCall, step: PortalStep, reason: string): PortalCall {
  if (step.kind !== 'attach-record') return portalCall;
  return { ...portalCall, failedRecordings: [...portalCall.failedRecordings, { path: step.path, reason }] };
}

/**
 * A card step of unknown outcome is not repeated as it stands: by then the card may be a lie. Its screens are unsure,
 * and the next step makes them what is true. Every other step stays in flight, to be repeated word for word; the card
 * that a registration may have opened is unsure too.
 */
function doubt(portalCall: PortalCall, step: PortalStep): PortalCall {
  if (step.kind === 'show' || step.kind === 'hide') {
    const screens = [...without(portalCall, step.userIds), ...step.userIds.map(unsure)];
    return { ...portalCall, inFlight: undefined, screens };
  }
  const opened = step.kind === 'register' && step.show ? [step.userId] : [];
  const screens = [...without(portalCall, opened), ...opened.map(unsure)];
  const { since = 0, sentAt = 0 } = portalCall.inFlight ?? {};
  return { ...portalCall, inFlight: { step, since, sentAt, unknown: true }, screens };
}
