import { officePolicy } from '../testing/office';
import { callOf } from '../testing/retell';
import { CLIENT_NUMBER, COMPANY_NUMBER, story, type Story } from '../testing/story';
import { desiredPortalCalls } from './desired-portal-calls';
import { explainFiling } from './explain-filing';
import { nextStep } from './next-step';
import { beginStep, endStep, unregistered, type PortalCall } from './portal-call';
import type { MissedPolicy, PortalPolicy } from './portal-policy';
import type { PortalStep, StepAnswer } from './portal-step';

const missed = () =>
  story()
    .comesIn('client')
    .dials('1001', '1002')
    .rings('1001', '1002')
    .wait(3)
    .ends('1001', 'NO_ANSWER')
    .ends('1002', 'NO_ANSWER')
    .ends('client');
const wanting = (policy: Partial<MissedPolicy>, more: Partial<PortalPolicy> = {}) =>
  officePolicy({ missed: () => ({ responsible: 'last-rung', notify: false, ...policy }), ...more });
const desiredIn = (told: Story, policy: PortalPolicy) => desiredPortalCalls(callOf(told), policy)[0]!;

/** The steps for a call until there is none, each answered so. */
function stepsOf(told: Story, policy: PortalPolicy, answer: (step: PortalStep) => StepAnswer): PortalStep[] {
  const desired = desiredIn(told, policy);
  const steps: PortalStep[] = [];
  let known: PortalCall = unregistered('call-of-client');
  for (let step = nextStep(desired, known, 0); step; step = nextStep(desired, known, 0)) {
    steps.push(step);
    known = endStep(beginStep(known, step, 0), step, answer(step));
  }
  return steps;
}

const answered =
  (owner: StepAnswer) =>
  (step: PortalStep): StepAnswer => {
    if (step.kind === 'find-owner') return owner;
    return step.kind === 'register' ? { kind: 'registered', portalCallId: 'p1' } : { kind: 'done' };
  };

describe('who is responsible for a missed call', () => {
  it.each([
    ['last-rung', 2],
    ['default-user', 99],
  ] as const)('%s', (responsible, userId) => {
    expect(desiredIn(missed(), wanting({ responsible })).filed).toMatchObject({ userId, statusCode: '304' });
  });

  it('whose phone sent the client on (302) without ringing, also when a mobile has answered that nobody knows', () => {
    const sentOn = () =>
      story()
        .comesIn('client')
        .dials('1002')
        .ends('1002', 'REDIRECTION_TO_NEW_DESTINATION', { sipStatus: 302 })
        .dials('mobile')
        .rings('mobile')
        .wait(3);
    const given = sentOn().ends('mobile', 'NO_ANSWER').ends('client');
    expect(desiredIn(given, wanting({})).filed).toMatchObject({ userId: 2, statusCode: '304' });
    const talked = sentOn().talk('client', 'mobile').wait(9).hangsUp('client').ends('mobile');
    expect(desiredIn(talked, wanting({})).filed).toMatchObject({ userId: 2, statusCode: '200' });
    const taken = sentOn()
      .dials('1001')
      .rings('1001')
      .wait(1)
      .talk('client', '1001')
      .wait(9)
      .hangsUp('client');
    expect(desiredIn(taken.ends('1001').ends('mobile'), wanting({})).filed).toMatchObject({ userId: 1 });
  });

  it('entity-owner: the CRM is asked first, and who is responsible there has the call', () => {
    const steps = stepsOf(
      missed(),
      wanting({ responsible: 'entity-owner' }),
      answered({ kind: 'owner-found', userId: 7 }),
    );
    expect(steps).toMatchObject([
      { kind: 'find-owner', phoneNumber: CLIENT_NUMBER },
      { kind: 'register', userId: 7, show: false },
      { kind: 'finish', userId: 7 },
    ]);
  });

  it.each<[string, StepAnswer]>([
    ['knows nobody', { kind: 'owner-found', userId: null }],
    ['cannot be asked', { kind: 'refused', cause: 'other', reason: 'CRM is not installed.' }],
  ])('entity-owner, but the CRM %s: whose phone rang last', (_what, owner) => {
    const steps = stepsOf(missed(), wanting({ responsible: 'entity-owner' }), answered(owner));
    expect(steps.at(-1)).toMatchObject({ kind: 'finish', userId: 2 });
  });

  it('entity-owner is not asked for while it rings, for who hides his number, and for a call that was talked', () => {
    const policy = wanting({ responsible: 'entity-owner' });
    const ringing = story().comesIn('client').dials('1001').rings('1001');
    const kinds = (told: Story) => stepsOf(told, policy, answered({ kind: 'done' })).map(({ kind }) => kind);
    expect(kinds(ringing)).toEqual(['register']);
    const origin = { callerNumber: 'anonymous', originalCallerNumber: undefined };
    expect(kinds(story().comesIn('client', { origin }).ends('client'))).toEqual(['register', 'finish']);
    expect(kinds(ringing.talk('client', '1001').wait(5).hangsUp('client').areDropped('1001'))).toEqual([
      'register',
      'finish',
    ]);
  });

  it('he is told, where the portal wants it and takes notices', () => {
    const told = stepsOf(missed(), wanting({ notify: true }, { notices: 'en' }), answered({ kind: 'done' }));
    const message = `Missed call: ${CLIENT_NUMBER} called ${COMPANY_NUMBER}.`;
    expect(told.at(-1)).toEqual({ kind: 'notify', userId: 2, message, tag: 'call-call-of-client' });
    const kinds = (policy: PortalPolicy, of = missed()) =>
      stepsOf(of, policy, answered({ kind: 'done' })).map(({ kind }) => kind);
    expect(kinds(wanting({ notify: true }))).not.toContain('notify');
    expect(kinds(wanting({}, { notices: 'en' }))).not.toContain('notify');
    const talked = story().comesIn('client').dials('1001').rings('1001').talk('client', '1001').wait(5);
    const over = talked.hangsUp('client').areDropped('1001');
    expect(kinds(wanting({ notify: true }, { notices: 'ru' }), over)).not.toContain('notify');
  });
});

