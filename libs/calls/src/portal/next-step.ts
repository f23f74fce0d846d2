import type { DesiredPortalCall } from './desired-portal-calls';
import { hasPassedMemory, withInterruptionInDoubt, type PortalCall } from './portal-call';
import type { PortalStep, RegisterStep } from './portal-step';

/**
 * The next step that brings the portal nearer to what it should hold, or undefined when they agree, or when what is
 * missing has not happened yet. Pure: the same arguments give the same step.
 *
 * @param now epoch ms
 */
export function nextStep(wanted: DesiredPortalCall, known: PortalCall, now: number): PortalStep | undefined {
  const observed = withInterruptionInDoubt(known);
  if (observed.stuck && !canGoOn(wanted, observed.stuck)) return undefined;
  const desired = withOwner(wanted, observed);
  const repeated = stepToRepeat(desired, observed, now);
  if (repeated) return repeated;
  if (observed.finished) return notifyStep(desired, observed) ?? attachStep(desired, observed);
  const { portalCallId } = observed;
  if (portalCallId === undefined && desired.onlyIfRegistered) return notifyStep(desired, observed);
  if (portalCallId === undefined) return ownerStep(desired, observed) ?? registerStep(desired, observed);
  if (observed.finishInDoubt) return { kind: 'confirm-finish', portalCallId };
  return (
    cardStep(desired, observed, portalCallId, now) ??
    ownerStep(desired, observed) ??
    finishStep(desired, observed, portalCallId)
  );
}

/** Cards of one call that are to be shown within this time, or hidden, go in one request; ms. */
const CARDS_TOGETHER_MS = 150;

/**
 * When a card step comes that is held back now, epoch ms: the first card of a call is shown at once, those that follow
 * closely go together. Undefined when none is held back.
 */
export function cardsDueAt(desired: DesiredPortalCall, known: PortalCall, now: number): number | undefined {
  if (nextStep(desired, known, now)) return undefined;
  const { shown = 0, hidden = 0 } = known.cardsAt ?? {};
  return [shown, hidden]
    .map((at) => at + CARDS_TOGETHER_MS)
    .filter((at) => at > now)
    .sort((a, b) => a - b)
    .find((at) => nextStep(desired, known, at) !== undefined);
}

/** Whether the portal holds all that it ever will for this call. */
export function isSettled(desired: DesiredPortalCall, observed: PortalCall, now: number): boolean {
  const isOver = desired.filed !== undefined;
  return isOver && nextStep(desired, observed, now) === undefined && !awaitsRecording(desired, observed);
}

/** The portal knew neither the person nor the default user; there is another default user now. */
function canGoOn({ fallbackUserId }: DesiredPortalCall, { user }: NonNullable<PortalCall['stuck']>): boolean {
  return user !== undefined && user !== fallbackUserId;
}

/** The person responsible in the CRM takes the place of whoever is by the call's own facts. */
function withOwner(desired: DesiredPortalCall, { ownerId }: PortalCall): DesiredPortalCall {
  const { filed } = desired;
  if (!filed?.ownerFirst || ownerId === undefined || ownerId === null) return desired;
  return { ...desired, registerFor: ownerId, filed: { ...filed, userId: ownerId } };
}

/** Only a call that is over is asked about, and one with a number. */
function ownerStep(
  { filed, phoneNumber, hasNumber }: DesiredPortalCall,
  { ownerId }: PortalCall,
): PortalStep | undefined {
  const isAsked = filed?.ownerFirst === true && hasNumber && ownerId === undefined;
  return isAsked ? { kind: 'find-owner', phoneNumber } : undefined;
}

function stepToRepeat(desired: DesiredPortalCall, observed: PortalCall, now: number): PortalStep | undefined {
  const inFlight = observed.inFlight;
  if (!inFlight) return undefined;
  const { step } = inFlight;
  if (step.kind !== 'register') return step;
  if (hasPassedMemory(inFlight, now)) return undefined;
  // SHOW is no part of the de-duplication key: a repetition must not open a card for what is over.
  return step.show && !desired.cards.includes(step.userId) ? { ...step, show: false } : step;
}

