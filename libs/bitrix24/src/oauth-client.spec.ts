import { inspect } from 'node:util';
import { OAuthClient } from './oauth-client';
import type { OAuthClientOptions } from './oauth-client';
import type { PortalExchange } from './portal-exchange';
import { Secret } from './secret';
import { failureOf } from './testing/failure-of';
import { ScriptedServer } from './testing/scripted-server';

const NOW = 1_780_000_000_000;
const SECRET = 'LJSl0lNB76B5YY6u+/=';
const OLD = '4f9k4jpmg13usmybzuqknt2v9fh0q6rl';

/** The sample of settings/oauth/auto-renewal.md. */
const renewed = {
  access_token: 'ydtj8pho532wydb5ixk78ol7uqlb7sch',
  client_endpoint: 'https://portal.bitrix24.com/rest/',
  domain: 'oauth.bitrix.info',
  expires: 1780319382,
  expires_in: 3600,
  member_id: 'a223c6b3710f85df22e9377d6c4f7553',
  refresh_token: '3s6lr4kr3cv2od4v853gvrchb875bwxb',
  scope: 'crm,entity,im,task',
  server_endpoint: 'https://oauth.bitrix.info/rest/',
  status: 'F',
  user_id: 67,
};

let server: ScriptedServer;
let exchanges: PortalExchange[];

beforeEach(async () => {
  server = await new ScriptedServer().start();
  exchanges = [];
});
afterEach(() => server.stop());

const client = (options: Partial<OAuthClientOptions> = {}) =>
  new OAuthClient({
    userAgent: 'connector/1.0',
    timeoutMs: 2_000,
    now: () => NOW,
    onExchange: (exchange) => exchanges.push(exchange),
    moreOrigins: [server.origin],
    ...options,
  });
const request = (oauthHost = `${server.origin}/rest/`) => ({
  oauthHost,
  clientId: 'local.1',
  clientSecret: new Secret(SECRET),
  refreshToken: new Secret(OLD),
});
const refresh = (by = client()) => by.refresh(request());

describe('a refresh', () => {
  it('is the documented GET, and follows nothing', async () => {
    server.answer(200, renewed);
    await refresh();
    const [asked] = server.requests;
    const url = new URL(asked!.url!, server.origin);
    expect([asked?.method, url.pathname, server.bodies[0]]).toEqual(['GET', '/oauth/token/', '']);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      grant_type: 'refresh_token',
      client_id: 'local.1',
      client_secret: SECRET,
      refresh_token: OLD,
    });
    expect(asked?.headers['user-agent']).toBe('connector/1.0');
  });

  it('brings a new pair, and whose it is', async () => {
    server.answer(200, renewed);
    const tokens = await refresh();
    expect(tokens).toMatchObject({
      expiresAt: NOW + 3_600_000,
      clientEndpoint: 'https://portal.bitrix24.com/rest/',
      serverEndpoint: 'https://oauth.bitrix.info/rest/',
      memberId: 'a223c6b3710f85df22e9377d6c4f7553',
      scope: ['crm', 'entity', 'im', 'task'],
      status: 'F',
      userId: 67,
    });
    expect([tokens.accessToken.reveal(), tokens.refreshToken.reveal()]).toEqual([
      renewed.access_token,
      renewed.refresh_token,
    ]);
    expect(inspect(tokens, { depth: 9, showHidden: true }) + JSON.stringify(tokens)).not.toMatch(
      /ydtj8|3s6lr/,
    );
  });

  it('does not lose the pair over what is only good to know', async () => {
    const { access_token, refresh_token, member_id, client_endpoint } = renewed;
    server.answer(200, { access_token, refresh_token, member_id, client_endpoint });
    expect(await refresh()).toMatchObject({
      expiresAt: NOW + 3_600_000,
      serverEndpoint: `${server.origin}/rest/`,
      scope: [],
      status: '',
    });
  });

  it.each([
    [400, 'invalid_grant', 'refresh-token-dead', 'ask-a-person'],
    [401, 'invalid_client', 'client-rejected', 'ask-a-person'],
    [200, 'wrong_client', 'client-rejected', 'ask-a-person'],
    [400, 'PAYMENT_REQUIRED', 'no-rest-on-this-plan', 'ask-a-person'],
    [404, 'something_else', 'refused', 'ask-a-person'],
    [503, 'QUERY_LIMIT_EXCEEDED', 'rate-limited', 'retry'],
  ])('refused with HTTP %d %s is %s: %s', async (status, error, kind, verdict) => {
    server.answer(status, { error, error_description: 'words' });
    expect(await failureOf(refresh())).toMatchObject({
      method: 'oauth.token',
      kind,
      verdict,
      code: error,
      description: 'words',
      httpStatus: status,
    });
  });

  it.each([
    [
      'a broken connection',
      () => void (server.script = (asked) => asked.socket.destroy()),
      'connection-lost',
    ],
    ['silence', () => void (server.script = () => undefined), 'timeout'],
    ['HTTP 502', () => server.answer(502, '<html>Bad gateway</html>'), 'server-error'],
    ['HTML', () => server.answer(200, '<html></html>'), 'unreadable-answer'],
    ['no tokens', () => server.answer(200, {}), 'unreadable-answer'],
    ['an empty token', () => server.answer(200, { ...renewed, refresh_token: '' }), 'unreadable-answer'],
  ])('that met %s is tried again', async (_what, arrange, kind) => {
    arrange();
    expect(await failureOf(refresh(client({ timeoutMs: 200 })))).toMatchObject({ kind, verdict: 'retry' });
  });

  it('takes its secrets nowhere else', async () => {
    const elsewhere = await new ScriptedServer().start();
    server.answer(302, '', { location: `${elsewhere.origin}/oauth/token/?client_secret=${SECRET}` });
    const error = await failureOf(refresh(client({ checkAddress: () => Promise.resolve(undefined) })));
    expect(error).toMatchObject({ kind: 'redirected', verdict: 'ask-a-person' });
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.stop();
  });
});

