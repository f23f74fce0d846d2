import { answer, preAnswer, type Channel } from '../../core';

/** A called leg may take that long to be heard at all (switch_ivr_wait_for_answer). */
const PATIENCE_MS = 60_000;

/** Waits until the called leg can be heard, and lets the caller hear it. @returns whether it can */
export async function waitForAnswer(caller: Channel, peer: Channel): Promise<boolean> {
  const canBeHeard = (): boolean => peer.has('ANSWERED') || peer.has('EARLY_MEDIA');
  await caller.until(() => canBeHeard() || !peer.isUp || !caller.isReady, PATIENCE_MS, [peer]);
  if (!canBeHeard() || !peer.isUp || !caller.isReady) return false;
  if (peer.has('ANSWERED')) return answer(caller);
  return preAnswer(caller);
}
