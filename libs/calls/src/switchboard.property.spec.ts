import fc from 'fast-check';
import { isOver, type Call } from './call';
import { callFacts } from './call-facts';
import type { Observation } from './observation';
import { aliveAfter, inDisorder, listingOf } from './testing/disorder';
import { randomCalls } from './testing/random-calls';
import { callsOf, newSwitchboard } from './testing/retell';
import { STORY_BEGINS } from './testing/story';

const LATER = STORY_BEGINS + 3_600_000;
const calls = fc
  .array(fc.nat(9999), { minLength: 3, maxLength: 40, size: 'max' })
  .map((dice) => randomCalls(dice).observations);
const dice = fc.array(fc.nat(9999), { minLength: 1, maxLength: 60, size: 'max' });

/** What is known of each call, without the names and counters that depend on what was told first. */
function knownOf(told: readonly Observation[]) {
  return callsOf(told)
    .filter((call) => !call.mergedInto)
    .map((call) => ({
      legs: call.legs.map((leg) => leg.channelUuid),
      facts: callFacts(call, LATER),
      over: isOver(call),
    }))
    .sort((a, b) => ((a.legs[0] ?? '') < (b.legs[0] ?? '') ? -1 : 1));
}

function expectAllEndedOnce(ended: readonly Call[]): void {
  for (const call of ended) {
    expect(isOver(call)).toBe(true);
    expect(callFacts(call, LATER).outcome).toBeDefined();
  }
}

describe('whatever happens on a switch', () => {
  it('the order of delivery does not matter, nor what is told twice', () => {
    fc.assert(
      fc.property(calls, dice, (told, shake) => {
        expect(knownOf(inDisorder(told, shake))).toEqual(knownOf(told));
      }),
      { numRuns: 500 },
    );
  });

  it('every call ends once, and none comes back', () => {
    fc.assert(
      fc.property(calls, (told) => {
        const board = newSwitchboard();
        const over = new Set<string>();
        for (const seen of told) {
          for (const { call } of board.take(seen).changes) {
            if (over.has(call.callId)) expect(isOver(call)).toBe(true);
            if (isOver(call)) over.add(call.callId);
          }
        }
        expect(board.openCalls()).toEqual([]);
        expectAllEndedOnce(callsOf(told));
      }),
      { numRuns: 120 },
    );
  });

  it('cut anywhere, and nothing lives any more: every call has ended', () => {
    fc.assert(
      fc.property(calls, fc.nat(), (told, cut) => {
        const board = newSwitchboard();
        const known = new Map(
          callsOf(told.slice(0, cut % (told.length + 1)), board).map((call) => [call.callId, call]),
        );
        for (const { call } of board.reconcile(new Set(), 'core-1')) known.set(call.callId, call);
        expect(board.openCalls()).toEqual([]);
        expectAllEndedOnce([...known.values()]);
      }),
      { numRuns: 120 },
    );
  });

  it('cut anywhere, and all that lives is still there: nothing has changed', () => {
    fc.assert(
      fc.property(calls, fc.nat(), (told, cut) => {
        const board = newSwitchboard();
        const before = told.slice(0, cut % (told.length + 1));
        callsOf(before, board);
        expect(board.reconcile(aliveAfter(before), 'core-1')).toEqual([]);
        for (const seen of listingOf(before)) board.take(seen);
        for (const seen of told.slice(before.length)) board.take(seen);
        expect(board.openCalls()).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  it('whatever was missed while we were away, every call that we heard of ends', () => {
    fc.assert(
      fc.property(calls, fc.nat(), fc.nat(40), (told, cut, missed) => {
        const board = newSwitchboard();
        const from = cut % (told.length + 1);
        const known = new Map<string, Call>();
        const keep = (changes: readonly { call: Call }[]) =>
          changes.forEach(({ call }) => known.set(call.callId, call));
        for (const seen of told.slice(0, from)) keep(board.take(seen).changes);
        const back = told.slice(0, from + missed);
        keep(board.reconcile(aliveAfter(back), 'core-1'));
        for (const seen of [...listingOf(back), ...told.slice(back.length)]) keep(board.take(seen).changes);
        expect(board.openCalls()).toEqual([]);
        expectAllEndedOnce([...known.values()]);
      }),
      { numRuns: 120 },
    );
  });

  it('when we are restarted in mid-call, it goes on as if nothing had been', () => {
    fc.assert(
      fc.property(calls, fc.nat(), (told, cut) => {
        const before = told.slice(0, cut % (told.length + 1));
        const first = newSwitchboard();
        const known = new Map(callsOf(before, first).map((call) => [call.callId, call]));
        const second = newSwitchboard();
        second.restore(JSON.parse(JSON.stringify(first.openCalls())) as Call[]);
        second.reconcile(aliveAfter(before), 'core-1');
        for (const seen of told.slice(before.length))
          for (const { call } of second.take(seen).changes) known.set(call.callId, call);
        const facts = [...known.values()]
          .filter((call) => !call.mergedInto)
          .map((call) => callFacts(call, LATER));
        expect(facts).toEqual(
          callsOf(told)
            .filter((call) => !call.mergedInto)
            .map((call) => callFacts(call, LATER)),
        );
      }),
      { numRuns: 120 },
    );
  });
});
