import type { ScenarioRecord } from '../run-record';
import { ANNA, aScenario, heard, steps, SWITCH, TRUNK } from './build';
import { SipTape } from './sip-tape';

const SOURCE = `title: A call comes in for one employee and is answered
tags: [U1, inbound, recording]
people:
  anna: { extension: 1001 }
story:
  - the client 74950001234 "Ivan Petrov" calls 74951234567
  - Anna's phone rings within 2s
  - Anna has the card of 74950001234 within 1s
  - Anna answers
  - Anna hears the client, and the client hears Anna, for 2s
  - the client hangs up
  - the call is filed for Anna as 200 within 5s
  - its recording lasts 3s
`;

const IN = { callId: 'a84b4c76e66710@client', cseq: '102 INVITE' };
const OUT = { callId: '5f3c22aa-8e1d-123f@switch', cseq: '8412 INVITE' };
const A = 'f2a1c6de-5f0b-4a52-9b1e-0a7d0c3f1a01';
const B = 'f2a1c6de-5f0b-4a52-9b1e-0a7d0c3f1a02';
const PORTAL_CALL = 'externalCall.6f1c0d7bb3a94d3c8a5e9d1f2b7c4e60.1785578400';

function messages() {
  return new SipTape()
    .registers(-420, 'anna', '1001')
    .say(14, 'trunk', 'switch', 'INVITE sip:74951234567@127.0.0.1 SIP/2.0', { ...IN, sdp: 'sendrecv' })
    .say(17, 'switch', 'trunk', 'SIP/2.0 100 Trying', IN)
    .say(52, 'switch', 'anna', 'INVITE sip:1001@127.0.0.1:41001 SIP/2.0', { ...OUT, sdp: 'sendrecv' })
    .say(58, 'anna', 'switch', 'SIP/2.0 100 Trying', OUT)
    .say(63, 'anna', 'switch', 'SIP/2.0 180 Ringing', OUT)
    .say(71, 'switch', 'trunk', 'SIP/2.0 180 Ringing', IN)
    .say(1268, 'anna', 'switch', 'SIP/2.0 200 OK', { ...OUT, sdp: 'sendrecv' })
    .say(1272, 'switch', 'anna', 'ACK sip:1001@127.0.0.1:41001 SIP/2.0', { ...OUT, cseq: '8412 ACK' })
    .say(1281, 'switch', 'trunk', 'SIP/2.0 200 OK', { ...IN, sdp: 'sendrecv' })
    .say(1290, 'trunk', 'switch', 'ACK sip:74951234567@127.0.0.1 SIP/2.0', { ...IN, cseq: '102 ACK' })
    .say(4310, 'trunk', 'switch', 'BYE sip:74951234567@127.0.0.1 SIP/2.0', { ...IN, cseq: '103 BYE' })
    .say(4313, 'switch', 'trunk', 'SIP/2.0 200 OK', { ...IN, cseq: '103 BYE' })
    .say(4318, 'switch', 'anna', 'BYE sip:1001@127.0.0.1:41001 SIP/2.0', {
      ...OUT,
      cseq: '8413 BYE',
      headers: ['Reason: Q.850;cause=16;text="NORMAL_CLEARING"'],
    })
    .say(4324, 'anna', 'switch', 'SIP/2.0 200 OK', { ...OUT, cseq: '8413 BYE' }).messages;
}

/** U1 as it should be: everything passed, every kind of evidence is there. */
export function answeredCall(): ScenarioRecord {
  return aScenario({
    id: 'inbound-answered',
    file: 'inbound/answered.yaml',
    title: 'A call comes in for one employee and is answered',
    tags: ['U1', 'inbound', 'recording'],
    source: SOURCE,
    durationMs: 5230,
    steps: steps(
      [6, 'the client 74950001234 "Ivan Petrov" calls 74951234567', 10, 14],
      [7, "Anna's phone rings within 2s", 14, 63],
      [8, 'Anna has the card of 74950001234 within 1s', 63, 248],
      [9, 'Anna answers', 1260, 1290],
      [10, 'Anna hears the client, and the client hears Anna, for 2s', 1290, 3400],
      [11, 'the client hangs up', 4300, 4324],
      [12, 'the call is filed for Anna as 200 within 5s', 4324, 4706],
      [13, 'its recording lasts 3s', 4706, 5170],
    ),
    actors: [TRUNK, SWITCH, ANNA],
    messages: messages(),
    ...switchSide(),
    ...portalSide(),
    ...sound(),
  });
}

