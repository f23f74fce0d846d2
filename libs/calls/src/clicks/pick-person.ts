import type { ClickFacts, ClickRequest, PersonFacts } from './click-request';

/**
 * Who calls a visitor back: the first who has a phone and is in no call, else the first who has a phone, else the first of
 * all. And who may stand in for him, the best first. Of a click it is who clicked, and nobody stands in.
 */
export function pickPerson(
  { kind, userId }: Pick<ClickRequest, 'kind' | 'userId'>,
  { phones, callsOfUser, standIns = [] }: ClickFacts,
): { readonly person: PersonFacts; readonly others: readonly PersonFacts[] } {
  const first: PersonFacts = { userId, phones, calls: callsOfUser };
  if (kind === 'click') return { person: first, others: [] };
  const reachable = [first, ...standIns].filter((one) => one.phones.length > 0);
  const free = reachable.filter(({ calls }) => calls === 0);
  const person = free[0] ?? reachable[0] ?? first;
  return { person, others: free.filter((one) => one !== person) };
}
