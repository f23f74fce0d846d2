import { oauthToken } from '@app/bitrix24/contract';
import { ManualClock } from '../clock';
import { FakeCloud } from '../fake-cloud';
import { USERS, askOf } from '../testing/ask';

const REDIRECT = 'https://connector.example/oauth';

function setUp() {
  const clock = new ManualClock();
  const cloud = new FakeCloud({ clock, seed: 3 });
  const portal = cloud.addPortal({ origin: 'https://acme.example' });
  const app = portal.apps.add({ redirectUri: REDIRECT, scopes: ['telephony', 'user_basic'] });
  portal.apps.install(app, { userId: 2 });
  const code = (state?: string) => new URL(portal.authorize(app, { userId: 2, state }) ?? '').searchParams;
  const own = { client_id: app.clientId, client_secret: app.clientSecret };

  async function token(params: Record<string, string>) {
    const query = new URLSearchParams(params).toString();
    const reply = await cloud.oauth.handle({ method: 'GET', path: `/oauth/token/?${query}`, headers: {} });
    return { status: reply.status, body: JSON.parse(reply.body) as Record<string, string> };
  }
  const exchange = (value: string, change: object = {}) =>
    token({ grant_type: 'authorization_code', ...own, code: value, ...change });
  const refresh = (value: string, change: object = {}) =>
    token({ grant_type: 'refresh_token', ...own, refresh_token: value, ...change });
  const firstPair = async () => (await exchange(code().get('code') ?? '')).body;
  return { app, clock, cloud, code, exchange, firstPair, own, portal, refresh, token };
}

describe('the browser comes back from /oauth/authorize/', () => {
  it('to the address of the application card, with code, state, domain, member_id, scope and server_domain', () => {
    const { cloud, code, portal } = setUp();
    const query = code('x y');
    expect(Object.fromEntries(query)).toEqual({
      code: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      state: 'x y',
      domain: 'acme.example',
      member_id: portal.memberId,
      scope: 'telephony,user_basic',
      server_domain: new URL(cloud.oauth.origin).host,
    });
  });

  it('over HTTP by a 302 of the portal, whatever redirect_uri the request names', async () => {
    const { app, portal } = setUp();
    const path = `/oauth/authorize/?client_id=${app.clientId}&state=1&redirect_uri=https%3A%2F%2Fevil.example%2F`;
    const reply = await portal.handle({ method: 'GET', path, headers: {} });
    expect(reply.status).toBe(302);
    expect(reply.headers.location).toContain(`${REDIRECT}?code=`);
  });

  it('not at all for an application that is not installed: the user sees a page', async () => {
    const { portal } = setUp();
    const path = '/oauth/authorize/?client_id=local.0.0&state=1';
    expect((await portal.handle({ method: 'GET', path, headers: {} })).status).toBe(200);
  });
});

