import { callFacts } from './call-facts';
import { callOf, factsOf } from './testing/retell';
import { CLIENT_NUMBER, COMPANY_NUMBER, story, STORY_BEGINS } from './testing/story';

const talkWith1001 = () =>
  story().comesIn('client').dials('1001').rings('1001').wait(5).talk('client', '1001').wait(10);

describe('the facts of a call', () => {
  it('an inbound call from its first ring to the end', () => {
    const told = story()
      .comesIn('client', { origin: { callerName: 'Anna' } })
      .dials('1001', '1002')
      .rings('1002', '1001');
    told.wait(4).talk('client', '1001').records('client', '/r/a.wav').ends('1002', 'LOSE_RACE').wait(60);
    told.hangsUp('client').stopsRecording('client', '/r/a.wav').areDropped('1001');
    expect(factsOf(told)).toEqual({
      direction: 'inbound',
      clickToCall: false,
      externalNumber: CLIENT_NUMBER,
      externalName: 'Anna',
      did: COMPANY_NUMBER,
      extension: undefined,
      ringingExtensions: ['1002', '1001'],
      answeredByExtension: '1001',
      talkSeconds: 60,
      outcome: 'answered',
      hungUpBy: 'caller',
      transfers: [],
      talkParts: [{ extension: '1001', seconds: 60 }],
      recordingFiles: ['/r/a.wav'],
    });
  });

  it('while it goes on, up to now', () => {
    expect(callFacts(callOf(talkWith1001()), STORY_BEGINS + 65_000)).toMatchObject({
      outcome: undefined,
      hungUpBy: undefined,
      talkSeconds: 60,
      talkParts: [{ extension: '1001', seconds: 60 }],
    });
  });

  it('the time between two talks counts: the client was in the hands of the company', () => {
    const told = talkWith1001()
      .unbridges('client', '1001')
      .areDropped('1001')
      .parks('client', '6001')
      .wait(30);
    told
      .phones('1002', '6001')
      .answers('1002')
      .bridges('client', '1002')
      .wait(20)
      .hangsUp('client')
      .areDropped('1002');
    expect(factsOf(told)).toMatchObject({ talkSeconds: 60, answeredByExtension: '1001' });
  });

  it('a pickup: who takes it is who answered, though another phone rang', () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .rings('1001')
      .wait(4)
      .phones('1002', '**1001')
      .answers('1002', 'client');
    told.ends('1001', 'PICKED_OFF').bridges('1002', 'client').wait(9).hangsUp('client').areDropped('1002');
    expect(factsOf(told)).toMatchObject({
      ringingExtensions: ['1001'],
      answeredByExtension: '1002',
      talkSeconds: 9,
    });
  });

  it('a pickup while a whole group rings', () => {
    const told = story()
      .comesIn('client')
      .dials('1001', '1002', '1003')
      .rings('1001', '1002', '1003')
      .wait(4);
    told.phones('1004', '*8').answers('1004', 'client').ends('1001', 'PICKED_OFF').ends('1002', 'LOSE_RACE');
    told.bridges('1004', 'client').ends('1003', 'LOSE_RACE').wait(9).hangsUp('1004').areDropped('client');
    expect(factsOf(told)).toMatchObject({
      outcome: 'answered',
      answeredByExtension: '1004',
      hungUpBy: 'agent',
    });
  });

  it('a mobile that takes the call has no extension', () => {
    const told = story()
      .comesIn('client')
      .dials('mobile')
      .rings('mobile')
      .talk('client', 'mobile')
      .wait(9)
      .hangsUp('mobile');
    expect(factsOf(told.areDropped('client'))).toMatchObject({
      answeredByExtension: undefined,
      outcome: 'answered',
      talkSeconds: 9,
    });
  });

  it("click-to-call: the employee answered himself, the talk is the client's", () => {
    const told = story()
      .originates('1001')
      .rings('1001')
      .wait(3)
      .answers('1001')
      .dials('gateway')
      .rings('gateway')
      .wait(7);
    told.talk('1001', 'gateway').wait(20).hangsUp('gateway').areDropped('1001');
    expect(factsOf(told)).toMatchObject({
      clickToCall: true,
      extension: '1001',
      answeredByExtension: '1001',
      talkSeconds: 20,
      hungUpBy: 'customer',
    });
  });

  it('an outbound call is answered by no extension', () => {
    const told = story()
      .phones('1001', CLIENT_NUMBER)
      .dials('gateway')
      .talk('1001', 'gateway')
      .wait(3)
      .hangsUp('1001');
    expect(factsOf(told.areDropped('gateway'))).toMatchObject({
      answeredByExtension: undefined,
      hungUpBy: 'agent',
    });
  });
});

describe('who hung up', () => {
  it.each([
    ['the client', talkWith1001().hangsUp('client').areDropped('1001'), 'caller'],
    ['the employee', talkWith1001().hangsUp('1001').unbridges('client').areDropped('client'), 'agent'],
    ['somebody over the API', talkWith1001().areDropped('client', '1001'), 'api'],
    [
      'nobody: the switch was shut down',
      talkWith1001().ends('1001', 'SYSTEM_SHUTDOWN').ends('client', 'SYSTEM_SHUTDOWN'),
      'switch',
    ],
    [
      'the switch, for the target of a transfer did not answer',
      talkWith1001().areDropped('1001').wait(20).ends('client', 'NO_ANSWER', { endedBy: 'switch' }),
      'switch',
    ],
    [
      'nobody: the employee transferred into nothing',
      talkWith1001()
        .ends('1001', 'NORMAL_CLEARING', { transferredAway: true, endedBy: 'phone' })
        .ends('client'),
      undefined,
    ],
    [
      'nobody talked',
      story().comesIn('client').dials('1001').rings('1001').hangsUp('client').ends('1001'),
      undefined,
    ],
  ])('%s', (_who, told, hungUpBy) => {
    expect(factsOf(told).hungUpBy).toBe(hungUpBy);
  });

  it('the client on hold puts down', () => {
    const told = talkWith1001().holds('1001').wait(60).resumes('1001').hangsUp('client').areDropped('1001');
    expect(factsOf(told)).toMatchObject({ hungUpBy: 'caller', talkSeconds: 70 });
  });
});
