import type { ScenarioRecord } from '../run-record';
import { answeredCallInPortal, answeredCallOnSwitch } from './answered-call-evidence';
import { ANNA, aScenario, heard, steps, SWITCH, TRUNK } from './build';
import { SipTape } from './sip-tape';
import { tinyRecording } from './tiny-recording';

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
    ...answeredCallOnSwitch(),
    ...answeredCallInPortal(),
    ...sound(),
  });
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
    attachments: [tinyRecording('0198f3c2.wav')],
  };
}
