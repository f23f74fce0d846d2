import type { DesiredPortalCall } from './desired-portal-calls';
import { hasPassedMemory, withInterruptionInDoubt, type PortalCall } from './portal-call';
import type { PortalStep, RegisterStep } from './portal-step';

/**
 * The next step that brings the portal nearer to what it should hold, or undefined when they agree, or when what is
 * missing has not happened yet. Pure: the same arguments give the same step.
 *
 * @param now epoch ms
 */
export function nextStep(desired: DesiredPortalCall, known: PortalCall, now: number): PortalStep | undefined {
  const observed = withInterruptionInDoubt(known);
  if (observed.stuck) return undefined;
  const repeated = stepToRepeat(desired, observed, now);
  if (repeated) return repeated;
  if (observed.finished) return notifyStep(desired, observed) ?? attachStep(desired, observed);
  const { portalCallId } = observed;
  if (portalCallId === undefined && desired.onlyIfRegistered) return notifyStep(desired, observed);
  if (portalCallId === undefined) return registerStep(desired, observed);
  if (observed.finishInDoubt) return { kind: 'confirm-finish', portalCallId };
  return cardStep(desired, observed, portalCallId) ?? finishStep(desired, observed, portalCallId);
}

/** Whether the portal holds all that it ever will for this call. */
export function isSettled(desired: DesiredPortalCall, observed: PortalCall, now: number): boolean {
  const isOver = desired.filed !== undefined;
  return isOver && nextStep(desired, observed, now) === undefined && !awaitsRecording(desired, observed);
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
  if (desired.cards.length === 0 && !desired.filed) return undefined;
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
): PortalStep | undefined {
  const onScreen = observed.screens.map((screen) => screen.userId);
  const untrue = onScreen.filter(
    (userId) => !desired.cards.includes(userId) && !closedByFinish(userId, desired, observed),
  );
  if (untrue.length > 0) return { kind: 'hide', portalCallId, userIds: untrue };
  const certain = observed.screens
    .filter((screen) => screen.state === 'shown')
    .map((screen) => screen.userId);
  const missing = desired.cards.filter(
    (userId) => !certain.includes(userId) && !observed.refusedUsers.includes(userId),
  );
  return missing.length > 0 ? { kind: 'show', portalCallId, userIds: missing } : undefined;
}

/** finish closes the card of the user it names; whether it closes others' too is not documented. */
function closedByFinish(userId: number, desired: DesiredPortalCall, observed: PortalCall): boolean {
  const { filed, finishWhen } = desired;
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
  const { notice, externalCallId } = desired;
  if (!notice || observed.notified) return undefined;
  return { kind: 'notify', ...notice, tag: `call-${externalCallId}` };
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
