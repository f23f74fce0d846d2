import { passwords, PhoneBox, talk } from '../testing/phones';
import { TestExchange } from '../testing/test-exchange';
import type { Phone } from './phone';

/** Longer than the waits inside, whose messages say more. */
jest.setTimeout(20_000);

const box = new PhoneBox();
afterEach(() => box.close());

/** Sound both ways, digits both ways, and who hung up. */
async function talkThrough(anna: Phone, boris: Phone, to: string): Promise<void> {
  const { out, into } = await talk(anna, boris, to);
  expect([into.far.number, into.calledNumber]).toEqual(['1001', '1002']);
  await out.dial('15#', { digitMs: 60, pauseMs: 60 });
  await into.untilDigits('15#');
  await into.dial('7', { digitMs: 60, pauseMs: 60 });
  await out.untilDigits('7');
  await out.hangUp();
  expect(await into.untilEnded()).toEqual({ how: 'hung-up', by: 'them' });
  expect(out.end).toEqual({ how: 'hung-up', by: 'us' });
  for (const call of [out, into])
    expect(call.audio).toMatchObject({ lost: 0, duplicates: 0, strays: 0, streams: 1 });
}

it.each(['tcp', 'udp'] as const)('two phones talk directly over %s', async (transport) => {
  const [anna, boris] = [await box.direct('1001', transport), await box.direct('1002', transport)];
  await talkThrough(anna, boris, boris.contact);
});

describe('through an exchange', () => {
  let exchange: TestExchange;
  beforeAll(async () => (exchange = await TestExchange.open({ users: passwords('1001', '1002') })));
  afterAll(() => exchange.close());

  it.each([
    ['ws', 'ws'],
    ['udp', 'udp'],
    ['ws', 'tcp'],
    ['tcp', 'udp'],
  ] as const)('a phone on %s talks with one on %s', async (one, other) => {
    const anna = await box.registered(exchange, '1001', one);
    const boris = await box.registered(exchange, '1002', other);
    await talkThrough(anna, boris, '1002');
  });

  it('fails with 404 for a number that nobody has', async () => {
    const anna = await box.registered(exchange, '1001');
    const call = anna.call('1099');
    expect(await call.untilEnded()).toEqual({
      how: 'refused',
      by: 'them',
      statusCode: 404,
      reason: 'Not Found',
    });
    await expect(call.untilAnswered()).rejects.toThrow(
      /1001#1 answered.*the call has ended: refused by them with 404/,
    );
  });
});

it('all 20 of 20 calls get through when 15 % of all SIP messages are lost, both ways', async () => {
  const chance = chanceFrom(20);
  const loses = (): boolean => chance() < 0.15;
  // A faster network than RFC 3261 assumes, so that the test does not take half a minute.
  const timers = { t1: 40, t2: 320 };
  const network = { transport: 'udp', loses, timers, listen: { host: '127.0.0.1', port: 0 } } as const;
  const boris = await box.direct('1002', 'udp', { network });
  const callers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => box.direct(String(2000 + i), 'udp', { network })),
  );
  const calls = await Promise.all(
    callers.map(async (caller) => {
      const out = caller.call(boris.contact);
      const into = await boris.untilCalled({ from: caller.number, withinMs: 15_000 });
      await into.answer();
      await out.untilAnswered({ withinMs: 15_000 });
      await out.untilHears(boris.toneHz);
      await out.hangUp();
      await into.untilEnded({ withinMs: 15_000 });
      return out;
    }),
  );
  expect(calls.map(({ end }) => end)).toEqual(calls.map(() => ({ how: 'hung-up', by: 'us' })));
  expect(box.lab.sipLog.entries.filter(({ isRepeat }) => isRepeat).length).toBeGreaterThan(20);
});

/** Numbers from 0 to 1, the same ones each time (a linear congruential generator). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}
