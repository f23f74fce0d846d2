import fc from 'fast-check';
import type { AudioCheckRecord, CardRecord, LegRecord, RequestRecord, Stretch } from '../evidence';
import type { ScenarioRecord, StepRecord } from '../run-record';
import { ANNA, aScenario, BORIS, SWITCH, TRUNK } from './build';

const moment = fc.double({ min: -1000, max: 60_000, noNaN: true });
const id = fc.constantFrom('anna', 'boris', 'switch', 'trunk', 'stranger');
const words = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 40 }));

const stretch: fc.Arbitrary<Stretch> = fc.record(
  { fromMs: moment, toMs: moment },
  { requiredKeys: ['fromMs'] },
);

const step: fc.Arbitrary<StepRecord> = fc.record(
  {
    text: words,
    line: fc.nat(99),
    beganMs: moment,
    endedMs: moment,
    outcome: fc.constantFrom('passed', 'failed', 'broken', 'not-reached'),
    came: words,
  },
  { requiredKeys: ['text', 'line', 'outcome'] },
);

const message = fc.record({
  atMs: moment,
  from: id,
  to: id,
  transport: fc.constant('UDP'),
  startLine: fc.oneof(
    words,
    fc.constantFrom(
      'INVITE sip:1001@a SIP/2.0',
      'BYE sip:a SIP/2.0',
      'SIP/2.0 486 Busy Here',
      'SIP/2.0 200 OK',
    ),
  ),
  cseq: fc.constantFrom('1 INVITE', '2 BYE', '1 REGISTER', ''),
  callId: fc.constantFrom('c1', 'c2', 'c3'),
  text: words,
});

const leg: fc.Arbitrary<LegRecord> = fc.record(
  {
    channelUuid: fc.constantFrom('u1', 'u2', 'u3'),
    actor: id,
    direction: fc.constantFrom('inbound', 'outbound'),
    number: words,
    createdMs: moment,
    rangMs: moment,
    answeredMs: moment,
    holds: fc.array(stretch, { maxLength: 3 }),
    bridges: fc.array(
      fc.tuple(stretch, fc.constantFrom('u1', 'u2')).map(([when, other]) => ({ ...when, with: other })),
      { maxLength: 4 },
    ),
    endedMs: moment,
    hangupCause: words,
  },
  { requiredKeys: ['channelUuid', 'actor', 'direction', 'createdMs', 'holds', 'bridges'] },
);

const card: fc.Arbitrary<CardRecord> = fc.record(
  {
    actor: id,
    portalUserId: fc.constantFrom(4, 5, 6),
    portalCallId: fc.constant('externalCall.1'),
    label: words,
    shownMs: moment,
    hiddenMs: moment,
    shownBy: fc.constantFrom('register', 'show'),
    isTrue: fc.boolean(),
    falseFromMs: moment,
  },
  { requiredKeys: ['portalUserId', 'portalCallId', 'label', 'shownMs', 'shownBy', 'isTrue'] },
);

const request: fc.Arbitrary<RequestRecord> = fc.record(
  {
    atMs: moment,
    method: fc.oneof(words, fc.constant('telephony.externalCall.register')),
    params: fc.dictionary(words, words, { maxKeys: 3 }),
    durationMs: fc.double({ min: 0, max: 20_000, noNaN: true }),
    status: fc.constantFrom(200, 503),
    fault: words,
  },
  { requiredKeys: ['atMs', 'method', 'params'] },
);

const audio: fc.Arbitrary<AudioCheckRecord> = fc
  .tuple(moment, fc.nat(5000), fc.array(fc.option(fc.integer({ min: -100, max: 3 })), { maxLength: 60 }))
  .chain(([fromMs, lengthMs, levelsDb]) =>
    fc.record({
      listener: id,
      expected: fc.constantFrom(
        { kind: 'silence' as const },
        { kind: 'tone' as const, name: 'busy', hz: [425] },
      ),
      fromMs: fc.constant(fromMs),
      toMs: fc.constant(fromMs + lengthMs),
      blockMs: fc.constant(100),
      levelsDb: fc.constant(levelsDb),
      tones: fc.array(
        fc.tuple(stretch, fc.constantFrom(425, 650, 1100)).map(([when, hz]) => ({ ...when, hz })),
        { maxLength: 5 },
      ),
      packets: fc.nat(),
      lost: fc.nat(),
      gaps: fc.constant([]),
      isRight: fc.boolean(),
      finding: words,
    }),
  );

/** Anything that the types allow: nobody can have seen most of it, and no report may be spoilt by it. */
export const randomScenario: fc.Arbitrary<ScenarioRecord> = fc
  .record({
    title: words,
    steps: fc.array(step, { maxLength: 12 }),
    messages: fc.array(message, { maxLength: 30 }),
    legs: fc.array(leg, { maxLength: 5 }),
    cards: fc.array(card, { maxLength: 8 }),
    requests: fc.array(request, { maxLength: 25 }),
    audio: fc.array(audio, { maxLength: 4 }),
    durationMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  })
  .map((parts) => aScenario({ ...parts, actors: [ANNA, BORIS, SWITCH, TRUNK], outcome: { kind: 'failed' } }));