describe('what is worth knowing of how a call is filed', () => {
  const explain = (told: Story, policy = officePolicy()) => explainFiling(callOf(told), policy);
  const ignoring = (what: 'number' | 'did') => officePolicy({ ignored: () => what });

  it('is nothing for a call like every other', () => {
    expect(explain(missed())).toBeUndefined();
  });

  it('says why a call is not filed, and then the portal is asked for nothing', () => {
    expect(explain(missed(), ignoring('number'))).toBe(
      `not filed: ${CLIENT_NUMBER} is on the list of numbers to ignore`,
    );
    expect(explain(missed(), ignoring('did'))).toBe(
      `not filed: ${COMPANY_NUMBER} is on the list of lines to ignore`,
    );
    expect(desiredPortalCalls(callOf(missed()), ignoring('did'))).toEqual([]);
    expect(explain(story().phones('1001', '1002').dials('1002'))).toBe(
      'calls between colleagues are not filed',
    );
  });

  it('says under which number a caller without one is', () => {
    const origin = (callerNumber?: string) => ({ origin: { callerNumber, originalCallerNumber: undefined } });
    const filed = 'filed under +10000000000, nothing is created in the CRM';
    expect(explain(story().comesIn('client', origin()))).toBe(`the caller shows no number: ${filed}`);
    expect(explain(story().comesIn('client', origin('support@example.com')))).toBe(
      `"support@example.com" is no phone number: ${filed}`,
    );
  });

  it('names who rang without being a user of the portal, and who is responsible instead', () => {
    const policy = officePolicy({ userOf: (extension) => (extension === '1002' ? 2 : undefined) });
    expect(explain(missed(), policy)).toBe("1001 is no user's number in the portal: no card");
    expect(desiredIn(missed(), policy)).toMatchObject({ filed: { userId: 2 } });
    const nobody = officePolicy({ userOf: () => undefined });
    expect(explain(missed(), nobody)).toMatch(/1001 is .*1002 is .*user 99 is responsible by default$/);
    expect(desiredIn(missed(), nobody)).toMatchObject({ registerFor: 99, cards: [], filed: { userId: 99 } });
  });
});
