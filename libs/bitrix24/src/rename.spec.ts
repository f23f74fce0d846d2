import { PortalClient } from './client';
import type { ClientOptions } from './client-options';
import type { PortalExchange } from './portal-exchange';
import { renamedEndpoint } from './renamed-endpoint';
import { Secret } from './secret';
import { failureOf } from './testing/failure-of';
import { ScriptedServer } from './testing/scripted-server';

const TOKEN = 'very-secret-token';
const METHOD = 'telephony.externalCall.finish';
const params = { CALL_ID: 'externalCall.1', USER_ID: 1, DURATION: 5, STATUS_CODE: '200' } as const;

let old: ScriptedServer;
let renamed: ScriptedServer;
let exchanges: PortalExchange[];
let checked: string[];

beforeEach(async () => {
  [old, renamed] = await Promise.all([new ScriptedServer().start(), new ScriptedServer().start()]);
  exchanges = [];
  checked = [];
});
afterEach(() => Promise.all([old.stop(), renamed.stop()]));

const clientWith = (options: Partial<ClientOptions>) =>
  new PortalClient({
    userAgent: 'c/1',
    timeoutMs: 2_000,
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  });
const client = (refusal?: (url: URL) => string | undefined) =>
  clientWith({
    checkAddress: (url) => {
      checked.push(url.href);
      return Promise.resolve(refusal?.(url));
    },
  });
const portal = () => ({ endpoint: `${old.origin}/rest/`, accessToken: new Secret(TOKEN) });
const finish = (by = client()) => by.call(portal(), METHOD, params);
const moves = (location: string, status = 302) => old.answer(status, '', { location });
const ANSWER = { result: { CALL_ID: 'externalCall.1' } };

