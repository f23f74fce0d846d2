import type { FakeCall } from './call-book';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';

/** telephony.externalCall.show: for the user of register if none is named; false if the call is unknown or over. */
export const show: MethodHandler<'telephony.externalCall.show'> = (state, { params: raw }) => {
  const params = paramsBy('telephony.externalCall.show', raw);
  const call = state.calls.open(params.CALL_ID);
  if (!call) return { result: false };
  for (const userId of usersOf(params.USER_ID, call)) {
    state.screens.show(userId, call.id, state.clock.now(), 'show');
    if (!state.company.users.some(({ id, active }) => active && id === userId))
      state.remarks.push({ kind: 'card-for-inactive-user', detail: `${call.id} for user ${userId}` });
  }
  return { result: true };
};

/** telephony.externalCall.hide: true as soon as the call is known, whether or not there was a card. */
export const hide: MethodHandler<'telephony.externalCall.hide'> = (state, { params: raw }) => {
  const params = paramsBy('telephony.externalCall.hide', raw);
  const call = state.calls.open(params.CALL_ID);
  if (!call) return { result: false };
  state.screens.hide(usersOf(params.USER_ID, call), call.id, state.clock.now(), 'hide');
  return { result: true };
};

function usersOf(sent: number | readonly number[] | undefined, call: FakeCall): readonly number[] {
  if (sent === undefined) return [call.userId];
  return typeof sent === 'number' ? [sent] : sent;
}
