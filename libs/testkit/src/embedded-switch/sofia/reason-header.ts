import { CAUSES, type Cause, type Channel } from '../core';

/** Reason of a BYE, CANCEL or refusal (sofia_on_hangup): Q.850, or that somebody else has taken the call. */
export function reasonHeader(channel: Channel, cause: Cause): { name: string; value: string }[] {
  const given = channel.variables.get('sip_reason');
  if (given !== undefined) return [{ name: 'Reason', value: given }];
  const number = CAUSES[cause];
  const isElsewhere = ['PICKED_OFF', 'LOSE_RACE'].includes(cause) || channel.has('INTERCEPT');
  const value = isElsewhere
    ? 'SIP;cause=200;text="Call completed elsewhere"'
    : `${number > 0 && number < 128 ? 'Q.850' : 'SIP'};cause=${number};text="${cause}"`;
  return [{ name: 'Reason', value }];
}
