import type { LegRecord, RequestRecord, SwitchEventRecord } from '../evidence';
import type { ScenarioRecord } from '../run-record';

const A = 'f2a1c6de-5f0b-4a52-9b1e-0a7d0c3f1a01';
const B = 'f2a1c6de-5f0b-4a52-9b1e-0a7d0c3f1a02';
const CALL = '0198f3c2-7c1e-5d64-9a57-2b1f0c9d7e11';
const PORTAL_CALL = 'externalCall.6f1c0d7bb3a94d3c8a5e9d1f2b7c4e60.1785578400';

/** The legs, the events and the facts of the answered call. */
export function answeredCallOnSwitch(): Pick<ScenarioRecord, 'legs' | 'switchEvents' | 'callFacts'> {
  const facts = {
    direction: 'inbound',
    did: '74951234567',
    externalNumber: '74950001234',
    answeredByExtension: '1001',
    talkSeconds: '3.03',
    outcome: 'answered',
    hungUpBy: 'caller',
  };
  return {
    legs: legs(),
    switchEvents: switchEvents(),
    callFacts: [{ callId: CALL, facts: Object.entries(facts).map(([name, value]) => ({ name, value })) }],
  };
}

function legs(): LegRecord[] {
  const ended = { hangupCause: 'NORMAL_CLEARING', holds: [] };
  return [
    {
      ...ended,
      channelUuid: A,
      actor: 'trunk',
      direction: 'inbound',
      number: '74951234567',
      createdMs: 18,
      rangMs: 70,
      answeredMs: 1279,
      bridges: [{ with: B, fromMs: 1284, toMs: 4315 }],
      endedMs: 4314,
    },
    {
      ...ended,
      channelUuid: B,
      actor: 'anna',
      direction: 'outbound',
      number: '1001',
      createdMs: 48,
      rangMs: 64,
      answeredMs: 1270,
      bridges: [{ with: A, fromMs: 1284, toMs: 4315 }],
      endedMs: 4326,
    },
  ];
}

function switchEvents(): SwitchEventRecord[] {
  const event = (atMs: number, name: string, channelUuid: string, cause?: string): SwitchEventRecord => ({
    atMs,
    name,
    channelUuid,
    actor: channelUuid === A ? 'trunk' : 'anna',
    ...(cause === undefined ? {} : { hangupCause: cause }),
  });
  return [
    event(18, 'CHANNEL_CREATE', A),
    event(48, 'CHANNEL_CREATE', B),
    event(64, 'CHANNEL_PROGRESS', B),
    event(70, 'CHANNEL_PROGRESS_MEDIA', A),
    event(1270, 'CHANNEL_ANSWER', B),
    event(1279, 'CHANNEL_ANSWER', A),
    event(1284, 'CHANNEL_BRIDGE', A),
    event(4315, 'CHANNEL_UNBRIDGE', A),
    event(4326, 'CHANNEL_HANGUP_COMPLETE', B, 'NORMAL_CLEARING'),
    event(4330, 'CHANNEL_HANGUP_COMPLETE', A, 'NORMAL_CLEARING'),
  ];
}

/** The card, the requests and the filing of the answered call. */
export function answeredCallInPortal(): Pick<ScenarioRecord, 'cards' | 'requests' | 'filed'> {
  return {
    cards: [
      {
        actor: 'anna',
        portalUserId: 4,
        portalCallId: PORTAL_CALL,
        label: '74950001234 Ivan Petrov',
        shownMs: 231,
        hiddenMs: 4502,
        shownBy: 'register',
        hiddenBy: 'finish',
        isTrue: true,
      },
    ],
    requests: requests(),
    filed: [
      {
        portalCallId: PORTAL_CALL,
        callId: CALL,
        direction: 'inbound',
        phone: '74950001234',
        line: '74951234567',
        portalUserId: 4,
        statusCode: '200',
        talkSeconds: 3,
        crm: 'CONTACT 12',
        recording: { fileName: '0198f3c2.wav', seconds: 3.03 },
      },
    ],
  };
}

function requests(): RequestRecord[] {
  const request = (atMs: number, durationMs: number, method: string, params: object): RequestRecord => ({
    atMs,
    durationMs,
    method,
    params: { ...params },
    status: 200,
  });
  const registered = { USER_ID: 4, PHONE_NUMBER: '74950001234', TYPE: 2, SHOW: 1, EXTERNAL_CALL_ID: CALL };
  const finished = { CALL_ID: PORTAL_CALL, USER_ID: 4, DURATION: 3, STATUS_CODE: '200', ADD_TO_CHAT: 0 };
  return [
    request(142, 89, 'telephony.externalCall.register', registered),
    request(4431, 71, 'telephony.externalCall.finish', finished),
    request(4720, 64, 'telephony.externalCall.attachRecord', {
      CALL_ID: PORTAL_CALL,
      FILENAME: '0198f3c2.wav',
    }),
    request(4801, 310, 'upload', { FILE_CONTENT: '[64684 characters]' }),
  ];
}
