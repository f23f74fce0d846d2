import { catalogue } from '../rest/catalogue';
import { isAdmin } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';

const METHOD = 'voximplant.line.outgoing.get';

/**
 * voximplant.line.outgoing.get: the portal's choice for calls out. The form of an application in it is not documented;
 * here it is `REST_APP:` and its number, as calls without a line have `REST_APP:`. The right to manage numbers is an
 * administrator's.
 */
export const outgoingLineGet: MethodHandler<typeof METHOD> = (state, { caller }) => {
  if (!isAdmin(state, caller)) throw new Refusal(catalogue[METHOD].refusals.accessDenied);
  const { byDefault } = state.outgoing;
  return { result: byDefault ? `REST_APP:${byDefault.appId}` : '' };
};
