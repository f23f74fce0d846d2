import { callFacts, isOver, Switchboard, type Call, type CallFacts, type Observation } from '@app/calls';
import { eventFromRecord, MINIMAL_SUBSCRIPTION, type EslEvent } from '@app/esl';
import { listCaptures, openCapture } from '@app/testkit';
import fc from 'fast-check';
import { observeEvent } from './observe-event';

/** FreeSWITCH delivers an event at most so many places of `Event-Sequence` late (freeswitch-facts, section 1.12). */
const LATEST = 17;
/** After every call of every capture. */
const LATER = Date.UTC(2030, 0);

const subscribed = new Set<string>([...MINIMAL_SUBSCRIPTION.events, 'CUSTOM']);
const dice = fc.array(fc.nat(9999), { minLength: 1, maxLength: 50, size: 'max' });

async function eventsOf(capture: string): Promise<EslEvent[]> {
  const { events } = await openCapture(capture);
  return events.map(({ record }) => eventFromRecord(record)).filter(({ name }) => subscribed.has(name));
}

const observe = (events: readonly EslEvent[]) => events.flatMap((event) => observeEvent(event, 'fs1'));

/** Late by up to 17 places, each channel's own events in order; some of them told twice, the second time any time later. */
function inDisorder(events: readonly EslEvent[], shake: readonly number[]): EslEvent[] {
  const lastOfChannel = new Map<string, number>();
  let life = 0;
  const delivered = events.flatMap((event, index) => {
    // A restart of the switch ends its connection: nothing is delivered across it.
    if (index > 0 && event.coreUuid !== events[index - 1]?.coreUuid) life += 1_000_000_000;
    const die = shake[index % shake.length] ?? 0;
    const channel = event.get('Unique-ID') ?? '';
    const place = Math.max(life + event.sequence + (die % (LATEST + 1)), lastOfChannel.get(channel) ?? 0);
    lastOfChannel.set(channel, place);
    return die % 5 === 0
      ? [
          { event, place },
          { event, place: place + (die % 100) },
        ]
      : [{ event, place }];
  });
  return delivered.sort((a, b) => a.place - b.place).map(({ event }) => event);
}

function follow(
  seen: readonly Observation[],
  board = new Switchboard({ callIdFor: (uuid) => uuid }),
): Map<string, Call> {
  const calls = new Map<string, Call>();
  for (const observation of seen)
    for (const { call } of board.take(observation).changes) calls.set(call.callId, call);
  return calls;
}

/** The facts of every call, each with its channels: the name of a call may depend on what was told first. */
function knownOf(events: readonly EslEvent[]): { channels: string[]; facts: CallFacts; over: boolean }[] {
  return [...follow(observe(events)).values()]
    .filter((call) => !call.mergedInto)
    .map((call) => ({
      channels: call.legs.map((leg) => leg.channelUuid),
      facts: callFacts(call, LATER),
      over: isOver(call),
    }))
    .sort((a, b) => ((a.channels[0] ?? '') < (b.channels[0] ?? '') ? -1 : 1));
}

const aliveAfter = (seen: readonly Observation[]) => {
  const alive = new Set<string>();
  for (const { type, channelUuid } of seen) {
    if (type === 'ChannelSeen') alive.add(channelUuid);
    if (type === 'ChannelEnded') alive.delete(channelUuid);
  }
  return alive;
};

describe.each(listCaptures())('%s', (capture) => {
  let events: EslEvent[] = [];
  // Fifty calls at once say the same as one, only longer.
  const numRuns = capture === 'fifty-concurrent-calls' ? 1 : 6;

  beforeAll(async () => {
    events = await eventsOf(capture);
  });

  it('the order of delivery does not matter, nor what is told twice', () => {
    const inOrder = knownOf(events);
    fc.assert(
      fc.property(dice, (shake) => expect(knownOf(inDisorder(events, shake))).toEqual(inOrder)),
      { numRuns },
    );
  });

  it('cut anywhere, every call ends once', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (cut, goesOn) => {
        const board = new Switchboard({ callIdFor: (uuid) => uuid });
        const before = observe(events.slice(0, cut % (events.length + 1)));
        const calls = follow(before, board);
        const coreUuid = before.at(-1)?.coreUuid ?? '';
        for (const { call } of board.reconcile(goesOn ? aliveAfter(before) : new Set(), coreUuid))
          calls.set(call.callId, call);
        if (goesOn)
          for (const [callId, call] of follow(observe(events).slice(before.length), board))
            calls.set(callId, call);
        expect(board.openCalls()).toEqual([]);
        for (const call of calls.values()) expect(callFacts(call, LATER).outcome).toBeDefined();
      }),
      { numRuns },
    );
  });
});
