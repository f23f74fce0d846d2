import { isOver, legOf, type Call } from './call';
import { callFacts } from './call-facts';
import type { Observation } from './observation';
import type { Switchboard } from './switchboard';
import { callOf, callsOf, newSwitchboard } from './testing/retell';
import { CLIENT_NUMBER, Story, story, STORY_BEGINS } from './testing/story';

const legsOf = (call: Call | undefined) => call?.legs.map((leg) => leg.channelUuid);
/** Each surviving call as its legs, in the order in which the calls began. */
const callsIn = (told: Story | readonly Observation[]) =>
  callsOf(told)
    .filter((call) => !call.mergedInto)
    .map((call) => legsOf(call)?.join(' '));

const rangOn = (board: Switchboard, leg: string) => legOf(board.callOf(leg)!, leg)?.rang;

describe('to which call a channel belongs', () => {
  it('a channel that nobody knows begins a call, named after it', () => {
    expect(callOf(story().comesIn('client')).callId).toBe('call-of-client');
  });

  it('our own id on the first channel is the id of the call', () => {
    expect(callOf(story().comesIn('client', { callId: 'call-0001' })).callId).toBe('call-0001');
  });

  it.each<[string, Story]>([
    ['the leg it was dialled for', story().comesIn('client').dials('1001')],
    [
      'the second link when nobody knows the first',
      story()
        .comesIn('client')
        .dialsFor('1001', { linkedTo: ['gone', 'client'] }),
    ],
    [
      'a link to any leg of the call',
      story()
        .comesIn('client')
        .dials('1001')
        .dialsFor('1002', { linkedTo: ['1001'] }),
    ],
    ['the first half of a loopback pair', story().comesIn('client').loopback('lo-a', 'lo-b', 'client')],
    [
      'our own id',
      story()
        .comesIn('client', { callId: 'call-0001' })
        .dialsFor('1001', { linkedTo: [], callId: 'call-0001' }),
    ],
    [
      'a link, though it carries the id of something else',
      story()
        .comesIn('client')
        .dialsFor('1001', { linkedTo: ['client'], callId: 'other-0001' }),
    ],
  ])('a channel joins by %s', (_how, told) => {
    expect(callsIn(told)).toHaveLength(1);
  });

  it('a channel without any link is a call of its own, until they are bridged', () => {
    const told = story()
      .comesIn('client')
      .answers('client')
      .dialsFor('1001', { linkedTo: [] })
      .answers('1001');
    expect(callsIn(told)).toEqual(['client', '1001']);
    expect(callsIn(told.bridges('client', '1001'))).toEqual(['client 1001']);
  });

  it('a channel linked to legs of two calls shows that they are one', () => {
    const told = story()
      .comesIn('client')
      .wait(1)
      .phones('1001', '*1')
      .dialsFor('1002', { linkedTo: ['1001', 'client'] });
    expect(callsIn(told)).toEqual(['client 1001 1002']);
  });
});

