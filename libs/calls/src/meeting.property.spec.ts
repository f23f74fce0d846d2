import fc from 'fast-check';
import { isOver } from './call';
import type { Observation } from './observation';
import { FilingClerk } from './testing/filing-clerk';
import { ModelPortal } from './testing/model-portal';
import { officePolicy } from './testing/office';
import { newSwitchboard } from './testing/retell';
import { Story } from './testing/story';

const CALLERS = ['client-a', 'client-b', '1003-c', '1004-d'];

interface Meetings {
  /** When each call began, in seconds of the story. */
  readonly began: readonly number[];
  /** The order in which we hear of them. */
  readonly heardOf: readonly string[];
  /** Who is bridged with whom, one after the other: all of them, in a chain. */
  readonly chain: readonly string[];
  /** Which end of each bridge tells of it. */
  readonly tellers: readonly boolean[];
  /** After how many observations the portal's books are looked at. */
  readonly look: number;
}

const meetings: fc.Arbitrary<Meetings> = fc.record({
  began: fc.uniqueArray(fc.nat(50), { minLength: CALLERS.length, maxLength: CALLERS.length }),
  heardOf: fc.shuffledSubarray(CALLERS, { minLength: CALLERS.length }),
  chain: fc.shuffledSubarray(CALLERS, { minLength: 2 }),
  tellers: fc.array(fc.boolean(), { minLength: CALLERS.length, maxLength: CALLERS.length }),
  look: fc.nat(40),
});

/** Each caller's phone rings an employee; then they are bridged, and in the end everybody puts down. */
function tellOf({ began, heardOf, chain, tellers }: Meetings): Observation[] {
  const introductions = heardOf.flatMap((leg) => {
    const told = new Story().wait(began[CALLERS.indexOf(leg)] ?? 0);
    if (leg.startsWith('client')) told.comesIn(leg);
    else told.phones(leg, '1001');
    const agent = `100${CALLERS.indexOf(leg) + 1}-rung`;
    return told
      .dialsFor(agent, { linkedTo: [leg] })
      .rings(agent)
      .answers(leg).observations;
  });
  const later = new Story().wait(60);
  chain.slice(1).forEach((leg, index) => {
    const before = chain[index] ?? leg;
    later.wait(1).bridges(tellers[index] ? leg : before, tellers[index] ? before : leg);
  });
  for (const { channelUuid, type } of introductions)
    if (type === 'ChannelSeen') later.wait(1).hangsUp(channelUuid);
  return [...introductions, ...later.observations];
}

describe('calls that meet, in whatever order', () => {
  it('the oldest gives its name to all, and takes the legs of all', () => {
    fc.assert(
      fc.property(meetings, (met) => {
        const board = newSwitchboard();
        for (const seen of tellOf(met)) board.take(seen);
        const startOf = (leg: string) => met.began[CALLERS.indexOf(leg)] ?? 0;
        const [oldest] = [...met.chain].sort((a, b) => startOf(a) - startOf(b));
        const survivor = board.callOf(met.chain[0] ?? '');
        expect(survivor?.callId).toBe(`call-of-${oldest}`);
        for (const leg of met.chain) expect(board.callOf(leg)).toBe(survivor);
        expect(survivor?.legs).toHaveLength(2 * met.chain.length);
        expect(survivor?.absorbed).toHaveLength(met.chain.length - 1);
        expect(board.openCalls()).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('whenever the books are looked at, of those that have met at most one is open in the portal', () => {
    fc.assert(
      fc.property(meetings, (met) => {
        const portal = new ModelPortal(
          () => true,
          () => true,
        );
        const clerk = new FilingClerk(portal, officePolicy());
        const board = newSwitchboard();
        tellOf(met).forEach((seen, index) => {
          for (const { call } of board.take(seen).changes) clerk.calls.set(call.callId, call);
          // Between two looks the portal is away: then some calls meet before they were ever registered.
          if (index % (met.look + 1) !== met.look) return;
          clerk.bringToRest(1000);
          const living = [...clerk.calls.values()].filter((call) => !isOver(call));
          expect(portal.registrations.filter(({ finished }) => !finished).length).toBeLessThanOrEqual(
            living.length,
          );
        });
        clerk.bringToRest(1000);
        for (const { finished, cards } of portal.registrations)
          expect([finished, cards.size]).toEqual([true, 0]);
        const filed = portal.deeds.length;
        expect(filed).toBeLessThanOrEqual(CALLERS.length);
        expect(new Set(portal.deeds).size).toBe(filed);
      }),
      { numRuns: 100 },
    );
  });
});
