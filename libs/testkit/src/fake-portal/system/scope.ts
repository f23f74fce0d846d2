import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';

/** Scopes that a telephony connector may come to ask for. */
const ALL = [
  'telephony',
  'user',
  'user_basic',
  'user_brief',
  'crm',
  'im',
  'placement',
  'timeman',
  'department',
  'call',
];

/** scope: those of the token, or with `full` all of the portal. */
export const scope: MethodHandler<'scope'> = (_state, { params, caller }) => ({
  result: paramsBy('scope', params).full === true ? ALL : [...caller.scopes],
});