describe('introductions out of order', () => {
  it('the dialled leg is seen before the one it was dialled for', () => {
    const [client, agent] = story().comesIn('client').dials('1001').observations;
    expect(callsIn([agent!, client!])).toEqual(['client 1001']);
  });

  it('two dialled legs are seen before the one that they were dialled for', () => {
    const [client, ...agents] = story().comesIn('client').dials('1001', '1002').observations;
    expect(callsIn([...agents, client!])).toEqual(['client 1001 1002']);
  });

  it('what is told of a channel before it is seen waits for it', () => {
    const { observations } = story().comesIn('client').dials('1001').rings('1001').talk('client', '1001');
    const [client, agent, ...later] = observations;
    const call = callOf([client!, ...later, agent!]);
    expect(callFacts(call, 0)).toMatchObject({ ringingExtensions: ['1001'], answeredByExtension: '1001' });
    expect(call).toEqual({ ...callOf(observations), version: call.version });
  });

  it('a bridge with a channel of which only the call is unknown: they meet when it is seen', () => {
    const told = story()
      .comesIn('client')
      .wait(1)
      .phones('1002', '*8')
      .wait(1)
      .dialsFor('1003', { linkedTo: ['1002'] });
    const { observations } = told.answers('client', '1003').bridges('client', '1003');
    const introduction = observations.findIndex(
      (seen) => seen.type === 'ChannelSeen' && seen.channelUuid === '1003',
    );
    const [late] = observations.splice(introduction, 1);
    expect(callsIn([...observations, late!])).toEqual(['client 1002 1003']);
  });

  it('the end of a channel that nobody introduced is no call, but it is noted', () => {
    const board = newSwitchboard();
    const taken = story()
      .rings('1001')
      .answers('1001')
      .ends('1001')
      .dials('1001')
      .observations.map((seen) => board.take(seen));
    expect(taken.flatMap(({ anomalies }) => anomalies)).toEqual([
      { kind: 'unknown-channel', channelUuid: '1001', observation: 'ChannelEnded' },
    ]);
    expect(board.callOf('1001')?.legs.map((leg) => leg.answered)).toEqual([undefined]);
  });

  it('those that wait are bounded: the oldest goes, and is noted', () => {
    const board = newSwitchboard();
    const told = story();
    for (let n = 1; n <= 1001; n++) told.rings(`${n}-nobody`);
    const anomalies = told.observations.flatMap((seen) => board.take(seen).anomalies);
    expect(anomalies).toEqual([
      { kind: 'unknown-channel', channelUuid: '1-nobody', observation: 'ChannelRang' },
    ]);
    const introduced = story().dials('1-nobody', '1001-nobody').observations;
    for (const seen of introduced) board.take(seen);
    expect(rangOn(board, '1-nobody')).toBeUndefined();
    expect(rangOn(board, '1001-nobody')).toBeDefined();
  });

  it('what waits for a channel that the switch does not have is dropped with it', () => {
    const board = newSwitchboard();
    for (const seen of story().rings('1001').rings('1002').observations) board.take(seen);
    board.reconcile(new Set(['1002']), 'core-1');
    for (const seen of story().dials('1001', '1002').observations) board.take(seen);
    expect(rangOn(board, '1001')).toBeUndefined();
    expect(rangOn(board, '1002')).toBeDefined();
  });
});

describe('two calls that meet', () => {
  it('the older gives its name to both, the younger says where it went', () => {
    const told = story().comesIn('client').answers('client').wait(5).phones('1002', '*8').answers('1002');
    const board = newSwitchboard();
    callsOf(told, board);
    const [bridge] = story().wait(6).bridges('1002', 'client').observations;
    const { changes } = board.take(bridge!);
    expect(changes.map(({ call, events }) => [call.callId, events.map(({ type }) => type)])).toEqual([
      ['call-of-client', ['CallAbsorbed']],
      ['call-of-1002', ['CallMerged']],
      ['call-of-client', ['LegsBridged']],
    ]);
    expect(changes[1]?.call).toMatchObject({
      mergedInto: { callId: 'call-of-client' },
      legs: [{ channelUuid: '1002' }],
    });
    expect(board.callOf('1002')?.callId).toBe('call-of-client');
    expect(board.openCalls().map((call) => call.callId)).toEqual(['call-of-client']);
  });

  it('whatever of them is told first', () => {
    const told = story()
      .phones('1002', '*8')
      .answers('1002')
      .wait(-5)
      .comesIn('client')
      .answers('client')
      .wait(6);
    const calls = callsOf(told.bridges('1002', 'client'));
    expect(calls.find((call) => !call.mergedInto)?.callId).toBe('call-of-client');
  });

  it('a third call that meets them joins the oldest, and what is told later finds it', () => {
    const told = story()
      .comesIn('client')
      .wait(1)
      .phones('1002', '*8')
      .wait(1)
      .phones('1003', '*8')
      .answers('client', '1002', '1003');
    told.bridges('1002', '1003').wait(1).bridges('client', '1002').wait(1).rings('1003').hangsUp('1003');
    const [survivor, ...others] = callsOf(told).sort((a, b) => a.started.at - b.started.at);
    expect(survivor).toMatchObject({ callId: 'call-of-client', absorbed: ['call-of-1003', 'call-of-1002'] });
    expect(survivor!.legs.find((leg) => leg.channelUuid === '1003')?.ended).toBeDefined();
    expect(others.map((call) => call.mergedInto?.callId)).toEqual(['call-of-client', 'call-of-1002']);
  });

  it('a leg that carries the id of the younger joins the older', () => {
    const told = story().comesIn('client', { callId: 'call-0001' }).answers('client').wait(1);
    told.phones('1002', '*8', { callId: 'call-0002' }).answers('1002').bridges('1002', 'client');
    expect(callsIn(told.dialsFor('1003', { linkedTo: [], callId: 'call-0002' }))).toEqual([
      'client 1002 1003',
    ]);
  });

  it('a bridge within a call, or told twice, merges nothing', () => {
    const told = story().comesIn('client').dials('1001').talk('client', '1001').bridges('1001', 'client');
    expect(callsOf([...told.observations, ...told.observations])).toHaveLength(1);
  });

  it('a bridge told after the other call is over still shows that they were one', () => {
    const told = story()
      .comesIn('client')
      .answers('client')
      .wait(1)
      .phones('1002', '*8')
      .answers('1002')
      .bridges('1002', 'client');
    const bridge = told.observations.pop();
    told.wait(9).hangsUp('client').areDropped('1002');
    expect(callsIn([...told.observations, bridge!])).toEqual(['client 1002']);
  });
});

