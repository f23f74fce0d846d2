import type { FakePortal, StatisticRow } from '@app/testkit';
import { groupBy } from './group-by';
import { wavSeconds } from './wav-seconds';

/** One call as the portal holds it. */
export interface HeldCall {
  /** The portal's CALL_ID. */
  readonly portalCallId: string;
  /** Ours: EXTERNAL_CALL_ID, or of the click that the portal has registered itself. */
  readonly callId: string | null;
  /** Who clicked, where the portal has registered it for a click. */
  readonly clickedBy?: number;
  readonly type: string;
  /** Digits. */
  readonly phone: string;
  /** Every card ever shown for it, in order of time. */
  readonly cards: readonly HeldCard[];
  /** Rows of the call statistics: one when all is well. */
  readonly rows: readonly HeldRow[];
  /** When it was finished, epoch ms. */
  readonly filedAt?: number;
  readonly recording?: {
    readonly fileName: string;
    /** Undefined: it cannot be played. */ readonly seconds?: number;
  };
}

export interface HeldCard {
  readonly userId: number;
  /** Epoch ms. */
  readonly shownAt: number;
  /** Missing: it is on the screen now. */
  readonly hiddenAt?: number;
}

export interface HeldRow {
  readonly userId: number;
  readonly seconds: number;
  readonly statusCode: string;
  readonly reason: string;
  readonly line: string;
}

/** All calls of a portal, in the order of registration. */
export function heldCalls({ state }: FakePortal): HeldCall[] {
  const cards = groupBy(allCards(state.screens), ({ callId }) => callId);
  const rows = groupBy([...state.statistics.values()], ({ CALL_ID }) => CALL_ID ?? '');
  return state.calls.all.map((call) => {
    const recording = state.recordings.get(call.id);
    return {
      portalCallId: call.id,
      callId: call.externalId,
      type: String(call.type),
      ...(call.cause === 'click' && { clickedBy: call.userId }),
      phone: call.phone,
      cards: (cards.get(call.id) ?? []).map(({ card }) => card),
      rows: (rows.get(call.id) ?? []).map(heldRow),
      ...(call.finishedAt !== undefined && { filedAt: call.finishedAt }),
      ...(recording && {
        recording: { fileName: recording.fileName, seconds: wavSeconds(recording.bytes) },
      }),
    };
  });
}

function allCards(screens: FakePortal['screens']): { callId: string; card: HeldCard }[] {
  return screens.userIds
    .flatMap((userId) => screens.of(userId).map((card) => ({ userId, ...card })))
    .map(({ userId, callId, shownAt, hiddenAt }) => ({
      callId,
      card: { userId, shownAt, ...(hiddenAt !== undefined && { hiddenAt }) },
    }))
    .sort((a, b) => a.card.shownAt - b.card.shownAt);
}

function heldRow(row: StatisticRow): HeldRow {
  return {
    userId: Number(row.PORTAL_USER_ID),
    seconds: Number(row.CALL_DURATION),
    statusCode: row.CALL_FAILED_CODE ?? '',
    reason: row.CALL_FAILED_REASON ?? '',
    line: row.PORTAL_NUMBER ?? '',
  };
}
