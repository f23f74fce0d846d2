import type { ScenarioRecord } from '../run-record';
import { ANNA, aScenario, BORIS, SWITCH, TRUNK } from './build';
import { answeredCall } from './answered-call';
import { SipTape } from './sip-tape';

/** The harness could not do its work. */
export function brokenScenario(): ScenarioRecord {
  return aScenario({
    id: 'outbound-busy',
    file: 'outbound/busy.yaml',
    title: 'A client who is called is busy',
    tags: ['outbound'],
    source:
      'title: A client who is called is busy\nstory:\n  - Anna calls 74957654321\n  - the client is busy\n',
    outcome: {
      kind: 'broken',
      error:
        'The phone of Anna could not register: 403 Forbidden.\nThe directory of the switch has no user 1001 in the domain 127.0.0.1.',
    },
    durationMs: 1312,
    steps: [
      {
        line: 3,
        text: 'Anna calls 74957654321',
        beganMs: 40,
        endedMs: 1300,
        deadlineMs: 5000,
        outcome: 'broken',
      },
      { line: 4, text: 'the client is busy', outcome: 'not-reached' },
    ],
    actors: [TRUNK, SWITCH, ANNA],
    messages: new SipTape()
      .say(41, 'anna', 'switch', 'REGISTER sip:127.0.0.1 SIP/2.0', { callId: 'r1', cseq: '1 REGISTER' })
      .say(44, 'switch', 'anna', 'SIP/2.0 401 Unauthorized', { callId: 'r1', cseq: '1 REGISTER' })
      .say(48, 'anna', 'switch', 'REGISTER sip:127.0.0.1 SIP/2.0', { callId: 'r1', cseq: '2 REGISTER' })
      .say(52, 'switch', 'anna', 'SIP/2.0 403 Forbidden', { callId: 'r1', cseq: '2 REGISTER' }).messages,
  });
}

/** Was not run at all. */
export function skippedScenario(): ScenarioRecord {
  return aScenario({
    id: 'webrtc-answered',
    file: 'webrtc/answered.yaml',
    title: 'A browser phone answers',
    tags: ['webrtc'],
    outcome: { kind: 'skipped', reason: 'needs the optional package @roamhq/wrtc' },
    durationMs: 0,
    actors: [],
  });
}

/** Passed without a call: cards of an outage that are filed later, in one batch. */
export function outage(): ScenarioRecord {
  const call = answeredCall();
  return {
    ...call,
    id: 'outage-filed-later',
    file: 'outage/filed-later.yaml',
    title: 'Calls of an outage are filed later, without cards',
    tags: ['U6', 'outage'],
    actors: [TRUNK, SWITCH, ANNA, BORIS],
    cards: [],
    audio: [],
    requests: Array.from({ length: 12 }, (_, i) => ({
      atMs: 400 + i * 330,
      method: i % 2 === 0 ? 'telephony.externalCall.register' : 'telephony.externalCall.finish',
      params: { SHOW: 0 },
      durationMs: i < 4 ? 300 : 40,
      ...(i < 4 ? { fault: 'gateway-timeout', status: 504 } : { status: 200 }),
    })),
  };
}
