import { installationOf } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { emit } from './emit';

/** event.test: fires ONAPPTEST at the handlers of this application, with whatever was sent. */
export const eventTest: MethodHandler<'event.test'> = (state, { params, caller }) => {
  const { auth: _auth, ...query } = params;
  emit(state, {
    event: 'ONAPPTEST',
    data: { QUERY: query, LANGUAGE_ID: state.conditions.languageId },
    userId: caller.userId,
    only: installationOf(state, caller),
  });
  return { result: 1 };
};