describe('conference rooms', () => {
  const clientInRoom = () =>
    story().comesIn('client').answers('client').wait(1).enters('client', '3001').wait(5);

  it("a colleague who enters the client's room joins his call", () => {
    expect(callsIn(clientInRoom().phones('1001', '3001').answers('1001').enters('1001', '3001'))).toEqual([
      'client 1001',
    ]);
  });

  it('two clients in one room stay two calls, each with those who came with it', () => {
    const told = clientInRoom()
      .phones('1001', CLIENT_NUMBER)
      .dialsFor('supplier', { linkedTo: ['1001'] })
      .talk('1001', 'supplier');
    told.enters('1001', '3001').enters('supplier', '3001');
    expect(callsIn(told)).toEqual(['client', '1001 supplier']);
  });

  it('a colleague in the room who dials somebody outside belongs to it, though his entering is told late', () => {
    const told = clientInRoom().phones('1001', '3001').answers('1001').enters('1001', '3001');
    const entering = told.observations.pop();
    expect(callsIn([...told.dialsFor('supplier', { linkedTo: ['1001'] }).observations, entering!])).toEqual([
      'client 1001 supplier',
    ]);
  });

  it('who comes when the room is empty again, or to another room, does not meet them', () => {
    const told = clientInRoom()
      .leaves('client', '3001')
      .wait(5)
      .phones('1001', '3001')
      .enters('1001', '3001')
      .enters('client', '3002');
    expect(callsIn(told)).toEqual(['client', '1001']);
  });

  it('who died in the room without leaving it meets nobody any more', () => {
    const told = clientInRoom()
      .dials('1002')
      .isLost('client')
      .wait(9)
      .phones('1001', '3001')
      .enters('1001', '3001');
    expect(callsIn(told)).toEqual(['client 1002', '1001']);
  });

  it('that they were in the room together counts, though the leaving is told before the entering', () => {
    const told = clientInRoom()
      .phones('1001', '3001')
      .answers('1001')
      .enters('1001', '3001')
      .wait(0.1)
      .leaves('client', '3001');
    const [entering, leaving] = told.observations.splice(-2);
    expect(callsIn([...told.observations, leaving!, entering!])).toEqual(['client 1001']);
  });
});

describe('a dial plan that gives every call the same id', () => {
  const constant = { callId: 'constant-id' };

  it('does not melt the day into one call: not after the first, not even when that is forgotten', () => {
    const board = newSwitchboard();
    const ids = [0, 1, 2].map((n) => {
      const told = story()
        .wait(n * 100)
        .comesIn(`client-${n}`, constant)
        .answers(`client-${n}`)
        .wait(9)
        .hangsUp(`client-${n}`);
      const [call] = callsOf(told, board);
      if (n === 1) board.forgetEnded(Number.MAX_SAFE_INTEGER);
      return call!.callId;
    });
    expect(ids).toEqual(['constant-id', 'call-of-client-1', 'call-of-client-2']);
  });

  it('nor calls at the same time', () => {
    const told = story()
      .comesIn('client', constant)
      .comesIn('other-client', constant)
      .phones('1001', CLIENT_NUMBER, constant);
    expect(callsIn(told)).toEqual(['client', 'other-client', '1001']);
  });

  it('but the legs that the switch dials with it, and a caller listed after them, belong together', () => {
    const agentFirst = story()
      .dialsFor('1001', { linkedTo: [], ...constant })
      .comesIn('client', constant);
    expect(callsIn(agentFirst)).toEqual(['1001 client']);
  });
});

