import { request } from 'node:http';
import { once } from 'node:events';
import { AddressGuard } from './address-guard';
import type { AddressGuardOptions } from './address-guard';
import { PortalClient } from './client';
import { Secret } from './secret';
import { failureOf } from './testing/failure-of';
import { ScriptedServer } from './testing/scripted-server';

const PUBLIC = { address: '93.184.215.14', family: 4 };
const INSIDE = { address: '10.0.0.5', family: 4 };

/** A guard whose names lead where the test says. */
const guard = (names: Record<string, { address: string; family: number }[]> = {}, allow: string[] = []) =>
  new AddressGuard({ allow, resolve: (name) => Promise.resolve(names[name] ?? [PUBLIC]) });
const refusal = (address: string, by = guard()) => by.check(new URL(address));

describe('an address that may be called', () => {
  it.each([
    'https://company.bitrix24.com/rest/',
    'https://company.bitrix24.com:443/rest/',
    'https://8.8.8.8/',
  ])('%s', async (address) => expect(await refusal(address)).toBeUndefined());

  it('by a name with several addresses, all of them public', async () => {
    const names = { 'both.example': [PUBLIC, { address: '2606:4700::1111', family: 6 }] };
    expect(await refusal('https://both.example/', guard(names))).toBeUndefined();
  });
});

describe('an address that may not be called', () => {
  it.each([
    ['http', 'http://company.bitrix24.com/rest/', 'it is not https'],
    ['a file', 'file:///etc/passwd', 'it is not https'],
    ['another port', 'https://company.bitrix24.com:8443/', 'its port is not that of https'],
    ['a mail server', 'https://company.bitrix24.com:25/', 'its port is not that of https'],
    ['a user name', 'https://company.bitrix24.com@evil.example/', 'it has a user name'],
    ['a password', 'https://:secret@evil.example/', 'it has a user name'],
    ['loopback', 'https://127.0.0.1/', 'it is not on the public internet'],
    ['loopback as a number', 'https://2130706433/', 'it is not on the public internet'],
    ['loopback in hexadecimal', 'https://0x7f.1/', 'it is not on the public internet'],
    ['loopback in octal', 'https://0177.0.0.1/', 'it is not on the public internet'],
    ['loopback in full-width digits', 'https://１２７.0.0.1/', 'it is not on the public internet'],
    ['loopback of IPv6', 'https://[::1]/', 'it is not on the public internet'],
    ['private IPv4 in IPv6', 'https://[::ffff:10.0.0.1]/', 'it is not on the public internet'],
    ['the metadata service', 'https://169.254.169.254/latest/', 'it is not on the public internet'],
  ])('because of %s: %s', async (_why, address, reason) => expect(await refusal(address)).toBe(reason));

  it('because its name leads inside', async () => {
    expect(await refusal('https://evil.example/', guard({ 'evil.example': [INSIDE] }))).toBe(
      'it is not on the public internet',
    );
  });

  it('because one of its addresses leads inside', async () => {
    const names = { 'evil.example': [PUBLIC, { address: '::1', family: 6 }] };
    expect(await refusal('https://evil.example/', guard(names))).toBeDefined();
  });

  it('because its name leads nowhere', async () => {
    expect(await refusal('https://evil.example/', guard({ 'evil.example': [] }))).toBeDefined();
  });

  it('by the resolver of the system, too', async () => {
    expect(await refusal('https://localhost/', new AddressGuard())).toBe('it is not on the public internet');
  });

  it('as far as anybody can tell: the resolver is away', async () => {
    const resolve = () => Promise.reject(new Error('getaddrinfo EAI_AGAIN'));
    await expect(refusal('https://company.bitrix24.com/', new AddressGuard({ resolve }))).rejects.toThrow(
      'EAI_AGAIN',
    );
  });
});

