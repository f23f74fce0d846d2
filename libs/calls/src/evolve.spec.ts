import { absorb } from './absorb';
import { isOver, legOf, type Call } from './call';
import { evolve } from './evolve';
import type { Observation } from './observation';
import { partiesOf } from './parties';
import { callOf } from './testing/retell';
import { story, STORY_BEGINS, type Story } from './testing/story';

/** What the last observation of a story adds to the journal of the call, and the call after it. */
function lastOf(told: Story): { before: Call; seen: Observation; types: string[]; after: Call } {
  const seen = told.observations.at(-1)!;
  const before = callOf(told.observations.slice(0, -1));
  const events = absorb(before, seen);
  return { before, seen, types: events.map(({ type }) => type), after: events.reduce(evolve, before) };
}

const ringing = () => story().comesIn('client').dials('1001').wait(1).rings('1001').wait(1);

describe('what an observation changes in a call', () => {
  it.each<[string, Story, string]>([
    ['a channel that was dialled', ringing().dials('1002'), 'LegJoined'],
    ['a ring', ringing().dials('1002').rings('1002'), 'LegRang'],
    ['an answer', ringing().answers('1001'), 'LegAnswered'],
    ['a bridge', ringing().bridges('client', '1001'), 'LegsBridged'],
    ['the end of a bridge', ringing().unbridges('client'), 'LegsUnbridged'],
    ['hold', ringing().holds('1001'), 'LegHeld'],
    ['the end of hold', ringing().resumes('1001'), 'LegResumed'],
    ['parking', ringing().parks('client', '6001'), 'LegParked'],
    ['coming into a queue', ringing().waitsIn('client', 'support'), 'LegQueued'],
    [
      'leaving it',
      ringing().waitsIn('client', 'support').wait(1).leavesQueue('client', 'support', 'TIMEOUT'),
      'LegQueued',
    ],
    ['a transfer', ringing().isTransferred('client', '1002'), 'LegTransferred'],
    ['a room entered', ringing().enters('client', '3001'), 'RoomEntered'],
    ['a room left', ringing().leaves('client', '3001'), 'RoomLeft'],
    ['a recording', ringing().records('client', '/r/a.wav'), 'RecordingStarted'],
    ['the end of a recording', ringing().stopsRecording('client', '/r/a.wav'), 'RecordingStopped'],
    ['the end of a leg', ringing().ends('1001', 'NO_ANSWER'), 'LegEnded'],
    ['the loss of a leg', ringing().isLost('1001'), 'LegEnded'],
  ])('%s is news once: %#', (_what, told, type) => {
    const { before, seen, types, after } = lastOf(told);
    expect(types).toEqual([type]);
    expect(after.version).toBe(before.version + 1);
    expect(absorb(after, seen)).toEqual([]);
  });

  it('a call is plain data: it survives JSON as it is', () => {
    const told = ringing()
      .talk('client', '1001')
      .records('client', '/r/a.wav')
      .parks('client', '6001')
      .enters('client', '3001');
    const call = callOf(
      told.isTransferred('client', '1002').unbridges('client').ends('1001').isLost('client'),
    );
    expect(JSON.parse(JSON.stringify(call))).toEqual(JSON.parse(JSON.stringify(structuredClone(call))));
    expect(isOver(JSON.parse(JSON.stringify(call)) as Call)).toBe(true);
  });

  it('an observation of a channel that is no leg of the call changes nothing', () => {
    const call = callOf(ringing());
    const stranger = story().answers('1009').observations[0]!;
    expect(absorb(call, stranger)).toEqual([]);
    expect(evolve(call, { type: 'LegRang', channelUuid: '1009', moment: stranger.moment })).toBe(call);
  });
});