describe('an authorisation code', () => {
  it('is exchanged for a pair of tokens', async () => {
    const { cloud, firstPair, portal } = setUp();
    const body = await firstPair();
    expect(body).toEqual({
      access_token: expect.any(String) as string,
      refresh_token: expect.any(String) as string,
      expires_in: 3600,
      scope: 'telephony,user_basic',
      domain: 'oauth.bitrix.info',
      server_endpoint: `${cloud.oauth.origin}/rest/`,
      client_endpoint: 'https://acme.example/rest/',
      member_id: portal.memberId,
      status: 'L',
    });
    expect((await askOf(portal)(USERS, {}, body.access_token)).status).toBe(200);
  });

  it('lives 30 seconds', async () => {
    const { clock, code, exchange } = setUp();
    const [early, late] = [code().get('code') ?? '', code().get('code') ?? ''];
    clock.advance(30_000 - 1);
    expect((await exchange(early)).status).toBe(200);
    clock.advance(1);
    expect(await exchange(late)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('can be used once', async () => {
    const { code, exchange } = setUp();
    const value = code().get('code') ?? '';
    await exchange(value);
    expect(await exchange(value)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('a refresh', () => {
  it('gives a new pair, with `expires` and `user_id` on top, and `domain` is the OAuth host, not the portal', async () => {
    const { clock, firstPair, refresh } = setUp();
    const first = await firstPair();
    const { status, body } = await refresh(first.refresh_token ?? '');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      expires: clock.now() / 1000 + 3600,
      user_id: 2,
      domain: 'oauth.bitrix.info',
      client_endpoint: 'https://acme.example/rest/',
    });
    expect(body.access_token).not.toBe(first.access_token);
    expect(body.refresh_token).not.toBe(first.refresh_token);
    expect(oauthToken.safeParse(body).error).toBeUndefined();
  });

  it('makes the old refresh token void', async () => {
    const { firstPair, refresh } = setUp();
    const { refresh_token: old = '' } = await firstPair();
    await refresh(old);
    expect(await refresh(old)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('makes it void even if the answer is lost', async () => {
    const { cloud, firstPair, refresh } = setUp();
    const { refresh_token: old = '' } = await firstPair();
    cloud.oauth.inject({ kind: 'execute-then-drop', method: 'oauth/token' });
    await expect(refresh(old)).rejects.toThrow();
    expect((await refresh(old)).body.error).toBe('invalid_grant');
  });

  it('leaves it good if it was refused', async () => {
    const { firstPair, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    expect((await refresh(token, { client_secret: 'wrong' })).status).toBe(401);
    expect((await refresh(token)).status).toBe(200);
  });

  it('of the new token is possible 180 days long', async () => {
    const { clock, firstPair, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    clock.advance(180 * 24 * 3600 * 1000 - 1);
    const { body, status } = await refresh(token);
    expect(status).toBe(200);
    clock.advance(180 * 24 * 3600 * 1000);
    expect((await refresh(body.refresh_token ?? '')).body.error).toBe('invalid_grant');
  });

  it('leaves the old access token good until its hour is over', async () => {
    const { clock, firstPair, portal, refresh } = setUp();
    const first = await firstPair();
    await refresh(first.refresh_token ?? '');
    expect((await askOf(portal)(USERS, {}, first.access_token)).status).toBe(200);
    clock.advance(3_600_000);
    expect((await askOf(portal)(USERS, {}, first.access_token)).body.error).toBe('expired_token');
  });

  it('tells the new address of a portal that was renamed', async () => {
    const { firstPair, portal, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    portal.rename('https://newname.example');
    expect((await refresh(token)).body.client_endpoint).toBe('https://newname.example/rest/');
  });

  it('may be a POST with a form, which a portal of the cloud passes on', async () => {
    const { cloud, firstPair, own, portal } = setUp();
    const { refresh_token = '' } = await firstPair();
    const reply = await portal.handle({
      method: 'POST',
      path: '/oauth/token/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'refresh_token', ...own, refresh_token }).toString(),
    });
    expect(reply.status).toBe(200);
    expect(cloud.oauth.requestsTo('oauth/token')).toHaveLength(2);
  });
});

describe('the OAuth server refuses, with codes in lower case,', () => {
  it.each([
    ['a request without grant_type', { grant_type: '' }],
    ['a grant_type there is not', { grant_type: 'password' }],
    ['a request without refresh_token', { refresh_token: '' }],
    ['a request without client_id', { client_id: '' }],
  ])('invalid_request: %s', async (_what, change) => {
    const { firstPair, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    expect(await refresh(token, change)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('invalid_client: a wrong secret, an unknown client, an application that is not installed any more', async () => {
    const { app, firstPair, own, portal, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    const refusal = { status: 401, body: { error: 'invalid_client' } };
    expect(await refresh(token, { client_secret: 'wrong' })).toMatchObject(refusal);
    expect(await refresh(token, { ...own, client_id: 'local.0.0' })).toMatchObject(refusal);
    portal.apps.uninstall(app);
    expect(await refresh(token)).toMatchObject(refusal);
  });

  it('invalid_scope: more rights than the application card has', async () => {
    const { firstPair, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    expect(await refresh(token, { scope: 'telephony,crm' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    });
  });

  it('wrong_client, bare: a token of another application', async () => {
    const { cloud, firstPair, portal, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    const other = cloud.publish();
    portal.apps.install(other);
    const change = { client_id: other.clientId, client_secret: other.clientSecret };
    expect(await refresh(token, change)).toEqual({ status: 400, body: { error: 'wrong_client' } });
  });

  it('PAYMENT_REQUIRED: the paid period is over', async () => {
    const { app, firstPair, portal, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    portal.apps.get(app).isPaid = false;
    expect(await refresh(token)).toMatchObject({
      body: { error: 'PAYMENT_REQUIRED', error_description: 'Payment required' },
    });
  });

  it('404: a portal that is gone', async () => {
    const { firstPair, portal, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    portal.conditions.isDeleted = true;
    expect((await refresh(token)).status).toBe(404);
  });

  it('invalid_grant: the token of an employee who was dismissed, if the application is local', async () => {
    const { firstPair, portal, refresh } = setUp();
    const { access_token: access = '', refresh_token: token = '' } = await firstPair();
    portal.dismiss(2);
    expect((await refresh(token)).body.error).toBe('invalid_grant');
    expect((await askOf(portal)(USERS, {}, access)).body.error).toBe('NO_AUTH_FOUND');
  });
});

describe('app.info on the OAuth host', () => {
  const ask = async (cloud: FakeCloud, auth: string) => {
    const path = `/rest/app.info?auth=${auth}`;
    const reply = await cloud.oauth.handle({ method: 'GET', path, headers: {} });
    return { status: reply.status, body: JSON.parse(reply.body) as Record<string, unknown> };
  };

  it('checks a token of any portal, and says which application it is', async () => {
    const { app, cloud, firstPair, portal } = setUp();
    const { access_token: token = '' } = await firstPair();
    const { status, body } = await ask(cloud, token);
    expect(status).toBe(200);
    expect(body.result).toMatchObject({ CODE: app.clientId, STATUS: 'L', INSTALLED: true });
    expect(body.result).toEqual((await askOf(portal)('app.info', {}, token)).body.result);
  });

  it('refuses a foreign token and one that has expired', async () => {
    const { clock, cloud, firstPair } = setUp();
    const { access_token: token = '' } = await firstPair();
    expect(await ask(cloud, 'foreign')).toMatchObject({ status: 401, body: { error: 'NO_AUTH_FOUND' } });
    clock.advance(3_600_000);
    expect(await ask(cloud, token)).toMatchObject({ status: 401, body: { error: 'expired_token' } });
  });

  it('says when the paid period is over', async () => {
    const { app, cloud, firstPair, portal } = setUp();
    const { access_token: token = '' } = await firstPair();
    portal.apps.get(app).isPaid = false;
    expect((await ask(cloud, token)).body.result).toMatchObject({ PAYMENT_EXPIRED: 'Y' });
  });
});

describe('the OAuth server', () => {
  it('has the host a test chooses', () => {
    const cloud = new FakeCloud({ oauthOrigin: 'https://oauth.bitrix24.tech' });
    expect(cloud.oauth.origin).toBe('https://oauth.bitrix24.tech');
  });

  it('writes down who asked for what, and neither a token nor a secret', async () => {
    const { app, cloud, firstPair, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    await refresh(token);
    expect(cloud.oauth.requests).toMatchObject([
      {
        method: 'oauth/token',
        params: { grant_type: 'authorization_code', client_id: app.clientId },
        ok: true,
      },
      { method: 'oauth/token', params: { grant_type: 'refresh_token' }, ok: true, delivered: true },
    ]);
    expect(JSON.stringify(cloud.oauth.requests)).not.toContain(token);
    expect(JSON.stringify(cloud.oauth.requests)).not.toContain(app.clientSecret);
  });

  it('has its own faults', async () => {
    const { cloud, firstPair, refresh } = setUp();
    const { refresh_token: token = '' } = await firstPair();
    cloud.oauth.inject({ kind: 'html', status: 503, method: 'oauth/token' });
    const reply = await cloud.oauth.handle({ method: 'GET', path: '/oauth/token/', headers: {} });
    expect(reply.status).toBe(503);
    expect((await refresh(token)).status).toBe(200);
  });

  it('is nothing else', async () => {
    const { cloud } = setUp();
    expect((await cloud.oauth.handle({ method: 'GET', path: '/rest/user.get', headers: {} })).status).toBe(
      404,
    );
  });
});
