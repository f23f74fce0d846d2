import { portalEvents } from '@app/bitrix24/contract';
import { decideClick, type ClickFacts, type ClickRequest, type ClickRules } from '@app/calls';
import { originateArguments } from './originate';
import { numberReader } from './read-number';
import { speakable } from './speech';
import { readOriginate } from './testing/freeswitch-parsers';
import { hostileClick, randomOf } from './testing/hostile-clicks';

const CLICKS = 100_000;
const SEED = Number(process.env.CLICKS_SEED ?? 1);

const ID = '0c5d9f1e-8c1b-4e7a-9d6b-6f1a2b3c4d5e';
const readNumber = numberReader('RU');
const OPTIONS = { mobileGateway: 'trunk', voice: 'flite|kal', presetUuid: true };
/** Everything is allowed: what is refused proves nothing. */
const RULES: ClickRules = {
  staleAfterMs: 1,
  staleCallbackAfterMs: 1,
  allowedPrefixes: ['+'],
  deniedPrefixes: [],
  clicksPerUser: 1,
  clicksPerPortal: 1,
  callsPerUser: 1,
  ringSeconds: 30,
  phone: 'as-clicked',
  mobileOf: (userId) => (userId % 2 === 0 ? '+79160000000' : undefined),
  autoAnswerOf: (userId) =>
    userId % 3 === 0 ? { kind: 'alert-info', text: 'info=alert-autoanswer' } : undefined,
  speech: speakable,
};

/** The way of an event to the arguments of originate, as the worker and the gateway go it; undefined: refused. */
function dialString(fields: Record<string, unknown>): string | undefined {
  const { data } = portalEvents.ONEXTERNALCALLSTART.data.safeParse(fields);
  if (!data) return undefined;
  const facts: ClickFacts = {
    phones: [
      {
        switchId: 'main',
        extension: String(fields.extensionOfUser),
        domain: String(fields.domainOfUser),
      },
    ],
    lines: [{ switchId: 'main', did: '+74951234567', lineNumber: 'line-1' }],
    colleagues: [String(fields.extensionOfUser)],
    switches: ['main'],
    clicksOfUser: 0,
    clicksOfPortal: 0,
    callsOfUser: 0,
  };
  const request: ClickRequest = {
    kind: 'click',
    portalId: ID,
    userId: data.USER_ID,
    numbers: [data.PHONE_NUMBER_INTERNATIONAL, data.PHONE_NUMBER].filter((number) => number !== null),
    isMobile: data.IS_MOBILE,
    text: String(fields.TEXT),
    askedAt: 0,
    ...(data.LINE_NUMBER !== null && { lineNumber: data.LINE_NUMBER }),
    ...(data.EXTENSION !== null && { extension: data.EXTENSION }),
    ...(data.CALL_ID !== null && { portalCallId: data.CALL_ID }),
  };
  const decision = decideClick(request, facts, RULES, { now: 0, newId: () => ID, readNumber });
  return decision.kind === 'order' ? originateArguments(decision.order, OPTIONS) : undefined;
}

const VARIABLES = new Set([
  'origination_uuid',
  'connector_call_id',
  'connector_line',
  'connector_digits',
  'connector_say',
  'connector_voice',
  'origination_caller_id_number',
  'origination_caller_id_name',
  'leg_timeout',
  'ignore_early_media',
  'sip_auto_answer',
  'sip_h_Alert-Info',
]);
const ENDPOINT = /^(user\/[A-Za-z0-9_.+*#-]+(@[A-Za-z0-9.-]+)?|sofia\/gateway\/trunk\/\d{7,15})$/;

it(`never, in ${CLICKS} hostile clicks, makes a dial string of another structure`, () => {
  // Thousands of numbers are refused by an error that nobody looks at.
  Error.stackTraceLimit = 0;
  const random = randomOf(SEED);
  let dialled = 0;
  for (let index = 0; index < CLICKS; index += 1) {
    const fields = hostileClick(random);
    const text = dialString(fields);
    if (text === undefined) continue;
    dialled += 1;
    const { argc, variables, endpoints, rest } = readOriginate(text);
    const isSound =
      !/[\r\n\0$]/.test(text) &&
      argc === 7 &&
      endpoints.length === 1 &&
      ENDPOINT.test(endpoints[0] ?? '') &&
      /^\d{2,15}$/.test(rest[0] ?? '') &&
      rest.slice(1).join(' ') === 'XML click-to-call undef undef 30' &&
      Object.keys(variables).every((name) => VARIABLES.has(name)) &&
      variables.origination_uuid === ID &&
      variables.connector_call_id === ID;
    // Not an expectation per click: a hundred thousand of them would take longer than the clicks.
    if (!isSound) throw new Error(`seed ${SEED}, click ${index}: ${JSON.stringify({ fields, text })}`);
  }
  // Or the fuzz would have proved nothing.
  expect(dialled).toBeGreaterThan(CLICKS / 10);
}, 240_000);