describe('facts are kept in whatever order they come', () => {
  const at = (second: number) => ({ at: STORY_BEGINS + second * 1000, seq: 0 });

  it('the first ring and the first answer win', () => {
    const told = ringing().tell({ type: 'ChannelRang', channelUuid: '1001' }, at(0.5)).rings('1001');
    expect(legOf(callOf(told), '1001')?.rang).toEqual(at(0.5));
    const answered = ringing().answers('1001').tell({ type: 'ChannelAnswered', channelUuid: '1001' }, at(1));
    expect(legOf(callOf(answered), '1001')?.answered).toEqual(at(1));
  });

  it('the last hold and the last return from it win', () => {
    const told = ringing().holds('1001').tell({ type: 'ChannelHeld', channelUuid: '1001' }, at(0));
    expect(legOf(callOf(told), '1001')?.held?.at).toBe(STORY_BEGINS + 2000);
    expect(legOf(callOf(told.wait(9).holds('1001')), '1001')?.held?.at).toBe(STORY_BEGINS + 11_000);
  });

  it('a leg that was created first comes first, and began the call', () => {
    const [client, agent] = story().comesIn('client').wait(1).dials('1001').observations;
    const call = callOf([agent!, client!]);
    expect(call.legs.map((leg) => leg.channelUuid)).toEqual(['client', '1001']);
    expect(call.started).toEqual(client!.moment);
  });

  it('of two legs of the same tick of the clock (a listing has no event counter) who came in was first', () => {
    const tick = { at: STORY_BEGINS, seq: 0 };
    const [caller, called] = story()
      .phones('1001', '1002')
      .dials('1002')
      .observations.map((seen) => ({ ...seen, moment: tick }));
    const call = callOf([called!, caller!]);
    expect(call.legs.map((leg) => leg.channelUuid)).toEqual(['1001', '1002']);
    expect(partiesOf(call)).toMatchObject({ direction: 'internal', dialler: { channelUuid: '1001' } });
  });

  it('a recording whose stop is told before its start', () => {
    const told = ringing()
      .records('client', '/r/a.wav')
      .wait(5)
      .stopsRecording('1001', '/r/a.wav', { lengthMs: 5000 });
    const [started, stopped] = told.observations.splice(-2);
    told.observations.push(stopped!, started!);
    expect(callOf(told).recordings).toEqual([
      {
        path: '/r/a.wav',
        channelUuid: 'client',
        started: started!.moment,
        stopped: stopped!.moment,
        lengthMs: 5000,
        discarded: false,
      },
    ]);
  });

  it('recordings that a leg of each of two calls knows of are one when the calls meet', () => {
    const told = story()
      .comesIn('client')
      .answers('client')
      .records('client', '/r/a.wav')
      .phones('1002', '*8')
      .answers('1002');
    told.wait(5).stopsRecording('1002', '/r/a.wav', { lengthMs: 5000 }).bridges('1002', 'client');
    expect(callOf(told).recordings).toMatchObject([
      { path: '/r/a.wav', channelUuid: 'client', lengthMs: 5000 },
    ]);
  });

  it('nothing corrects a real end', () => {
    const told = ringing().ends('1001', 'USER_BUSY').wait(1).ends('1001', 'NORMAL_CLEARING').isLost('1001');
    expect(legOf(callOf(told), '1001')?.ended).toMatchObject({ hangupCause: 'USER_BUSY', lost: false });
  });

  it('a supposed end is corrected by a real one, the first supposition stands among suppositions', () => {
    const told = ringing().isLost('1001').wait(9).isLost('1001');
    expect(legOf(callOf(told), '1001')?.ended).toMatchObject({
      lost: true,
      moment: { at: STORY_BEGINS + 2000 },
    });
    expect(legOf(callOf(told.ends('1001', 'NO_ANSWER')), '1001')?.ended).toMatchObject({
      hangupCause: 'NO_ANSWER',
      lost: false,
    });
  });

  it('a call absorbs another once', () => {
    const [one, other] = [callOf(ringing()), callOf(story().phones('1002', '*8').answers('1002'))];
    const event = { type: 'CallAbsorbed', other, moment: at(3) } as const;
    const both = evolve(one, event);
    expect(both.legs.map((leg) => leg.channelUuid)).toEqual(['client', '1002', '1001']);
    expect(both.absorbed).toEqual(['call-of-1002']);
    expect(evolve(both, event)).toBe(both);
    const merged = evolve(other, { type: 'CallMerged', into: one.callId, moment: at(3) });
    expect(isOver(merged)).toBe(true);
    expect(evolve(merged, { type: 'CallMerged', into: 'a-third', moment: at(4) })).toBe(merged);
  });
});

describe('a switch that comes back with its calls (sofia recover)', () => {
  it('a channel lost with the old life and seen in the new one lives: the call goes on', () => {
    const told = ringing().talk('client', '1001').wait(10).restarts('core-2').comesIn('client').dials('1001');
    expect(isOver(callOf(told))).toBe(false);
    const ended = callOf(told.wait(20).hangsUp('client').areDropped('1001'));
    expect(ended.legs.map((leg) => [leg.channelUuid, leg.coreUuid, leg.ended?.lost])).toEqual([
      ['client', 'core-2', false],
      ['1001', 'core-2', false],
    ]);
    expect(isOver(ended)).toBe(true);
  });

  it('a channel that really ended does not come back, and none in the same life of the switch', () => {
    const ended = ringing().ends('1001', 'NO_ANSWER').restarts('core-2').dials('1001');
    expect(legOf(callOf(ended), '1001')?.ended?.hangupCause).toBe('NO_ANSWER');
    expect(legOf(callOf(ringing().isLost('1001').wait(1).dials('1001')), '1001')?.ended?.lost).toBe(true);
  });
});
