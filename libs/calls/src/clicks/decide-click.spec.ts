import { decideClick } from './decide-click';
import type { ClickFacts, ClickRequest, ClickRules } from './click-request';

const NOW = Date.UTC(2026, 2, 2, 9);
const REQUEST: ClickRequest = {
  kind: 'click',
  portalId: 'acme',
  portalCallId: 'externalCall.1',
  userId: 12,
  numbers: ['+74950000000'],
  isMobile: false,
  askedAt: NOW - 1_000,
};
const FACTS: ClickFacts = {
  phones: [{ switchId: 'main', extension: '1001', domain: 'pbx.internal' }],
  lines: [
    { switchId: 'main', did: '+74951234567', lineNumber: 'line-1' },
    { switchId: 'branch', did: '74957654321', lineNumber: 'line-2' },
  ],
  colleagues: ['1002'],
  switches: ['main', 'branch'],
  clicksOfUser: 0,
  clicksOfPortal: 0,
  callsOfUser: 0,
};
const RULES: ClickRules = {
  staleAfterMs: 15_000,
  staleCallbackAfterMs: 300_000,
  allowedPrefixes: ['+7', '+375'],
  deniedPrefixes: ['+7809'],
  clicksPerUser: 3,
  clicksPerPortal: 10,
  callsPerUser: 2,
  ringSeconds: 30,
  phone: 'as-clicked',
  mobileOf: (userId) => (userId === 12 ? '+79160000012' : undefined),
  autoAnswerOf: () => ({ kind: 'call-info' }),
  speech: (text) => text.replaceAll('$', ''),
};

/** Stands in for libphonenumber: what is E.164 already is a number. */
const readNumber = (text: string) => (/^\+\d{7,15}$/.test(text) ? { e164: text } : undefined);

function decided(
  request: Partial<ClickRequest> = {},
  facts: Partial<ClickFacts> = {},
  rules: Partial<ClickRules> = {},
) {
  let ids = 0;
  const newId = () => `id-${(ids += 1)}`;
  const means = { now: NOW, newId, readNumber };
  return decideClick({ ...REQUEST, ...request }, { ...FACTS, ...facts }, { ...RULES, ...rules }, means);
}

const orderOf = (...args: Parameters<typeof decided>) => {
  const decision = decided(...args);
  if (decision.kind !== 'order') throw new Error(decision.refusal.click.ended?.trouble);
  return decision.order;
};
const troubleOf = (...args: Parameters<typeof decided>) => {
  const decision = decided(...args);
  return decision.kind === 'refusal' ? decision.refusal.click.ended?.trouble : undefined;
};