describe('what the operator allows', () => {
  const inside = { 'portal.lan': [INSIDE], 'a.portal.lan': [INSIDE], 'notportal.lan': [INSIDE] };
  const allowing = (...allow: string[]) => guard(inside, allow);

  it.each([
    ['portal.lan', 'https://portal.lan/rest/'],
    ['PORTAL.lan', 'https://portal.lan/rest/'],
    ['https://portal.lan', 'https://portal.lan/rest/'],
    ['portal.lan:443', 'https://portal.lan/rest/'],
    ['portal.lan:8443', 'https://portal.lan:8443/rest/'],
    ['portal.lan:*', 'https://portal.lan:9/rest/'],
    ['*.portal.lan', 'https://a.portal.lan/rest/'],
    ['10.0.0.5', 'https://10.0.0.5/rest/'],
    ['http://127.0.0.1:*', 'http://127.0.0.1:8080/rest/'],
    ['http://portal.lan', 'http://portal.lan/rest/'],
    ['[::1]:8443', 'https://[::1]:8443/rest/'],
  ])('%s: %s may be called', async (allow, address) =>
    expect(await refusal(address, allowing(allow))).toBeUndefined(),
  );

  it.each([
    ['portal.lan', 'http://portal.lan/rest/'],
    ['portal.lan', 'https://portal.lan:8443/rest/'],
    ['portal.lan:8443', 'https://portal.lan/rest/'],
    ['portal.lan', 'https://notportal.lan/'],
    ['portal.lan', 'https://a.portal.lan/'],
    ['*.portal.lan', 'https://portal.lan/'],
    ['*.portal.lan', 'https://notportal.lan/'],
    ['portal.lan', 'https://user@portal.lan/'],
    ['http://127.0.0.1:*', 'https://127.0.0.1/'],
    ['http://127.0.0.1:80', 'http://127.0.0.1:81/'],
  ])('%s: %s may not', async (allow, address) =>
    expect(await refusal(address, allowing(allow))).toBeDefined(),
  );

  it.each([
    '',
    'ftp://portal.lan',
    'portal.lan/rest/',
    'portal lan',
    'a@b',
    'portal.lan:99999',
    '*',
    'portal.lan:',
  ])('cannot be %p', (allow) => expect(() => new AddressGuard({ allow: [allow] })).toThrow(TypeError));
});

describe('at the connection itself', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await new ScriptedServer().start();
  });
  afterEach(() => server.stop());

  /** What a connection by this name ends with: an HTTP status, or the code of an error. */
  async function connect(host: string, by: AddressGuard): Promise<unknown> {
    const asked = request({ host, port: new URL(server.origin).port, lookup: by.lookup, agent: false }).end();
    return Promise.race([
      once(asked, 'response').then(([response]) => (response as { statusCode: number }).statusCode),
      once(asked, 'error').then(([error]) => (error as NodeJS.ErrnoException).code),
    ]).catch((error: unknown) => (error as NodeJS.ErrnoException).code);
  }

  it('a name that leads inside gets none', async () => {
    expect(await connect('localhost', new AddressGuard())).toBe('ERR_ADDRESS_REFUSED');
    expect(server.requests).toHaveLength(0);
  });

  it('an allowed name gets one', async () => {
    expect(await connect('localhost', new AddressGuard({ allow: ['http://localhost:*'] }))).toBe(200);
  });

  it('a name that was public a moment ago gets none: rebinding', async () => {
    const answers = [[PUBLIC], [{ address: '127.0.0.1', family: 4 }]];
    const resolve: AddressGuardOptions['resolve'] = () => Promise.resolve(answers.shift() ?? []);
    const rebound = new AddressGuard({ resolve });
    expect(await rebound.check(new URL('https://evil.example/'))).toBeUndefined();
    expect(await connect('evil.example', rebound)).toBe('ERR_ADDRESS_REFUSED');
    expect(server.requests).toHaveLength(0);
  });

  it('hands on the addresses in the form that was asked for', async () => {
    const six = { address: '2606:4700::1111', family: 6 };
    const both = guard({ 'both.example': [PUBLIC, six] });
    const ask = (options: object) =>
      new Promise((resolve) => both.lookup('both.example', options, (...answer) => resolve(answer)));
    expect(await ask({ all: true })).toEqual([null, [PUBLIC, six]]);
    expect(await ask({ all: true, family: 6 })).toEqual([null, [six]]);
    expect(await ask({})).toEqual([null, PUBLIC.address, 4]);
  });

  it('hands on what the resolver says instead', async () => {
    const error = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    expect(await connect('gone.example', new AddressGuard({ resolve: () => Promise.reject(error) }))).toBe(
      'ENOTFOUND',
    );
  });
});

describe('a client with the guard', () => {
  it('sends nothing inside, whatever the name of the portal', async () => {
    const server = await new ScriptedServer().start();
    const { port } = new URL(server.origin);
    const client = new PortalClient({
      userAgent: 'c/1',
      timeoutMs: 2_000,
      checkAddress: new AddressGuard().check,
    });
    for (const endpoint of [
      `http://127.0.0.1:${port}/rest/`,
      `https://localhost:${port}/rest/`,
      'https://localhost/rest/',
    ])
      expect(
        await failureOf(client.call({ endpoint, accessToken: new Secret('t') }, 'profile', {})),
      ).toMatchObject({ kind: 'bad-address', verdict: 'ask-a-person' });
    expect(server.requests).toHaveLength(0);
    await server.stop();
  });
});