describe('a restart of the switch', () => {
  const talking = () => story().comesIn('client').dials('1001').talk('client', '1001').wait(30).holds('1001');

  it('ends every call of the former life where it was last seen', () => {
    const told = talking().restarts('core-2').comesIn('new-client');
    const [before, after] = callsOf(told);
    expect(before!.legs.map(({ ended }) => [ended?.lost, ended?.moment.at])).toEqual([
      [true, STORY_BEGINS + 30_000],
      [true, STORY_BEGINS + 30_000],
    ]);
    expect(callFacts(before!, 0)).toMatchObject({ outcome: 'lost', talkSeconds: 30 });
    expect(isOver(after!)).toBe(false);
  });

  it('is noticed by a heartbeat as well', () => {
    const board = newSwitchboard();
    callsOf(talking(), board);
    expect(board.heard('core-1', { at: STORY_BEGINS + 40_000, seq: 1 })).toEqual([]);
    expect(board.heard('core-2', { at: STORY_BEGINS + 60_000, seq: 1 })).toHaveLength(2);
    expect(board.callOf('client')?.legs[0]?.ended?.moment.at).toBe(STORY_BEGINS + 40_000);
  });

  it('a straggler of the former life does not end the calls of the new one', () => {
    const board = newSwitchboard();
    callsOf(talking().restarts('core-2').comesIn('new-client'), board);
    const straggler = new Story('core-1').hangsUp('client').observations[0]!;
    board.take(straggler);
    expect(board.openCalls().map((call) => call.callId)).toEqual(['call-of-new-client']);
    board.take(new Story('core-2').answers('new-client').observations[0]!);
    expect(board.openCalls()).toHaveLength(1);
  });

  it('an event that does not say which life it is from ends nothing', () => {
    const board = newSwitchboard();
    callsOf(talking(), board);
    expect(board.heard('', { at: STORY_BEGINS, seq: 1 })).toEqual([]);
    board.take(new Story('').rings('1001').observations[0]!);
    expect(board.openCalls()).toHaveLength(1);
  });

  it('calls that were in the room or merged are ended once', () => {
    const told = story()
      .comesIn('client')
      .answers('client')
      .wait(1)
      .phones('1002', '*8')
      .answers('1002')
      .bridges('1002', 'client');
    const board = newSwitchboard();
    callsOf(told, board);
    expect(board.heard('core-2', { at: STORY_BEGINS + 9000, seq: 1 }).map(({ call }) => call.callId)).toEqual(
      ['call-of-client', 'call-of-client'],
    );
    expect(board.openCalls()).toEqual([]);
  });
});

describe('reconciliation with what the switch says is alive', () => {
  function talkingAt() {
    const board = newSwitchboard();
    callsOf(story().comesIn('client').dials('1001').talk('client', '1001').wait(30).holds('1001'), board);
    return board;
  }

  it('what it names goes on', () => {
    const board = talkingAt();
    expect(board.reconcile(new Set(['client', '1001', 'stranger']), 'core-1')).toEqual([]);
    expect(board.openCalls()).toHaveLength(1);
  });

  it('what it does not name is lost', () => {
    const board = talkingAt();
    expect(board.reconcile(new Set(['client']), 'core-1').map(({ events }) => events[0]?.type)).toEqual([
      'LegEnded',
    ]);
    expect(board.openCalls()[0]?.legs.map((leg) => leg.ended?.lost)).toEqual([undefined, true]);
    board.reconcile(new Set(), 'core-1');
    expect(board.openCalls()).toEqual([]);
  });

  it('what it names in another life of itself is lost, and found again when it says who it is', () => {
    const board = talkingAt();
    board.reconcile(new Set(['client', '1001']), 'core-2');
    expect(board.openCalls()).toEqual([]);
    for (const seen of new Story('core-2').comesIn('client').observations) board.take(seen);
    expect(board.openCalls().map(legsOf)).toEqual([['client', '1001']]);
  });

  it('a switch that does not say which life it is in still says what is alive', () => {
    const board = talkingAt();
    board.reconcile(new Set(['client']), '');
    expect(board.openCalls()[0]?.legs.map((leg) => leg.ended?.lost)).toEqual([undefined, true]);
  });

  it('a life that was ended by it is not taken for a new one', () => {
    const board = talkingAt();
    board.reconcile(new Set(), 'core-2');
    for (const seen of new Story('core-2').comesIn('new-client').observations) board.take(seen);
    board.take(new Story('core-1').hangsUp('client').observations[0]!);
    expect(board.openCalls().map(legsOf)).toEqual([['new-client']]);
  });
});

