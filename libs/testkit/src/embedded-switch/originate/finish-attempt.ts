import { answer, executeOn, moveRecordings, preAnswer, type Cause, type Channel } from '../core';
import { passCalleeId, runErrands, uuidBridge } from '../ivr';
import type { Attempt, Verdict } from './attempt';
import { handOver } from './hand-over';
import type { OriginateOptions } from './originate-options';

/** What an attempt has come to. */
export interface AttemptResult {
  readonly channel: Channel | undefined;
  readonly cause: Cause;
  readonly isTimeout: boolean;
  /** Who waited for the outcome of a transfer has got the leg: there is nothing more to do. */
  readonly isHandedOver: boolean;
}

const PATIENCE_MS = 50;

/**
 * Sees to the end of an attempt: the losers stop ringing, the caller gets what the winner has, and everybody is told why
 * it ended.
 *
 * @param reason why legs could not be made at all
 */
export async function finishAttempt(
  attempt: Attempt,
  verdict: Verdict,
  options: OriginateOptions,
  reason: Cause | undefined,
): Promise<AttemptResult> {
  const { caller, legs } = attempt;
  const isHandedOver = caller !== undefined && (await handOver(caller, legs, verdict));
  if (isHandedOver) attempt.forcedCause ??= 'ATTENDED_TRANSFER';
  const lossCause = await dismissLosers(attempt, verdict);
  const winner = verdict.kind === 'winner' && !isHandedOver ? verdict.leg.session : undefined;
  const isTaken = winner !== undefined && (await giveToCaller(caller, winner, options));
  const channel = isTaken && (!caller || caller.isReady) ? winner : undefined;
  const cause = channel ? 'SUCCESS' : await failureCause(attempt, verdict, winner, lossCause ?? reason);
  if (caller) tellDisposition(caller, cause);
  if (caller?.has('PROXY_MODE')) await runErrands(caller);
  closeLegs(attempt, channel, cause);
  return {
    channel,
    cause: attempt.forcedCause ?? cause,
    isTimeout: verdict.kind === 'timeout',
    isHandedOver,
  };
}

/** @returns the cause that they were given, if any */
async function dismissLosers(attempt: Attempt, verdict: Verdict): Promise<Cause | undefined> {
  const { caller, legs, forcedCause } = attempt;
  let cause: Cause | undefined;
  for (const leg of legs) {
    const { channel } = leg;
    if (!channel || !leg.isEligible || (verdict.kind === 'winner' && verdict.leg === leg)) continue;
    cause = await lossCauseOf(channel, verdict, legs.length);
    if (!channel.isUp) continue;
    const softly = leg === legs[0] && verdict.kind === 'cancelled' ? takeSoftHolding(caller) : undefined;
    if (softly) {
      giveToWaiting(caller, softly, channel);
      continue;
    }
    if (cause === 'LOSE_RACE') channel.variables.set('group_dial_status', 'loser');
    channel.core.hangUp(channel, forcedCause ?? cause);
  }
  return cause;
}

async function lossCauseOf(channel: Channel, verdict: Verdict, legs: number): Promise<Cause> {
  if (verdict.kind === 'timeout') return 'NO_ANSWER';
  if (verdict.kind === 'cancelled') return 'ORIGINATOR_CANCEL';
  if (legs > 1) return 'LOSE_RACE';
  if (channel.isReadyOutside) return 'NO_ANSWER';
  await channel.until(() => !channel.isUp, PATIENCE_MS);
  return channel.hangupCause ?? 'NO_ANSWER';
}

/** The caller of an att_xfer has gone: whom he held gets the phone that still rings. */
function takeSoftHolding(caller: Channel | undefined): Channel | undefined {
  const uuid = caller?.variables.get('soft_holding_uuid');
  if (!caller || uuid === undefined) return undefined;
  caller.variables.delete('soft_holding_uuid');
  return caller.core.locate(uuid);
}

/** Whoever waited gets the phone that still rings, with the recordings of both who were there before. */
function giveToWaiting(caller: Channel | undefined, waiting: Channel, channel: Channel): void {
  waiting.variables.set('hangup_after_bridge', 'true');
  for (const from of [caller, waiting]) {
    if (from?.variables.isTrue('recording_follow_transfer')) moveRecordings(from, channel);
  }
  uuidBridge(waiting, channel);
}

/** @returns whether the caller has got what the winner has */
async function giveToCaller(
  caller: Channel | undefined,
  winner: Channel,
  options: OriginateOptions,
): Promise<boolean> {
  if (caller && !(await connectCaller(caller, winner))) {
    winner.core.hangUp(winner, 'INCOMPATIBLE_DESTINATION');
    return false;
  }
  return (
    winner.has('ANSWERED') ||
    (options.earlyOk && winner.has('EARLY_MEDIA')) ||
    (options.returnsAtRinging && winner.has('RING_READY'))
  );
}

async function connectCaller(caller: Channel, winner: Channel): Promise<boolean> {
  const isPastTheSwitch = caller.has('PROXY_MODE');
  if (caller.has('XFER_ZOMBIE') && !caller.isUp) {
    await executeOn(winner, 'execute_on_orphaned_bleg');
    return true;
  }
  if (winner.has('ANSWERED')) {
    passCalleeId(winner, caller);
    return isPastTheSwitch || answer(caller);
  }
  if (!winner.has('EARLY_MEDIA') || isPastTheSwitch) return true;
  passCalleeId(winner, caller);
  return preAnswer(caller);
}

async function failureCause(
  { caller, legs }: Attempt,
  verdict: Verdict,
  winner: Channel | undefined,
  reason: Cause | undefined,
): Promise<Cause> {
  if (verdict.kind === 'cancelled') return 'ORIGINATOR_CANCEL';
  if (verdict.kind === 'timeout') return 'NO_ANSWER';
  if (caller?.has('INTERCEPTED')) return 'PICKED_OFF';
  const first = winner ?? legs.find(({ channel }) => channel)?.channel;
  if (winner) await winner.until(() => !winner.isUp, PATIENCE_MS);
  const known = first?.hangupCause ?? reason ?? caller?.hangupCause;
  return known ?? (caller ? 'ORIGINATOR_CANCEL' : 'DESTINATION_OUT_OF_ORDER');
}

const DIALSTATUS: Partial<Record<Cause, string>> = {
  ORIGINATOR_CANCEL: 'CANCEL',
  USER_BUSY: 'BUSY',
  NO_ANSWER: 'NOANSWER',
  DESTINATION_OUT_OF_ORDER: 'INVALIDARGS',
  INVALID_PROFILE: 'INVALIDARGS',
  CALL_REJECTED: 'DONTCALL',
};

/** The variables in which the caller finds the outcome. */
export function tellDisposition({ variables }: Channel, cause: Cause): void {
  variables.set('originate_disposition', cause);
  variables.set('DIALSTATUS', DIALSTATUS[cause] ?? cause);
}

/** Everybody who is not the winner ends now; how each leg ended is kept on the caller. */
function closeLegs({ caller, legs }: Attempt, channel: Channel | undefined, cause: Cause): void {
  for (const leg of legs) {
    if (!leg.channel) continue;
    const { session } = leg;
    caller?.variables.push('originate_causes', `${session.uuid};${session.hangupCause ?? 'NONE'}`);
    if (!channel && session.isUp && leg.isEligible) {
      if (caller?.has('INTERCEPTED')) session.setFlag('INTERCEPT');
      session.core.hangUp(session, cause);
    }
    session.clearFlag('ORIGINATING');
  }
}
