import fc from 'fast-check';
import { isOver } from '../call';
import { CLASSIC_CALLS } from '../testing/classic-calls';
import { FATES, FilingClerk, type Fate } from '../testing/filing-clerk';
import { ModelPortal } from '../testing/model-portal';
import { officePolicy } from '../testing/office';
import { randomCalls } from '../testing/random-calls';
import { newSwitchboard } from '../testing/retell';
import type { Story } from '../testing/story';
import type { PortalPolicy } from './portal-policy';
import { REGISTRATION_MEMORY_MS } from './portal-step';

const MINUTE = 60_000;
type Happening =
  | { readonly what: 'facts'; readonly count: number }
  | { readonly what: 'step'; readonly which: number; readonly fate: Fate }
  | { readonly what: 'time'; readonly minutes: number }
  | { readonly what: 'forget' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('facts' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('step' as const),
      which: fc.nat(5),
      fate: fc.constantFrom(...FATES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('time' as const), minutes: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.constant({ what: 'forget' as const }) },
);

interface Day {
  readonly told: Story;
  readonly happenings: readonly Happening[];
  readonly finishWhen: PortalPolicy['finishWhen'];
  readonly transfers: PortalPolicy['transfers'];
  readonly owners: boolean;
  readonly dismissed: readonly number[];
  readonly missingFiles: boolean;
}

/** Half of the days bring a call of every day, half whatever a switch can do. */
const told = fc.oneof(
  fc.constantFrom(...Object.values(CLASSIC_CALLS)).map((classic) => classic()),
  fc.array(fc.nat(9999), { minLength: 3, maxLength: 30, size: 'max' }).map(randomCalls),
);

const day: fc.Arbitrary<Day> = fc.record({
  told,
  happenings: fc.array(happening, { maxLength: 50, size: 'max' }),
  finishWhen: fc.constantFrom('at-end' as const, 'recording-ready' as const),
  transfers: fc.constantFrom('one-call' as const, 'call-per-talk' as const),
  owners: fc.boolean(),
  dismissed: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
  missingFiles: fc.boolean(),
});

/** Lives through a day: calls happen, steps succeed, fail and are lost; in the evening everything is brought to rest. */
function liveThrough({
  told: { observations },
  happenings,
  dismissed,
  missingFiles,
  owners,
  ...wishes
}: Day) {
  const portal = new ModelPortal(
    (userId) => !dismissed.includes(userId),
    (path) => !(missingFiles && path.endsWith('1.wav')),
  );
  const clerk = new FilingClerk(
    portal,
    officePolicy({
      ...wishes,
      missed: () => ({ responsible: owners ? 'entity-owner' : 'last-rung', notify: false }),
    }),
  );
  const board = newSwitchboard();
  const facts = [...observations];
  let now = 1_000_000;
  let timesToForget = 3;
  const learn = (count: number) => {
    for (const seen of facts.splice(0, count))
      for (const { call } of board.take(seen).changes) clerk.calls.set(call.callId, call);
  };
  for (const event of happenings) {
    now += 1000;
    if (event.what === 'facts') learn(event.count);
    else if (event.what === 'time') now += event.minutes * MINUTE;
    else if (event.what === 'forget') timesToForget = forget(portal, timesToForget);
    else
      clerk.step([...clerk.calls.keys()][event.which % Math.max(1, clerk.calls.size)] ?? '', event.fate, now);
  }
  learn(facts.length);
  clerk.bringToRest(now);
  return { portal, clerk, now };
}

/** More often than three times the portal does not forget a call, or a person is asked to look. */
function forget(portal: ModelPortal, times: number): number {
  if (times > 0) portal.forget();
  return times - 1;
}

/** The portal holds each call as often as it should, and nothing is open. */
function expectBooksToBalance({ portal, clerk, now }: ReturnType<typeof liveThrough>): void {
  for (const [callId, call] of clerk.calls) {
    expect(isOver(call)).toBe(true);
    expect(clerk.isSettled(callId, now)).toBe(true);
    for (const desired of clerk.desiredOf(callId)) {
      const { externalCallId, onlyIfRegistered } = desired;
      const known = clerk.portalCallOf(callId, desired);
      const registrations = portal.registrations.filter((one) => one.externalCallId === externalCallId);
      const finished = registrations.filter((registration) => registration.finished);
      const wanted = onlyIfRegistered ? Number(known.portalCallId !== undefined) : 1;
      expect([externalCallId, finished.length]).toEqual([externalCallId, wanted]);
      expect(known.stuck).toBeUndefined();
      // A registration whose every answer was lost cannot be closed: nobody knows its id, and the portal forgets it.
      const open = registrations.filter(
        ({ at, finished: isDone }) => !isDone && now - at <= REGISTRATION_MEMORY_MS,
      );
      expect(onlyIfRegistered ? [] : open).toEqual([]);
      expect(finished.flatMap(({ cards }) => [...cards])).toEqual([]);
      expect(portal.deeds.filter((deed) => deed === `finish ${externalCallId}`)).toHaveLength(wanted);
      expect(clerk.attached.filter((attached) => attached === externalCallId).length).toBeLessThanOrEqual(1);
    }
  }
  const wanted = [...clerk.calls.keys()].flatMap((callId) => clerk.desiredOf(callId));
  const ids = new Set(wanted.map(({ externalCallId }) => externalCallId));
  // What facts that came late had made a call of is finished, and holds no card.
  const others = portal.registrations.filter(({ externalCallId }) => !ids.has(externalCallId));
  const forgotten = ({ at, finished }: (typeof others)[number]) =>
    !finished && now - at > REGISTRATION_MEMORY_MS;
  expect(others.filter((one) => !one.finished && one.cards.size > 0 && !forgotten(one))).toEqual([]);
}

describe('whatever the switch tells and the portal answers', () => {
  it("every client's call is filed exactly once, no card is a lie or stays open, and it comes to rest", () => {
    fc.assert(
      fc.property(day, (lived) => expectBooksToBalance(liveThrough(lived))),
      { numRuns: 500 },
    );
  });
});
