import type { RunRecord, ScenarioRecord } from '../run-record';
import { ANNA, aRun, aScenario, heard, SWITCH, TRUNK } from './build';

/** Ends what it stands in, in HTML, XML, attributes, scripts, comments and templates, and starts something else. */
export const BREAKOUT =
  `"><script>alert(1)</script>' onmouseover='alert(2)' <img src=x onerror=alert(3)>` +
  `</title></style></script></template></textarea></pre></svg>--> ]]> &lt; \${7*7} {{7*7}}`;
/** What no XML can hold, what a terminal obeys, and what turns the direction of writing. */
export const INVISIBLE =
  '\u0000\u0007\u001b[2J\u001b]0;owned\u0007\u009b31m\u202eevil\u2066\u200b\ufeff\ufffe\ud800';
export const HOSTILE = `${INVISIBLE}${BREAKOUT}`;

/** A scenario in which everything that comes from outside is an attack. */
export function hostileScenario(): ScenarioRecord {
  return aScenario({
    file: `inbound/${HOSTILE}.yaml`,
    title: HOSTILE,
    tags: [HOSTILE, 'inbound'],
    source: `${HOSTILE}\n${HOSTILE}`,
    outcome: { kind: 'failed' },
    steps: [
      {
        text: HOSTILE,
        line: 1,
        beganMs: 10,
        endedMs: 900,
        outcome: 'failed',
        expected: HOSTILE,
        came: `${HOSTILE}\n${HOSTILE}`,
      },
    ],
    actors: [{ ...TRUNK, name: HOSTILE }, SWITCH, { ...ANNA, extension: HOSTILE }],
    ...fromPhones(),
    ...fromSwitch(),
    ...fromPortal(),
  });
}

function fromPhones(): Pick<ScenarioRecord, 'messages' | 'audio'> {
  const message = {
    transport: HOSTILE,
    cseq: HOSTILE,
    callId: HOSTILE,
    text: `${HOSTILE}\r\n\r\n${HOSTILE}`,
  };
  return {
    messages: [
      { ...message, atMs: 1, from: 'trunk', to: 'switch', startLine: HOSTILE },
      { ...message, atMs: 2, from: 'switch', to: HOSTILE, startLine: `SIP/2.0 200 ${HOSTILE}` },
      {
        ...message,
        atMs: 3,
        from: 'switch',
        to: 'switch',
        startLine: `INVITE sip:${'x'.repeat(500)}@a SIP/2.0`,
      },
    ],
    audio: [
      heard({
        listener: HOSTILE,
        expected: { kind: 'tone', name: HOSTILE, hz: [425] },
        fromMs: 0,
        toMs: 500,
        finding: HOSTILE,
        isRight: false,
      }),
    ],
  };
}

function fromSwitch(): Pick<ScenarioRecord, 'legs' | 'switchEvents' | 'callFacts'> {
  const uuid = HOSTILE;
  return {
    legs: [
      {
        channelUuid: uuid,
        actor: HOSTILE,
        direction: 'inbound',
        number: HOSTILE,
        createdMs: 1,
        holds: [{ fromMs: 700, toMs: 600 }],
        bridges: [{ with: HOSTILE, fromMs: 300 }],
        answeredMs: 5,
        endedMs: 800,
        hangupCause: HOSTILE,
      },
    ],
    switchEvents: [{ atMs: 1, name: HOSTILE, channelUuid: uuid, hangupCause: HOSTILE, detail: HOSTILE }],
    callFacts: [{ callId: HOSTILE, facts: [{ name: HOSTILE, value: HOSTILE }] }],
  };
}

function fromPortal(): Pick<ScenarioRecord, 'cards' | 'requests' | 'filed' | 'complaints' | 'attachments'> {
  return {
    cards: [
      {
        portalUserId: 4,
        portalCallId: HOSTILE,
        label: HOSTILE,
        shownMs: 100,
        hiddenMs: 700,
        shownBy: 'show',
        isTrue: false,
        why: HOSTILE,
      },
    ],
    requests: [
      {
        atMs: 100,
        method: HOSTILE,
        params: { [HOSTILE]: HOSTILE },
        status: 500,
        error: { code: HOSTILE, description: HOSTILE },
        fault: HOSTILE,
        batchId: HOSTILE,
      },
    ],
    filed: [
      {
        portalCallId: HOSTILE,
        direction: HOSTILE,
        phone: HOSTILE,
        line: HOSTILE,
        portalUserId: 4,
        statusCode: HOSTILE,
        failedReason: HOSTILE,
        talkSeconds: 1,
        crm: HOSTILE,
        recording: { fileName: HOSTILE },
      },
    ],
    complaints: [{ kind: HOSTILE, detail: HOSTILE }],
    attachments: [
      {
        name: `../../${HOSTILE}.html`,
        kind: 'recording',
        mediaType: 'text/html',
        bytes: 10,
        content: { text: HOSTILE },
      },
      { name: HOSTILE, kind: 'log', mediaType: HOSTILE, bytes: 10, content: { base64: HOSTILE } },
      { name: HOSTILE, kind: 'other', mediaType: 'text/plain', bytes: 10, content: { path: HOSTILE } },
    ],
  };
}

/** A run in which nothing that can be hostile is not. */
export function hostileRun(): RunRecord {
  const broken = aScenario({ id: 'broken', title: HOSTILE, outcome: { kind: 'broken', error: HOSTILE } });
  const skipped = aScenario({ id: 'skipped', title: HOSTILE, outcome: { kind: 'skipped', reason: HOSTILE } });
  return aRun([hostileScenario(), broken, skipped], {
    suite: HOSTILE,
    target: { kind: 'freeswitch', version: HOSTILE },
    environment: [{ name: HOSTILE, value: HOSTILE }],
    interrupted: HOSTILE,
  });
}
