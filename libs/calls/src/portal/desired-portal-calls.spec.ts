import { officePolicy } from '../testing/office';
import { callOf, callsOf } from '../testing/retell';
import { CLIENT_NUMBER, COMPANY_NUMBER, story, STORY_BEGINS, type Story } from '../testing/story';
import { desiredPortalCalls } from './desired-portal-calls';
import type { PortalPolicy } from './portal-policy';

const desiredIn = (told: Story, policy: PortalPolicy = officePolicy()) =>
  desiredPortalCalls(callOf(told), policy)[0]!;
const filedIn = (told: Story, policy?: PortalPolicy) => desiredIn(told, policy).filed;

const ringing = () => story().comesIn('client').dials('1001', '1002').rings('1001', '1002').wait(3);
const talked = () => ringing().talk('client', '1002').ends('1001', 'LOSE_RACE').wait(60);

describe('what the portal should hold for a call', () => {
  it('a ringing call: who to register it for, who sees it', () => {
    expect(desiredIn(ringing())).toEqual({
      key: 'main',
      externalCallId: 'call-of-client',
      type: 2,
      phoneNumber: CLIENT_NUMBER,
      hasNumber: true,
      startedAt: STORY_BEGINS,
      lineNumber: `line ${COMPANY_NUMBER}`,
      crmCreate: true,
      crmSource: 'CALL',
      addToChat: false,
      registerFor: 1,
      fallbackUserId: 99,
      cards: [1, 2],
      filed: undefined,
      recordings: [],
      finishWhen: 'at-end',
      registerAtOnce: false,
      onlyIfRegistered: false,
    });
  });

  it("an outbound call is of type 1, under the client's number and the line presented to him", () => {
    expect(desiredIn(story().phones('1001', CLIENT_NUMBER).dials('gateway'))).toMatchObject({
      type: 1,
      phoneNumber: CLIENT_NUMBER,
      lineNumber: `line ${COMPANY_NUMBER}`,
      crmCreate: false,
      registerFor: 1,
      cards: [1],
    });
  });

  it('what is created in the CRM and told in the chat is asked for each line and direction', () => {
    const asked: unknown[][] = [];
    const policy: PortalPolicy = {
      ...officePolicy(),
      crm: (...question) => {
        asked.push(question);
        return { create: true, source: 'WEB' };
      },
      addToChat: (direction, did) => direction === 'inbound' && did === COMPANY_NUMBER,
    };
    const inbound = desiredIn(ringing(), policy);
    const outbound = desiredIn(story().phones('1001', CLIENT_NUMBER).dials('gateway'), policy);
    expect([inbound, outbound]).toMatchObject([
      { crmCreate: true, crmSource: 'WEB', addToChat: true },
      { crmCreate: true, crmSource: 'WEB', addToChat: false },
    ]);
    expect(asked).toEqual([
      ['inbound', COMPANY_NUMBER],
      ['outbound', COMPANY_NUMBER],
    ]);
  });

  it('an internal call is nothing to it', () => {
    expect(
      desiredPortalCalls(callOf(story().phones('1001', '1002').dials('1002').rings('1002')), officePolicy()),
    ).toEqual([]);
  });

  it("an anonymous caller goes under the policy's number, and nothing is created in the CRM for him", () => {
    const origin = { callerNumber: 'anonymous', originalCallerNumber: undefined };
    expect(desiredIn(story().comesIn('client', { origin }))).toMatchObject({
      phoneNumber: '+10000000000',
      crmCreate: false,
    });
    const nobody = { callerNumber: undefined, originalCallerNumber: undefined };
    expect(desiredIn(story().comesIn('client', { origin: nobody }))).toMatchObject({
      phoneNumber: '+10000000000',
      crmCreate: false,
    });
  });

  it('a line that the portal does not know is left out', () => {
    expect(desiredIn(ringing(), officePolicy({ lineOf: () => undefined }))).not.toHaveProperty('lineNumber');
    expect(desiredIn(story().comesIn('client', { origin: { dialled: undefined } }))).not.toHaveProperty(
      'lineNumber',
    );
  });

  it("before anybody rings it is nobody's", () => {
    expect(desiredIn(story().comesIn('client').dials('1001'))).toMatchObject({
      registerFor: 99,
      cards: [],
      filed: undefined,
    });
  });
});

