import { untruthOf } from '../../scenario/checks/always/card-times';
import type { HeldCall } from '../../world/portal-holding';
import { userOf, type Office } from '../plan/office';
import type { CallTruth } from './call-truth';

/** Cards of a call that are still open, or that somebody saw whose phone was not in the call then. */
export function judgeCards(
  { legs }: CallTruth,
  { cards }: HeldCall,
  { office, now }: { readonly office: Office; readonly now: number },
): { expected: string; came: string }[] {
  return cards.flatMap((card) => {
    const expected = `user ${card.userId} sees its card while it is true`;
    if (card.hiddenAt === undefined) return [{ expected, came: 'he still sees it' }];
    const own = legs.filter(({ extension }) => userOf(office, extension) === card.userId);
    const { why } = untruthOf(card, own, now);
    return why === undefined ? [] : [{ expected, came: why }];
  });
}