describe('taking back calls after a restart of ours', () => {
  const talking = () => callOf(story().comesIn('client').dials('1001').wait(5).talk('client', '1001'));

  it('they go on', () => {
    const board = newSwitchboard();
    board.restore([talking()]);
    for (const seen of story().wait(9).hangsUp('client').areDropped('1001').observations) board.take(seen);
    expect(callFacts(board.callOf('client')!, 0)).toMatchObject({ outcome: 'answered', talkSeconds: 4 });
  });

  it('one that ended while we were away was a talk still, be it a short one', () => {
    const board = newSwitchboard();
    const told = story()
      .comesIn('client')
      .dials('1001')
      .wait(5)
      .answers('1001', 'client')
      .wait(0.02)
      .bridges('client', '1001');
    board.restore([callOf(told.records('client', '/r/a.wav'))]);
    board.reconcile(new Set(), 'core-1');
    expect(callFacts(board.callOf('client')!, 0)).toMatchObject({
      outcome: 'lost',
      answeredByExtension: '1001',
    });
  });

  it('the switch was restarted meanwhile', () => {
    const board = newSwitchboard();
    board.restore([talking()]);
    board.take(new Story('core-2').comesIn('new-client').observations[0]!);
    expect(board.openCalls().map(legsOf)).toEqual([['new-client']]);
  });

  it('no call to take back: the first life is the first that is seen', () => {
    const board = newSwitchboard();
    board.restore([]);
    expect(board.reconcile(new Set(), 'core-1')).toEqual([]);
  });
});

describe('forgetting', () => {
  it('calls that ended before, and only those', () => {
    const board = newSwitchboard();
    callsOf(
      story().comesIn('first').hangsUp('first').wait(60).comesIn('second').hangsUp('second').comesIn('third'),
      board,
    );
    board.forgetEnded(STORY_BEGINS + 30_000);
    expect(['first', 'second', 'third'].map((leg) => board.callOf(leg)?.callId)).toEqual([
      undefined,
      'call-of-second',
      'call-of-third',
    ]);
  });

  it('a call that became part of another is kept as long as that: its id is not given again', () => {
    const told = story().comesIn('client', { callId: 'call-0001' }).answers('client').wait(1);
    told.phones('1002', '*8', { callId: 'call-0002' }).answers('1002').bridges('1002', 'client');
    const board = newSwitchboard();
    callsOf(told, board);
    board.forgetEnded(Number.MAX_SAFE_INTEGER);
    const [late] = story().dialsFor('1003', { linkedTo: [], callId: 'call-0002' }).observations;
    expect(board.take(late!).changes.map(({ call }) => call.callId)).toEqual(['call-0001']);
    for (const seen of story().wait(2).hangsUp('client').areDropped('1002', '1003').observations)
      board.take(seen);
    board.forgetEnded(Number.MAX_SAFE_INTEGER);
    board.forgetEnded(Number.MAX_SAFE_INTEGER);
    expect(['client', '1002', '1003'].map((leg) => board.callOf(leg))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('channels that a forgotten call expected are strangers then', () => {
    const board = newSwitchboard();
    callsOf(story().comesIn('client').answers('client').bridges('client', '1001').hangsUp('client'), board);
    board.forgetEnded(Number.MAX_SAFE_INTEGER);
    callsOf(story().wait(9).dialsFor('1001', { linkedTo: [] }), board);
    expect(board.callOf('1001')?.callId).toBe('call-of-1001');
  });
});