describe('how a call is filed', () => {
  it('answered: for who talked, with the seconds of the talk', () => {
    const told = talked().hangsUp('client');
    expect(desiredIn(told)).toMatchObject({
      cards: [],
      filed: { userId: 2, durationSeconds: 60, statusCode: '200' },
    });
  });

  it('as soon as the client is gone, though colleagues talk on', () => {
    const told = talked()
      .dialsFor('1003', { linkedTo: ['1002'] })
      .talk('1002', '1003')
      .wait(5)
      .hangsUp('client');
    expect(filedIn(told)).toEqual({
      userId: 2,
      ownerFirst: false,
      durationSeconds: 60,
      statusCode: '200',
      failedReason: undefined,
    });
  });

  it('an answered call is not over while anybody outside is in it', () => {
    expect(
      filedIn(
        talked()
          .dialsFor('mobile', { linkedTo: ['1002'] })
          .talk('1002', 'mobile')
          .hangsUp('client'),
      ),
    ).toBeUndefined();
  });

  it('unanswered: not before the last phone has given up, for a queue may go on', () => {
    const told = ringing().ends('1001', 'NO_ANSWER').ends('1002', 'NO_ANSWER');
    expect(filedIn(told)).toBeUndefined();
    expect(filedIn(told.ends('client'))).toEqual({
      userId: 2,
      ownerFirst: false,
      durationSeconds: 0,
      statusCode: '304',
      failedReason: 'missed: NO_ANSWER',
    });
  });

  it('the gateway that failed is not the end: a second may be tried', () => {
    const told = story()
      .phones('1001', CLIENT_NUMBER)
      .dials('gateway')
      .ends('gateway', 'NORMAL_TEMPORARY_FAILURE');
    expect(filedIn(told)).toBeUndefined();
    expect(
      filedIn(told.dials('gateway-2').talk('1001', 'gateway-2').wait(9).hangsUp('gateway-2'))?.statusCode,
    ).toBe('200');
  });

  it.each<[string, Story, number]>([
    [
      'who talked last',
      talked()
        .unbridges('client', '1002')
        .areDropped('1002')
        .dials('1003')
        .talk('client', '1003')
        .wait(5)
        .hangsUp('client')
        .areDropped('1003'),
      3,
    ],
    [
      "who talked before, when the last is nobody's extension",
      talked()
        .unbridges('client', '1002')
        .areDropped('1002')
        .dials('999')
        .talk('client', '999')
        .wait(5)
        .hangsUp('client')
        .areDropped('999'),
      2,
    ],
    [
      'who dialled',
      story()
        .phones('1001', CLIENT_NUMBER)
        .dials('gateway')
        .ends('gateway', 'USER_BUSY')
        .ends('1001', 'USER_BUSY'),
      1,
    ],
    [
      'who rang last',
      ringing()
        .ends('1002', 'NO_ANSWER')
        .ends('1001', 'NO_ANSWER')
        .dials('1003')
        .rings('1003')
        .ends('1003', 'NO_ANSWER')
        .ends('client'),
      3,
    ],
    [
      'the default user, when nobody rang',
      story().comesIn('client').ends('client', 'USER_NOT_REGISTERED'),
      99,
    ],
    [
      'the default user, when a mobile took it',
      story()
        .comesIn('client')
        .dials('mobile')
        .talk('client', 'mobile')
        .wait(5)
        .hangsUp('client')
        .areDropped('mobile'),
      99,
    ],
    [
      'who rang, when a mobile took it',
      story()
        .comesIn('client')
        .dials('1001')
        .rings('1001')
        .ends('1001', 'NO_ANSWER')
        .dials('mobile')
        .talk('client', 'mobile')
        .wait(5)
        .hangsUp('client')
        .areDropped('mobile'),
      1,
    ],
  ])('for %s', (_who, told, userId) => {
    expect(filedIn(told)?.userId).toBe(userId);
  });

  it('a talk of a moment is a second long: the portal takes 0 for no talk', () => {
    expect(filedIn(ringing().talk('client', '1001').wait(0.2).hangsUp('client'))?.durationSeconds).toBe(1);
    expect(filedIn(ringing().talk('client', '1001').wait(7.6).hangsUp('client'))?.durationSeconds).toBe(8);
  });

  it('the end was not seen: up to where it was known to live', () => {
    expect(filedIn(talked().isLost('client').isLost('1002'))).toMatchObject({
      durationSeconds: 60,
      statusCode: '200',
    });
  });

  it('lost before anybody talked', () => {
    expect(filedIn(ringing().isLost('client').isLost('1001').isLost('1002'))).toMatchObject({
      durationSeconds: 0,
      statusCode: '304',
      failedReason: 'lost',
    });
  });
});

describe('recordings', () => {
  it('best first, each with whether its file is complete', () => {
    const told = ringing()
      .talk('client', '1001')
      .records('client', '/r/whole.wav')
      .wait(30)
      .records('1001', '/r/end.wav')
      .wait(5);
    told.stopsRecording('client', '/r/whole.wav').hangsUp('client');
    expect(desiredIn(told).recordings).toEqual([
      { path: '/r/whole.wav', state: 'ready' },
      { path: '/r/end.wav', state: 'running' },
    ]);
  });
});

describe('a call that became part of another', () => {
  /** Two clients' calls that an employee joined by hand. */
  const joined = () =>
    story()
      .comesIn('client')
      .dials('1001')
      .talk('client', '1001')
      .wait(10)
      .comesIn('client-2')
      .dialsFor('1002', { linkedTo: ['client-2'] })
      .rings('1002')
      .talk('client-2', '1002')
      .records('client-2', '/r/second.wav')
      .wait(5)
      .bridges('client', 'client-2')
      .wait(5);

  it('is finished if it was registered, and never registered any more', () => {
    const [, tombstone] = callsOf(joined());
    expect(desiredPortalCalls(tombstone!, officePolicy())[0]).toMatchObject({
      externalCallId: 'call-of-client-2',
      onlyIfRegistered: true,
      cards: [],
      filed: { userId: 2, durationSeconds: 5, statusCode: '200' },
    });
  });

  it('leaves its recordings to the one that goes on: it would wait for them for ever', () => {
    const [survivor, tombstone] = callsOf(joined().stopsRecording('client-2', '/r/second.wav'));
    expect(
      desiredPortalCalls(tombstone!, officePolicy({ finishWhen: 'recording-ready' }))[0]?.recordings,
    ).toEqual([]);
    expect(survivor?.recordings).toMatchObject([
      { path: '/r/second.wav', stopped: expect.anything() as unknown },
    ]);
  });
});
