import { passwords, PhoneBox } from '../testing/phones';
import { TestExchange } from '../testing/test-exchange';
import { freePort } from '../../processes/free-port';

/** Longer than the waits inside, whose messages say more. */
jest.setTimeout(20_000);

const box = new PhoneBox();
let exchange: TestExchange;

beforeAll(async () => {
  exchange = await TestExchange.open({ users: passwords('1001', '1002') });
});
afterEach(() => box.close());
afterAll(() => exchange.close());

describe.each(['tcp', 'udp', 'ws'] as const)('over %s', (transport) => {
  it('registers with its password, again, and leaves', async () => {
    const phone = await box.registered(exchange, '1001', transport);
    expect([phone.isRegistered, exchange.knows('1001')]).toEqual([true, true]);
    await phone.register();
    await phone.unregister();
    expect([phone.isRegistered, exchange.knows('1001')]).toEqual([false, false]);
    expect(phone.events.map(({ kind }) => kind)).toEqual([
      'connected',
      'registered',
      'registered',
      'unregistered',
    ]);
  });

  it('says what is wrong when its password is', async () => {
    const phone = await box.connected(exchange, '1001', transport, { password: 'guessed' });
    await expect(phone.register()).rejects.toThrow(
      /refused sip:1001@test.example with 403.*password is wrong/,
    );
    expect(phone.events.at(-1)).toMatchObject({ kind: 'registration-failed', statusCode: 403 });
    expect(phone.isRegistered).toBe(false);
  });
});

it('renews its registration before it is forgotten', async () => {
  const phone = await box.registered(exchange, '1001', 'tcp', { expiresSeconds: 1 });
  const renewals = (): number => phone.events.filter(({ kind }) => kind === 'registered').length;
  await new Promise<void>((resolve) => phone.listen(() => renewals() >= 2 && resolve()));
  expect(phone.isRegistered).toBe(true);
});

it('comes back by itself when the switch was started again', async () => {
  const phone = await box.registered(exchange, '1001');
  const isBack = new Promise<void>((resolve) =>
    phone.listen(({ kind }) => {
      if (kind === 'registered') resolve();
    }),
  );
  await exchange.restart();
  await isBack;
  expect(exchange.knows('1001')).toBe(true);
  expect(phone.events.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['connection-lost', 'connected', 'registered']),
  );
});

describe('without a switch', () => {
  it('says over TCP that nobody listens', async () => {
    const server = { host: '127.0.0.1', port: await freePort() };
    const opening = box.connected(exchange, '1001', 'tcp', { network: { transport: 'tcp', server } });
    await expect(opening).rejects.toThrow(`TCP to 127.0.0.1:${server.port}: connection refused`);
  });

  it('says over UDP that nobody answers', async () => {
    const server = { host: '127.0.0.1', port: await freePort() };
    const phone = await box.connected(exchange, '1001', 'udp', {
      network: { transport: 'udp', server },
      registerWithinMs: 300,
    });
    await expect(phone.register()).rejects.toThrow(
      /no answer to REGISTER.*check address, port and transport/,
    );
  });

  it('says that there is no such host', async () => {
    const server = { host: 'no-such-host.invalid', port: 5060 };
    const opening = box.connected(exchange, '1001', 'tcp', { network: { transport: 'tcp', server } });
    await expect(opening).rejects.toThrow(/no-such-host.invalid:5060/);
  });
});
