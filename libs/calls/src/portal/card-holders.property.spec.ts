import fc from 'fast-check';
import type { Call } from '../call';
import { partiesOf } from '../parties';
import { talksOf } from '../talks';
import { CLASSIC_CALLS } from '../testing/classic-calls';
import { officePolicy } from '../testing/office';
import { randomCalls } from '../testing/random-calls';
import { newSwitchboard } from '../testing/retell';
import { cardHolders, userOfLeg } from './card-holders';
import type { CardPolicy } from './portal-policy';

const WISHES = ['ringing', 'answered', 'never'] as const;
const told = fc.oneof(
  fc.constantFrom(...Object.values(CLASSIC_CALLS)).map((classic) => classic()),
  fc.array(fc.nat(9999), { minLength: 3, maxLength: 30, size: 'max' }).map(randomCalls),
);

/** Users with a phone that is in the call and rang there, talked there or dialled it. */
function usersWith(call: Call, wish: CardPolicy, policy: ReturnType<typeof officePolicy>): Set<number> {
  const partners = new Set(talksOf(call).flatMap((talk) => talk.partners.map((leg) => leg.channelUuid)));
  const own = call.legs.filter((leg) => {
    const dials =
      leg.origin.direction === 'inbound' || leg.channelUuid === partiesOf(call).dialler?.channelUuid;
    const talked = partners.has(leg.channelUuid) || dials;
    const reached = leg.rang !== undefined || leg.answered !== undefined;
    return !leg.ended && (wish === 'answered' ? talked : reached || talked);
  });
  return new Set(own.map((leg) => userOfLeg(leg, policy)).filter((userId) => userId !== undefined));
}

describe('at every moment of whatever a switch can tell', () => {
  it('nobody sees a card whose phone does not ring, talk or dial in this call, nor when he does not want it', () => {
    fc.assert(
      fc.property(
        told,
        fc.array(fc.constantFrom(...WISHES), { minLength: 3, maxLength: 7 }),
        (story, wishes) => {
          const wishOf = (userId: number) => wishes[userId % wishes.length]!;
          const policy = officePolicy({ cardPolicyOf: wishOf });
          const board = newSwitchboard();
          for (const seen of story.observations) {
            for (const { call } of board.take(seen).changes) {
              for (const userId of cardHolders(call, partiesOf(call), policy)) {
                expect(wishOf(userId)).not.toBe('never');
                expect([...usersWith(call, wishOf(userId), policy)]).toContain(userId);
              }
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
