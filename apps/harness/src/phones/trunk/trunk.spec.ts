import {
  announcesAndRefuses,
  answers,
  answersAfter,
  refuses,
  rings,
  ringsAudibly,
  saysNothing,
} from '../call/behaviour';
import type { Caller } from '../endpoint/caller';
import type { Phone } from '../phone/phone';
import { PhoneBox } from '../testing/phones';
import { Trunk } from './trunk';
import type { TrunkOptions } from './trunk-options';

/** Longer than the waits inside, whose messages say more. */
jest.setTimeout(20_000);

const box = new PhoneBox();
afterEach(() => box.close());

const HERE = { host: '127.0.0.1', port: 0 };

async function trunk(options: Partial<TrunkOptions> = {}): Promise<Trunk> {
  return box.keep(await Trunk.open(box.lab, { listen: HERE, transport: 'udp', ...options }));
}

/** A phone stands in for the switch: the trunk finds it by its address, and it takes calls for one number. */
async function switchFor(number: string, transport: 'tcp' | 'udp' = 'udp'): Promise<Phone> {
  return box.direct(number, transport);
}

function placeOf(phone: Phone): { host: string; port: number } {
  const [host = '', port] = phone.contact.split('@')[1]!.split(':');
  return { host, port: Number(port) };
}

describe('calls from outside', () => {
  const CALLERS: [string, Caller, { number: string; name: string }][] = [
    ['with a name', { number: '+74951234567', name: 'Anna' }, { number: '+74951234567', name: 'Anna' }],
    ['in UTF-8', { number: '7495', name: 'Иван «Ёлкин» 漢' }, { number: '7495', name: 'Иван «Ёлкин» 漢' }],
    [
      'of 200 characters',
      { number: '7495', name: 'x'.repeat(200) },
      { number: '7495', name: 'x'.repeat(200) },
    ],
    [
      'with an encoded newline',
      { number: '7495', name: 'Evil%0AHangup-Cause: FAKE' },
      { number: '7495', name: 'Evil%0AHangup-Cause: FAKE' },
    ],
    ['with quotes', { number: '7"4;9', name: 'a"b\\c' }, { number: '7"4;9', name: 'a"b\\c' }],
    ['with percent signs', { number: '100%D0', name: '%' }, { number: '100%D0', name: '%' }],
  ];

  it.each(CALLERS)('a caller %s arrives as he is', async (_, from, shown) => {
    const company = await switchFor('78001');
    const outside = await trunk({ switch: placeOf(company) });
    const call = outside.call({ to: '78001', from });
    const into = await company.untilCalled();
    expect(into.far).toMatchObject(shown);
    expect(into.calledNumber).toBe('78001');
    await into.answer();
    await Promise.all([call.untilHears(company.toneHz), into.untilHears(outside.toneHz)]);
    await call.hangUp();
    expect((await into.untilEnded()).by).toBe('them');
  });

  it('an anonymous caller has his number only where networks put it', async () => {
    const company = await switchFor('78001', 'tcp');
    const outside = await trunk({ transport: 'tcp', switch: placeOf(company) });
    const call = outside.call({ to: '78001', from: { number: '74951234567', isAnonymous: true } });
    const into = await company.untilCalled();
    expect(into.far).toMatchObject({ number: 'anonymous', name: 'Anonymous' });
    expect(into.header('P-Asserted-Identity')).toBe('<sip:74951234567@127.0.0.1>');
    expect(into.header('Privacy')).toBe('id');
    await call.hangUp();
  });

  it('control characters are refused, not sent', async () => {
    const outside = await trunk({ switch: HERE });
    const from = { number: '7495', name: 'a\r\nEvil: header' };
    expect(() => outside.call({ to: '78001', from })).toThrow(/control characters cannot be sent/);
  });

  it('without a switch there is nobody to call', async () => {
    const outside = await trunk();
    expect(() => outside.call({ to: '78001', from: { number: '1' } })).toThrow(/there is no switch to call/);
  });
});

describe('calls to the outside', () => {
  it('each number does what it was told to', async () => {
    const outside = await trunk({
      numbers: {
        '1': refuses(486),
        '2': refuses(503),
        '3': refuses(484),
        '4': refuses(603, { afterMs: 50 }),
        '5': announcesAndRefuses(404, 500),
      },
    });
    const company = await switchFor('100');
    const codes = await Promise.all(
      ['1', '2', '3', '4', '5', '6'].map(async (number) => {
        const { host, port } = outside.place;
        return (await company.call(`sip:${number}@${host}:${port}`).untilEnded()).statusCode;
      }),
    );
    expect(codes).toEqual([486, 503, 484, 603, 404, 404]);
  });

  it('answers at once, late, or never', async () => {
    const numbers = { '1': answers, '2': answersAfter(100), '3': rings, '4': ringsAudibly, '5': saysNothing };
    const outside = await trunk({ numbers });
    const company = await switchFor('100');
    const { host, port } = outside.place;
    const [now, late, never, audible, mute] = ['1', '2', '3', '4', '5'].map((number) =>
      company.call(`sip:${number}@${host}:${port}`),
    );
    await Promise.all([now!.untilHears(outside.toneHz), late!.untilHears(outside.toneHz)]);
    await Promise.all([never!.untilRinging(), audible!.untilHears(425)]);
    expect(never!.state.wasAnswered).toBe(false);
    expect(mute!.state.status).toBe('trying');
    for (const call of [never, audible, mute]) await call!.hangUp();
    const given = await outside.untilCalled({ number: '1' });
    expect(given.state.status).toBe('talking');
  });
});

describe('a registered gateway', () => {
  const gateway = { username: 'company', password: 'secret' };

  /** A switch that registers as a gateway does. */
  async function gatewayOf(outside: Trunk, password: string): Promise<Phone> {
    const network = { transport: 'udp', server: outside.place, listen: HERE } as const;
    return box.direct('company', 'udp', { network, domain: 'trunk.test', password });
  }

  it('registers, is called at its contact, and calls with its password', async () => {
    const outside = await trunk({ gateway, domain: 'trunk.test', otherwise: answers });
    const company = await gatewayOf(outside, 'secret');
    await company.register();
    await outside.untilRegistered();

    const into = outside.call({ to: '78001', from: { number: '7495' } });
    const taken = await company.untilCalled();
    expect(taken.header('To')).toMatch(/^<sip:78001@/);
    await taken.answer();
    await into.untilHears(company.toneHz);

    const out = company.call('74950000000');
    await out.untilHears(outside.toneHz);
    await company.unregister();
    // Tones are told of as they are heard, also meanwhile.
    expect(outside.events.filter(({ kind }) => kind.startsWith('gateway-')).at(-1)?.kind).toBe(
      'gateway-unregistered',
    );
  });

  it('neither registers nor calls with a wrong password', async () => {
    const outside = await trunk({ gateway, domain: 'trunk.test', otherwise: answers });
    const company = await gatewayOf(outside, 'guessed');
    await expect(company.register()).rejects.toThrow(/403/);
    expect(await company.call('7495').untilEnded()).toMatchObject({ how: 'refused', statusCode: 403 });
    expect(outside.calls).toEqual([]);
  });
});