describe('a renamed portal', () => {
  it.each([301, 302, 307, 308])(
    'that says so with HTTP %d gets the same POST at its new address',
    async (status) => {
      moves(`${renamed.origin}/rest/${METHOD}`, status);
      renamed.answer(200, ANSWER);
      await expect(finish()).resolves.toMatchObject({
        result: { CALL_ID: 'externalCall.1' },
        movedTo: `${renamed.origin}/rest/`,
      });
      expect(renamed.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`POST /rest/${METHOD}`]);
      expect(renamed.bodies).toEqual(old.bodies);
      expect(JSON.parse(renamed.bodies[0]!)).toEqual({ ...params, auth: TOKEN });
    },
  );

  it('is asked only after both addresses were checked', async () => {
    moves(`${renamed.origin}/rest/`);
    renamed.answer(200, ANSWER);
    await finish();
    expect(checked).toEqual([`${old.origin}/rest/${METHOD}`, `${renamed.origin}/rest/${METHOD}`]);
  });

  it('is one line in the ledger, with the new address', async () => {
    moves(`${renamed.origin}/rest/`);
    renamed.answer(200, ANSWER);
    await finish();
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]).toMatchObject({
      movedTo: `${renamed.origin}/rest/`,
      httpStatus: 200,
      answer: ANSWER,
    });
  });

  it('gets nothing of what the redirect itself asks for', async () => {
    moves(`${renamed.origin.replace('http://', 'http://user:pass@')}/rest/other.method?auth=stolen#x`);
    renamed.answer(200, ANSWER);
    await finish();
    expect(renamed.requests.map(({ url }) => url)).toEqual([`/rest/${METHOD}`]);
    expect(renamed.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('that refuses is judged by its own words', async () => {
    moves(`${renamed.origin}/rest/`);
    renamed.answer(401, { error: 'expired_token' });
    expect(await failureOf(finish())).toMatchObject({ verdict: 'refresh-token', httpStatus: 401 });
    expect(exchanges[0]?.movedTo).toBe(`${renamed.origin}/rest/`);
  });

  it('that breaks off there may have done it', async () => {
    moves(`${renamed.origin}/rest/`);
    renamed.script = (request) => request.socket.destroy();
    expect(await failureOf(finish())).toMatchObject({ kind: 'connection-lost', verdict: 'unknown-outcome' });
  });

  it('shares one time-out between both requests', async () => {
    moves(`${renamed.origin}/rest/`);
    renamed.script = () => undefined;
    const impatient = clientWith({ timeoutMs: 300, checkAddress: () => Promise.resolve(undefined) });
    expect((await failureOf(finish(impatient))).kind).toBe('timeout');
    expect(exchanges[0]!.durationMs).toBeLessThan(600);
  });
});

describe('a redirect that is not followed', () => {
  const expectRefused = async (by = client()) => {
    expect(await failureOf(finish(by))).toMatchObject({
      kind: 'redirected',
      verdict: 'ask-a-person',
      httpStatus: 302,
    });
    expect(renamed.requests).toHaveLength(0);
    expect(JSON.stringify(exchanges)).not.toContain(TOKEN);
  };

  it.each([
    ['to the same host', () => `${old.origin}/rest/other`],
    ['within the host', () => '/rest/'],
    ['to a page outside of REST', () => `${renamed.origin}/login/?auth=x`],
    ['to a path that only looks like REST', () => `${renamed.origin}/restricted/`],
    ['to no address', () => 'http://'],
    ['to another scheme', () => 'ftp://renamed.example/rest/'],
  ])('%s', async (_what, location) => {
    moves(location());
    await expectRefused();
    expect(old.requests).toHaveLength(1);
  });

  it('to where the guard says no', async () => {
    moves(`${renamed.origin}/rest/?auth=${TOKEN}`);
    const guarded = client((url) =>
      url.origin === renamed.origin ? 'it is not on the public internet' : undefined,
    );
    await expectRefused(guarded);
    expect(exchanges[0]?.error?.description).toBe(
      `${renamed.origin}/rest/${METHOD} is not called: it is not on the public internet`,
    );
  });

  it('without a guard to ask', async () => {
    moves(`${renamed.origin}/rest/`);
    await expectRefused(clientWith({}));
  });

  it('a second time', async () => {
    const third = await new ScriptedServer().start();
    moves(`${renamed.origin}/rest/`);
    renamed.answer(302, '', { location: `${third.origin}/rest/` });
    expect(await failureOf(finish())).toMatchObject({ kind: 'redirected', httpStatus: 302 });
    expect([old, renamed, third].map(({ requests }) => requests.length)).toEqual([1, 1, 0]);
    await third.stop();
  });

  it('of an upload', async () => {
    moves(`${renamed.origin}/rest/upload.json`);
    const target = { uploadUrl: `${old.origin}/rest/upload.json?auth=a`, fieldName: 'file' };
    const upload = client().uploadRecord(portal(), target, { content: new Blob(['x']), fileName: 'a.wav' });
    expect(await failureOf(upload)).toMatchObject({ kind: 'redirected', verdict: 'ask-a-person' });
    expect(renamed.requests).toHaveLength(0);
  });
});

describe('an address that the guard refuses', () => {
  const never = () => clientWith({ checkAddress: () => Promise.resolve('it is not https') });

  it('is not called', async () => {
    expect(await failureOf(finish(never()))).toMatchObject({
      kind: 'bad-address',
      verdict: 'ask-a-person',
      description: `${old.origin}/rest/${METHOD} is not called: it is not https`,
    });
    expect(old.requests).toHaveLength(0);
  });

  it('gets no recording', async () => {
    const target = { uploadUrl: `${old.origin}/rest/upload.json?auth=${TOKEN}`, fieldName: 'file' };
    const upload = never().uploadRecord(portal(), target, { content: new Blob(['x']), fileName: 'a.wav' });
    expect((await failureOf(upload)).message).not.toContain(TOKEN);
    expect(old.requests).toHaveLength(0);
  });
});

describe('an address that nobody can check', () => {
  it('because its name has no address is tried again: nothing has left', async () => {
    const away = () =>
      Promise.reject(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }));
    expect(await failureOf(finish(clientWith({ checkAddress: away })))).toMatchObject({
      kind: 'not-connected',
      verdict: 'retry',
      code: 'EAI_AGAIN',
    });
  });

  it('in time is tried again, too', async () => {
    const hanging = clientWith({ timeoutMs: 50, checkAddress: () => new Promise(() => undefined) });
    expect(await failureOf(finish(hanging))).toMatchObject({ kind: 'not-connected', verdict: 'retry' });
    expect(old.requests).toHaveLength(0);
  });
});

describe('the new REST root', () => {
  const requested = new URL(`https://old.example/rest/${METHOD}`);
  const rootAfter = (location: string, endpoint = 'https://old.example/rest/') =>
    renamedEndpoint({ status: 302, text: '', location }, requested, endpoint);

  it('is below the same path as the old one', () => {
    expect(rootAfter('https://new.example/rest/')).toBe('https://new.example/rest/');
    expect(rootAfter(`https://new.example:8443/rest/${METHOD}`, 'https://old.example/rest')).toBe(
      'https://new.example:8443/rest/',
    );
    expect(rootAfter('https://new.example/portal/rest/x', 'https://old.example/portal/rest/')).toBe(
      'https://new.example/portal/rest/',
    );
  });

  it('is none without TLS, if the old one had it', () => {
    expect(rootAfter('http://new.example/rest/')).toBeUndefined();
  });

  it.each([200, 300, 303, 304, 400])('is none with HTTP %d', (status) => {
    const reply = { status, text: '', location: 'https://new.example/rest/' };
    expect(renamedEndpoint({ ...reply, status: 302 }, requested, 'https://old.example/rest/')).toBeDefined();
    expect(renamedEndpoint(reply, requested, 'https://old.example/rest/')).toBeUndefined();
  });
});
