import { fullName } from '../../company/company';
import type { PortalState } from '../../portal-state';
import type { CardInterval } from '../../telephony/screens';
import { clientName, directionOf } from './filed-call';
import type { Direction } from './filed-call';

/** A card that is on a screen. */
export interface CardView {
  readonly callId: string;
  /** Epoch ms. */
  readonly shownAt: number;
  readonly by: CardInterval['by'];
  /** Digits. */
  readonly phone: string;
  readonly direction: Direction;
  readonly client: string;
  readonly line: string | null;
}

/** The screen of an employee. */
export interface ScreenView {
  readonly id: number;
  readonly name: string;
  readonly extension: string | null;
  /** False: dismissed. */
  readonly active: boolean;
  readonly workday: string;
  /** What he sees now, oldest first. */
  readonly cards: readonly CardView[];
  /** Every card he has ever seen. */
  readonly seen: readonly CardInterval[];
}

/** The screens of all employees. */
export const screens = (state: PortalState): readonly ScreenView[] =>
  state.company.users.map((user) => ({
    id: user.id,
    name: fullName(user),
    extension: user.extension,
    active: user.active,
    workday: user.workday,
    cards: state.screens.openOn(user.id).map((card) => cardView(state, card)),
    seen: state.screens.of(user.id),
  }));

function cardView(state: PortalState, { callId, shownAt, by }: CardInterval): CardView {
  const call = state.calls.known(callId);
  return {
    callId,
    shownAt,
    by,
    phone: call?.phone ?? '',
    direction: directionOf(call?.type ?? null),
    client: clientName(state, call?.crm?.type, call?.crm?.id),
    line: call?.line ?? null,
  };
}