function registerStep(desired: DesiredPortalCall, observed: PortalCall): RegisterStep | undefined {
  if (desired.cards.length === 0 && !desired.filed && !desired.registerAtOnce) return undefined;
  const userId = acceptedUser(desired.registerFor, desired, observed);
  const { externalCallId, phoneNumber, type, startedAt, lineNumber, crmCreate, crmSource, addToChat } =
    desired;
  const { callListId, crmEntity } = desired;
  return {
    kind: 'register',
    externalCallId,
    userId,
    phoneNumber,
    type,
    startedAt,
    show: desired.cards.includes(userId),
    ...(lineNumber !== undefined && { lineNumber }),
    crmCreate,
    crmSource,
    addToChat,
    ...(callListId !== undefined && { callListId }),
    ...(crmEntity && { crmEntity }),
  };
}

/** Hides go before shows: a card that is a lie is worse than one that is late. */
function cardStep(
  desired: DesiredPortalCall,
  observed: PortalCall,
  portalCallId: string,
  now: number,
): PortalStep | undefined {
  const isSoonAfter = (at = -Infinity) => !desired.filed && now - at < CARDS_TOGETHER_MS;
  const onScreen = observed.screens.map((screen) => screen.userId);
  const untrue = onScreen.filter(
    (userId) => !desired.cards.includes(userId) && !closedByFinish(userId, desired, observed),
  );
  if (untrue.length > 0 && !isSoonAfter(observed.cardsAt?.hidden))
    return { kind: 'hide', portalCallId, userIds: untrue };
  const certain = observed.screens
    .filter((screen) => screen.state === 'shown')
    .map((screen) => screen.userId);
  const missing = desired.cards.filter(
    (userId) => !certain.includes(userId) && !observed.refusedUsers.includes(userId),
  );
  return missing.length > 0 && !isSoonAfter(observed.cardsAt?.shown)
    ? { kind: 'show', portalCallId, userIds: missing }
    : undefined;
}

/** finish closes the card of the user it names; whether it closes others' too is not documented. */
function closedByFinish(userId: number, desired: DesiredPortalCall, observed: PortalCall): boolean {
  const { filed, finishWhen } = desired;
  if (ownerStep(desired, observed)) return false;
  return (
    filed !== undefined && finishWhen === 'at-end' && acceptedUser(filed.userId, desired, observed) === userId
  );
}

function finishStep(
  desired: DesiredPortalCall,
  observed: PortalCall,
  portalCallId: string,
): PortalStep | undefined {
  const { filed } = desired;
  if (!filed || (desired.finishWhen === 'recording-ready' && awaitsRecording(desired, observed)))
    return undefined;
  return {
    kind: 'finish',
    portalCallId,
    userId: acceptedUser(filed.userId, desired, observed),
    durationSeconds: filed.durationSeconds,
    statusCode: filed.statusCode,
    ...(filed.failedReason !== undefined && { failedReason: filed.failedReason }),
    addToChat: desired.addToChat,
  };
}

function notifyStep(desired: DesiredPortalCall, observed: PortalCall): PortalStep | undefined {
  const { notice, externalCallId, filed } = desired;
  if (!notice || observed.notified) return undefined;
  const userId = notice.userId ?? acceptedUser(filed?.userId ?? desired.fallbackUserId, desired, observed);
  return { kind: 'notify', userId, message: notice.message, tag: `call-${externalCallId}` };
}

function acceptedUser(userId: number, desired: DesiredPortalCall, observed: PortalCall): number {
  return observed.refusedUsers.includes(userId) ? desired.fallbackUserId : userId;
}

/** The best recording that has not failed; the next best takes the place of one that has. */
function bestRecording(desired: DesiredPortalCall, observed: PortalCall) {
  const failed = observed.failedRecordings.map((recording) => recording.path);
  return desired.recordings.find((recording) => !failed.includes(recording.path));
}

function awaitsRecording(desired: DesiredPortalCall, observed: PortalCall): boolean {
  return observed.attached === undefined && bestRecording(desired, observed)?.state === 'running';
}

function attachStep(desired: DesiredPortalCall, observed: PortalCall): PortalStep | undefined {
  const { portalCallId } = observed;
  const best = bestRecording(desired, observed);
  if (observed.attached !== undefined || portalCallId === undefined || !best || best.state === 'running')
    return undefined;
  return { kind: 'attach-record', portalCallId, path: best.path, torn: best.state === 'torn' };
}
