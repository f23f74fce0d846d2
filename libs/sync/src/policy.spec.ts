import { e164In } from './phone-number';
import { CALLS_AS_USUAL, policyOf } from './policy';
import type { LineSetting } from './ports';
import { portalSettings } from './testing/desk';

describe('a phone number becomes E.164', () => {
  it.each([
    ['79161234567', 'RU', '+79161234567'],
    ['89161234567', 'RU', '+79161234567'],
    ['9161234567', 'RU', '+79161234567'],
    ['+7 (916) 123-45-67', 'RU', '+79161234567'],
    ['380441234567', 'RU', '+380441234567'],
    ['810491721234567', 'RU', '+491721234567'],
    ['2125551234', 'US', '+12125551234'],
    ['030123456', 'DE', '+4930123456'],
  ])('%s in %s', (text, region, expected) => {
    expect(e164In(region)(text)).toBe(expected);
  });

  it('also when the numbering plan in our tables does not know it', () => {
    expect(e164In('RU')('70000000000')).toBe('+70000000000');
  });

  it('but not when it is none', () => {
    const texts = [
      '',
      'anonymous',
      'Unavailable',
      '1001',
      '112',
      '*97',
      '+',
      '--',
      'sip:79161234567@host',
      '79161234567x',
    ];
    expect(texts.map(e164In('RU'))).toEqual(texts.map(() => undefined));
  });

  it('in its international form only, where the region is unknown', () => {
    expect(['+79161234567', '9161234567890123'].map(e164In('XX'))).toEqual(['+79161234567', undefined]);
  });
});

describe('who has an extension', () => {
  const user = (userId: number, extension: string, domain?: string) =>
    ({ userId, extension, domain, cardPolicy: 'answered' }) as const;
  const userOf = (...users: ReturnType<typeof user>[]) => policyOf(portalSettings('token', { users })).userOf;

  it('is found in the domain of the phone, whatever its case', () => {
    const find = userOf(user(1, '1001', 'one.example'), user(2, '1001', 'two.example'));
    expect([find('1001', 'two.example'), find('1001', 'ONE.example')]).toEqual([2, 1]);
  });

  it('is nobody when the extension is known in a foreign domain only', () => {
    expect(userOf(user(1, '1001', 'one.example'))('1001', 'two.example')).toBeUndefined();
  });

  it('is everybody of that number where settings name no domain', () => {
    expect(userOf(user(1, '1001'))('1001', 'any.example')).toBe(1);
  });

  it('is found without a domain if there is only one', () => {
    const find = userOf(
      user(1, '1001', 'one.example'),
      user(2, '1002', 'one.example'),
      user(3, '1002', 'two.example'),
    );
    expect([find('1001'), find('1002'), find('1003')]).toEqual([1, undefined, undefined]);
  });
});

describe('a policy', () => {
  const policy = policyOf(
    portalSettings('token', {
      crm: { inbound: { create: true, source: 'CALL' }, outbound: { create: false, source: 'OUT' } },
      addToChat: { inbound: true, outbound: false },
      users: [{ userId: 4, extension: '1004', cardPolicy: 'never' }],
    }),
  );

  it('finds the line of a DID however the trunk writes it', () => {
    expect(['+74951234567', '74951234567', '84951234567'].map(policy.lineOf)).toEqual([
      'line-1',
      'line-1',
      'line-1',
    ]);
    expect(policy.lineOf('74950000000')).toBeUndefined();
  });

  it('tells inbound from outbound', () => {
    expect([policy.crm('inbound', undefined), policy.crm('outbound', undefined)]).toMatchObject([
      { source: 'CALL' },
      { source: 'OUT' },
    ]);
    expect([policy.addToChat('inbound', undefined), policy.addToChat('outbound', undefined)]).toEqual([
      true,
      false,
    ]);
  });

  it('may be another for a line, in one direction or both, wholly or in part', () => {
    const line = (did: string, linePolicy: LineSetting['policy']): LineSetting => ({
      ...{ did, lineNumber: did },
      policy: linePolicy,
    });
    const { crm, addToChat } = policyOf(
      portalSettings('token', {
        crm: { inbound: { create: true, source: 'CALL' }, outbound: { create: false, source: 'OUT' } },
        lines: [
          line('+74951234567', { inbound: { crm: { create: false, source: 'ADS' }, addToChat: true } }),
          line('+74951234568', { inbound: { crm: { source: 'WEB' } }, outbound: { crm: { create: true } } }),
        ],
      }),
    );
    expect(crm('inbound', '84951234567')).toEqual({ create: false, source: 'ADS' });
    expect(crm('outbound', '84951234567')).toEqual({ create: false, source: 'OUT' });
    expect(crm('inbound', '+74951234568')).toEqual({ create: true, source: 'WEB' });
    expect(crm('outbound', '+74951234568')).toEqual({ create: true, source: 'OUT' });
    expect(crm('inbound', '+74950000000')).toEqual({ create: true, source: 'CALL' });
    expect([addToChat('inbound', '+74951234567'), addToChat('inbound', '+74951234568')]).toEqual([
      true,
      false,
    ]);
  });

  it('shows the card when the phone rings, unless the user wants it otherwise', () => {
    expect([policy.cardPolicyOf(4), policy.cardPolicyOf(5)]).toEqual(['never', 'ringing']);
  });
});

describe('what a portal is not told of', () => {
  const ignored = (numbers: string[], lines: string[] = []) => {
    const { ignored: isIgnored } = policyOf(
      portalSettings('token', { calls: { ...CALLS_AS_USUAL, ignore: { numbers, lines } } }),
    );
    return isIgnored;
  };

  it('are numbers however they are written, beginnings, and callers who show none', () => {
    const isIgnored = ignored(['89161234567', '+7800*', 'hidden']);
    expect(isIgnored('+79161234567', undefined)).toBe('number');
    expect(isIgnored('+78001234567', undefined)).toBe('number');
    expect(isIgnored(undefined, undefined)).toBe('number');
    expect(isIgnored('+79161234568', undefined)).toBeUndefined();
  });

  it('are lines of the company', () => {
    const isIgnored = ignored([], ['74951234567']);
    expect(
      ['+74951234567', '84951234567', '74951234568'].map((did) => isIgnored('+79161234567', did)),
    ).toEqual(['did', 'did', undefined]);
    expect(isIgnored(undefined, undefined)).toBeUndefined();
  });

  it('may be said otherwise of missed calls by a line', () => {
    const lines = [
      {
        did: '+74951234567',
        lineNumber: '1',
        policy: { inbound: { missed: { responsible: 'default-user' as const } } },
      },
    ];
    const { missed } = policyOf(portalSettings('token', { lines }));
    expect([missed('84951234567'), missed(undefined)]).toEqual([
      { responsible: 'default-user', notify: false },
      { responsible: 'last-rung', notify: false },
    ]);
  });
});