describe('a click', () => {
  it('becomes an order: the phone of its user, the digits of the number, the portal’s call', () => {
    expect(orderOf()).toEqual({
      callId: 'id-1',
      switchId: 'main',
      click: {
        kind: 'click',
        portalId: 'acme',
        portalCallId: 'externalCall.1',
        userId: 12,
        number: '+74950000000',
        agentUuid: 'id-2',
        phone: { kind: 'extension', extension: '1001', domain: 'pbx.internal' },
      },
      dialling: { digits: '74950000000', ringSeconds: 30, autoAnswer: { kind: 'call-info' } },
      dialBefore: NOW + 14_000,
    });
  });

  it('keeps what the portal wants back: call list, line, client', () => {
    const crmEntity = { type: 'CONTACT', id: 5 } as const;
    const { click, dialling } = orderOf({ callListId: 7, lineNumber: 'line-1', crmEntity });
    expect(click).toMatchObject({ callListId: 7, lineNumber: 'line-1', crmEntity });
    expect(dialling.line).toBe('74951234567');
  });

  it('is dialled on the switch of its line, if its user has a phone there', () => {
    const phones = [...FACTS.phones, { switchId: 'branch', extension: '2001' }];
    expect(orderOf({ lineNumber: 'line-2' }, { phones })).toMatchObject({
      switchId: 'branch',
      click: { phone: { extension: '2001' } },
    });
  });

  it('tells to answer by itself the phone that is called, not another one of its user', () => {
    const autoAnswerOf: ClickRules['autoAnswerOf'] = (_userId, phone) =>
      phone.kind === 'extension' && phone.extension === '1001' ? { kind: 'call-info' } : undefined;
    const phones = [...FACTS.phones, { switchId: 'branch', extension: '2001' }];
    expect(orderOf({}, { phones }, { autoAnswerOf }).dialling.autoAnswer).toEqual({ kind: 'call-info' });
    const elsewhere = orderOf({ lineNumber: 'line-2' }, { phones }, { autoAnswerOf });
    expect(elsewhere.dialling.autoAnswer).toBeUndefined();
  });

  it('has the digits of EXTENSION sent when the client has answered, and nothing but digits', () => {
    expect(orderOf({ extension: '12#,${x}3' }).dialling.afterAnswer).toBe('W12#3');
  });

  it('takes the second form of a number if the first is none', () => {
    expect(orderOf({ numbers: ['nonsense', '+74950000001'] }).dialling.digits).toBe('74950000001');
  });

  it('on a colleague’s number calls him', () => {
    expect(orderOf({ numbers: ['1002'] })).toMatchObject({
      click: { number: '1002' },
      dialling: { digits: '1002' },
    });
  });

  it('in the portal’s mobile app calls the mobile of its user', () => {
    expect(orderOf({ isMobile: true }).click.phone).toEqual({ kind: 'mobile', number: '+79160000012' });
  });

  it.each<[string, string, ...Parameters<typeof decided>]>([
    ['that is too old', 'stale', { askedAt: NOW - 15_001 }],
    ['on no number', 'not-dialable', { numbers: ['1', 'x'] }],
    ['on what a wrong reader takes for one', 'not-dialable', { numbers: ['+7,user/2'] }],
    ['to a place that is not allowed', 'not-allowed', { numbers: ['+442079460101'] }],
    ['to a place that is denied', 'not-allowed', { numbers: ['+78091234567'] }],
    ['over a line of nobody', 'unknown-line', { lineNumber: 'line-9' }],
    ['of somebody without a phone', 'no-phone', {}, { phones: [] }],
    [
      'of somebody whose extension is none',
      'no-phone',
      {},
      { phones: [{ switchId: 'main', extension: '1,{a}' }] },
    ],
    [
      'of somebody in a domain that is none',
      'no-phone',
      {},
      { phones: [{ switchId: 'main', extension: '1', domain: 'a|b' }] },
    ],
    ['of somebody who clicks without end', 'too-fast', {}, { clicksOfUser: 3 }],
    ['of a portal that clicks without end', 'too-fast', {}, { clicksOfPortal: 10 }],
    ['of somebody who is in calls enough', 'too-many-calls', {}, { callsOfUser: 2 }],
  ])('%s is refused', (_what, trouble, ...args) => {
    expect(troubleOf(...args)).toBe(trouble);
  });

  it('that is refused keeps the portal’s call, to be finished', () => {
    expect(decided({ askedAt: 0 })).toMatchObject({
      kind: 'refusal',
      refusal: {
        switchId: 'main',
        click: { portalCallId: 'externalCall.1', ended: { moment: { at: NOW } } },
      },
    });
  });

  it('over a line that only has a number is fine as long as no line is known', () => {
    expect(orderOf({ lineNumber: '+74951112233' }, { lines: [] }).dialling.line).toBe('74951112233');
    expect(orderOf({ lineNumber: 'sales' }, { lines: [] }).dialling.line).toBeUndefined();
  });
});

describe('a callback', () => {
  const callback = {
    kind: 'callback',
    portalCallId: undefined,
    text: 'Call $me',
    askedAt: NOW - 60_000,
  } as const;

  it('may wait longer, and is spoken of', () => {
    expect(orderOf(callback)).toMatchObject({ click: { kind: 'callback' }, dialling: { say: 'Call me' } });
  });

  it('without anybody to call back is nobody’s', () => {
    expect(troubleOf(callback, { phones: [] })).toBe('nobody');
  });

  describe('goes to', () => {
    const phoneOf = (extension: string) => [{ switchId: 'main', extension, domain: 'pbx.internal' }];
    const asked = { ...callback, standIns: [13, 14, 15] };
    const standIns = [
      { userId: 13, phones: phoneOf('1013'), calls: 1 },
      { userId: 14, phones: phoneOf('1014'), calls: 0 },
      { userId: 15, phones: [{ switchId: 'branch', extension: '1015' }], calls: 0 },
    ];
    const called = (facts: Partial<ClickFacts>) => orderOf(asked, { standIns, ...facts }).click.userId;

    it.each([
      ['the first, when he is free', {}, 12],
      ['the next who is in no call', { callsOfUser: 1 }, 14],
      ['the next who has a phone', { phones: [] }, 14],
      ['the first with a phone, when nobody is free', { phones: [], standIns: standIns.slice(0, 1) }, 13],
    ])('%s', (_whom, facts, userId) => {
      expect(called(facts)).toBe(userId);
    });

    it('somebody else who is free and on the same switch, if his phone turns out not to be there', () => {
      expect(orderOf(asked, { standIns }).standIns).toEqual([
        {
          userId: 14,
          phone: { kind: 'extension', extension: '1014', domain: 'pbx.internal' },
          autoAnswer: { kind: 'call-info' },
        },
      ]);
    });

    it('somebody though he has clicked often himself', () => {
      expect(troubleOf(asked, { clicksOfUser: 99 })).toBeUndefined();
      expect(troubleOf(asked, { clicksOfPortal: 99 })).toBe('too-fast');
    });
  });
});