describe('the OAuth server', () => {
  it.each([
    'https://evil.example/rest/',
    'evil.example',
    'http://oauth.bitrix.info/rest/',
    'https://oauth.bitrix.info:8443/rest/',
    'https://oauth.bitrix.info.evil.example/rest/',
    'https://oauth.bitrix.info@evil.example/rest/',
    'oauth.bitrix.info@evil.example',
    'ftp://oauth.bitrix.info',
    'https://oauth.bitrix24.info',
    'https://',
    '',
  ])('is not %p', async (oauthHost) => {
    const called: unknown[] = [];
    const spying = client({ fetch: (url) => (called.push(url), Promise.reject(new Error('called'))) });
    const refused = { kind: 'bad-address', verdict: 'ask-a-person' };
    expect(await failureOf(spying.refresh(request(oauthHost)))).toMatchObject(refused);
    expect(await failureOf(spying.appInfo(oauthHost, new Secret('t')))).toMatchObject(refused);
    expect(called).toEqual([]);
    expect(spying.knows(oauthHost)).toBe(false);
  });

  it.each([
    ['oauth.bitrix.info', 'https://oauth.bitrix.info'],
    ['https://oauth.bitrix24.tech/rest/', 'https://oauth.bitrix24.tech'],
    ['https://OAUTH.bitrix24.tech:443', 'https://oauth.bitrix24.tech'],
    ['https://user:pass@oauth.bitrix.info/other/?x=@evil.example', 'https://oauth.bitrix.info'],
  ])('by the name %p is %s, and nothing else of that name counts', async (oauthHost, origin) => {
    const called: string[] = [];
    const answering = client({
      moreOrigins: [],
      fetch: (url) => {
        called.push((url as URL).href.replace(/\?.*/, ''));
        return Promise.resolve(Response.json(renewed));
      },
    });
    await answering.refresh(request(oauthHost));
    expect(called).toEqual([`${origin}/oauth/token/`]);
    expect(answering.knows(oauthHost)).toBe(true);
  });

  it('is not one more by mistake', () => {
    expect(() => client({ moreOrigins: ['localhost'] })).toThrow('Invalid URL');
  });

  it('is asked only after its address was checked', async () => {
    const error = await failureOf(
      refresh(client({ checkAddress: () => Promise.resolve('it is not https') })),
    );
    expect(error).toMatchObject({
      kind: 'bad-address',
      description: `${server.origin}/oauth/token/ is not called: it is not https`,
    });
    expect(server.requests).toHaveLength(0);
  });
});

describe('the proof of an access token', () => {
  const appInfo = () => client().appInfo(`${server.origin}/rest/`, new Secret('acc3ss'));

  it('is what the OAuth server says of its application', async () => {
    server.answer(200, {
      result: { ID: 5, CODE: 'local.1', STATUS: 'L', INSTALLED: true, LICENSE_FAMILY: 'ent' },
    });
    expect(await appInfo()).toMatchObject({ CODE: 'local.1', INSTALLED: true, LICENSE_FAMILY: 'ent' });
    expect(server.requests[0]?.url).toBe('/rest/app.info');
    expect(JSON.parse(server.bodies[0]!)).toEqual({ auth: 'acc3ss' });
  });

  it('is missing if the token is not real', async () => {
    server.answer(401, { error: 'NO_AUTH_FOUND', error_description: 'Wrong authorization data acc3ss' });
    expect(await failureOf(appInfo())).toMatchObject({ method: 'app.info', kind: 'token-expired' });
    expect(JSON.stringify(exchanges)).not.toContain('acc3ss');
  });
});

describe('secrets', () => {
  const quoting = `?client_secret=${encodeURIComponent(SECRET)}&refresh_token=${OLD} or ${SECRET}, ${OLD}`;

  it.each([
    ['success', () => server.answer(200, renewed)],
    [
      'a refusal that quotes them',
      () => server.answer(400, { error: 'invalid_grant', error_description: quoting }),
    ],
    ['a page that quotes them', () => server.answer(500, `<html>${quoting}</html>`)],
    ['a broken connection', () => void (server.script = (asked) => asked.socket.resetAndDestroy())],
    ['a redirect', () => server.answer(302, '', { location: `https://evil.example/${quoting}` })],
    ['half a pair', () => server.answer(200, { ...renewed, member_id: null })],
  ])('are in no error and in no ledger after %s', async (_what, arrange) => {
    arrange();
    const error: unknown = await refresh().catch((thrown: unknown) => thrown);
    const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify([error, exchanges]);
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]).toMatchObject({ method: 'oauth.token', portal: new URL(server.origin).host });
    for (const secret of [
      SECRET,
      encodeURIComponent(SECRET),
      OLD,
      renewed.access_token,
      renewed.refresh_token,
    ])
      expect(shown).not.toContain(secret);
  });
});