function switchSide(): Pick<ScenarioRecord, 'legs' | 'switchEvents' | 'callFacts'> {
  const event = (atMs: number, name: string, channelUuid: string, hangupCause?: string) => ({
    atMs,
    name,
    channelUuid,
    actor: channelUuid === A ? 'trunk' : 'anna',
    ...(hangupCause === undefined ? {} : { hangupCause }),
  });
  return {
    legs: [
      {
        channelUuid: A,
        actor: 'trunk',
        direction: 'inbound',
        number: '74951234567',
        createdMs: 18,
        rangMs: 70,
        answeredMs: 1279,
        holds: [],
        bridges: [{ with: B, fromMs: 1284, toMs: 4315 }],
        endedMs: 4314,
        hangupCause: 'NORMAL_CLEARING',
      },
      {
        channelUuid: B,
        actor: 'anna',
        direction: 'outbound',
        number: '1001',
        createdMs: 48,
        rangMs: 64,
        answeredMs: 1270,
        holds: [],
        bridges: [{ with: A, fromMs: 1284, toMs: 4315 }],
        endedMs: 4326,
        hangupCause: 'NORMAL_CLEARING',
      },
    ],
    switchEvents: [
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
    ],
    callFacts: [
      {
        callId: '0198f3c2-7c1e-5d64-9a57-2b1f0c9d7e11',
        facts: [
          { name: 'direction', value: 'inbound' },
          { name: 'did', value: '74951234567' },
          { name: 'externalNumber', value: '74950001234' },
          { name: 'answeredByExtension', value: '1001' },
          { name: 'talkSeconds', value: '3.03' },
          { name: 'outcome', value: 'answered' },
          { name: 'hungUpBy', value: 'caller' },
        ],
      },
    ],
  };
}

function portalSide(): Pick<ScenarioRecord, 'cards' | 'requests' | 'filed'> {
  const method = (name: string): string => `telephony.externalCall.${name}`;
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
    requests: [
      {
        atMs: 142,
        method: method('register'),
        params: {
          USER_ID: 4,
          PHONE_NUMBER: '74950001234',
          TYPE: 2,
          SHOW: 1,
          EXTERNAL_CALL_ID: '0198f3c2-7c1e-5d64-9a57-2b1f0c9d7e11',
        },
        durationMs: 89,
        status: 200,
      },
      {
        atMs: 4431,
        method: method('finish'),
        params: { CALL_ID: PORTAL_CALL, USER_ID: 4, DURATION: 3, STATUS_CODE: '200', ADD_TO_CHAT: 0 },
        durationMs: 71,
        status: 200,
      },
      {
        atMs: 4720,
        method: method('attachRecord'),
        params: { CALL_ID: PORTAL_CALL, FILENAME: '0198f3c2.wav' },
        durationMs: 64,
        status: 200,
      },
      {
        atMs: 4801,
        method: 'upload',
        params: { FILE_CONTENT: '[64684 characters]' },
        durationMs: 310,
        status: 200,
      },
    ],
    filed: [
      {
        portalCallId: PORTAL_CALL,
        callId: '0198f3c2-7c1e-5d64-9a57-2b1f0c9d7e11',
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

function sound(): Pick<ScenarioRecord, 'audio' | 'attachments'> {
  return {
    audio: [
      heard({
        listener: 'trunk',
        expected: { kind: 'tone', name: 'ringing tone', hz: [425] },
        fromMs: 80,
        toMs: 1280,
        levelsDb: [...Array.from({ length: 10 }, () => -14), -90, -90],
        tones: [{ hz: 425, fromMs: 84, toMs: 1080 }],
        finding: '425 Hz for 1.0 s',
      }),
      heard({
        listener: 'anna',
        expected: { kind: 'actor', actor: 'trunk', hz: [650] },
        fromMs: 1300,
        toMs: 3400,
        tones: [{ hz: 650, fromMs: 1312, toMs: 3400 }],
        finding: '650 Hz for 2.1 s',
      }),
      heard({
        listener: 'trunk',
        expected: { kind: 'actor', actor: 'anna', hz: [750] },
        fromMs: 1300,
        toMs: 3400,
        tones: [{ hz: 750, fromMs: 1306, toMs: 3400 }],
        lost: 1,
        finding: '750 Hz for 2.1 s, 1 packet lost',
      }),
    ],
    attachments: [recording()],
  };
}

/** A third of a second of 440 Hz: a WAV that plays. */
function recording(): ScenarioRecord['attachments'][number] {
  const samples = Int16Array.from(
    { length: 2666 },
    (_, i) => Math.sin((i * 440 * 2 * Math.PI) / 8000) * 6000,
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  const file = Buffer.concat([header, Buffer.from(samples.buffer)]);
  return {
    name: '0198f3c2.wav',
    kind: 'recording',
    mediaType: 'audio/wav',
    bytes: file.length,
    content: { base64: file.toString('base64') },
  };
}
