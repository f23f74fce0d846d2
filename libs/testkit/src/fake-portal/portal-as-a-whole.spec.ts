import { FINISH, KNOWN, REGISTER, STRANGER, USERS, askOf, portalUnderTest } from './testing/ask';
import type { FakePortal } from './fake-portal';

const post = (portal: FakePortal, origin: string, path: string, body = '{}') =>
  portal.handle({ method: 'POST', path, origin, headers: { 'content-type': 'application/json' }, body });

describe('a renamed portal', () => {
  it.each([
    ['a method', '/rest/user.get?start=0'],
    ['an unknown method', '/rest/no.such.method'],
    ['a webhook', '/rest/1/abc/user.get.json'],
    ['an upload', '/rest/upload.json?auth=a&token=b'],
  ])('answers 302 at its old address, for %s', async (_what, path) => {
    const { portal } = portalUnderTest({ origin: 'https://old.example' });
    portal.rename('https://new.example');
    const reply = await post(portal, 'https://old.example', path);
    expect(reply).toMatchObject({ status: 302, headers: { location: `https://new.example${path}` } });
  });

  it('does nothing there, and everything at the new one', async () => {
    const { portal } = portalUnderTest({ origin: 'https://old.example' });
    portal.rename('https://new.example');
    const call = { USER_ID: 1, PHONE_NUMBER: STRANGER, TYPE: 2, auth: portal.accessToken };
    await post(portal, 'https://old.example', `/rest/${REGISTER}`, JSON.stringify(call));
    expect(portal.state.calls.all).toEqual([]);
    const reply = await post(portal, 'https://new.example', `/rest/${REGISTER}`, JSON.stringify(call));
    expect(reply.status).toBe(200);
    expect(portal.requestsTo(REGISTER)).toMatchObject([{ fault: 'renamed', ok: false }, { ok: true }]);
  });

  it('keeps its member_id', () => {
    const { portal } = portalUnderTest();
    const before = portal.memberId;
    portal.rename('https://new.example');
    expect([portal.memberId, portal.origin]).toEqual([before, 'https://new.example']);
  });

  it('may go back to its first name', async () => {
    const { portal } = portalUnderTest({ origin: 'https://old.example' });
    portal.rename('https://new.example');
    portal.rename('https://old.example');
    expect((await post(portal, 'https://old.example', '/rest/user.get')).status).toBe(401);
    expect((await post(portal, 'https://new.example', '/rest/user.get')).status).toBe(302);
  });
});

describe('the portal as a whole', () => {
  it('without a commercial plan is 403 ACCESS_DENIED to everybody', async () => {
    const { ask, portal } = portalUnderTest();
    portal.conditions.hasRest = false;
    expect(await ask(USERS)).toEqual({
      status: 403,
      body: { error: 'ACCESS_DENIED', error_description: 'REST API is available only on commercial plans' },
    });
    const path = `/rest/1/${portal.access.issueWebhook()}/user.get`;
    expect((await portal.handle({ method: 'GET', path, headers: {} })).status).toBe(403);
  });

  it('blocked by its maker is 503 OVERLOAD_LIMIT until that is lifted', async () => {
    const { ask, clock, portal } = portalUnderTest();
    portal.conditions.isOverloaded = true;
    clock.advance(600_000);
    expect(await ask(USERS)).toMatchObject({ status: 503, body: { error: 'OVERLOAD_LIMIT' } });
    portal.conditions.isOverloaded = false;
    expect((await ask(USERS)).status).toBe(200);
  });

  it('deleted is 500 PORTAL_DELETED, whoever asks', async () => {
    const { ask, portal } = portalUnderTest();
    portal.conditions.isDeleted = true;
    expect(await ask(USERS, {}, 'foreign')).toMatchObject({ status: 500, body: { error: 'PORTAL_DELETED' } });
  });

  it('of an Enterprise plan drains 5 requests a second and blocks above 250', async () => {
    const { ask, clock } = portalUnderTest({ license: { type: 'ent250', family: 'ent' } });
    for (let n = 0; n < 250; n += 1) expect((await ask('server.time')).status).toBe(200);
    expect((await ask('server.time')).status).toBe(503);
    clock.advance(1_000);
    for (let n = 0; n < 5; n += 1) expect((await ask('server.time')).status).toBe(200);
    expect((await ask('server.time')).status).toBe(503);
    expect((await ask('server.time')).status).toBe(503);
  });

  it('checks authorisation before the rate, and the rate before the operating time', async () => {
    const { ask } = portalUnderTest({
      rateLimit: { threshold: 1, leakPerSecond: 1 },
      operating: { limitSeconds: 1, secondsPerCall: 1 },
    });
    await ask('server.time');
    expect((await ask('server.time')).body.error).toBe('QUERY_LIMIT_EXCEEDED');
    expect((await ask('server.time', {}, 'foreign')).body.error).toBe('NO_AUTH_FOUND');
  });
});

describe('several portals', () => {
  it("behind one OAuth server know each other's tokens not at all", async () => {
    const { portal } = portalUnderTest();
    const other = portalUnderTest({ oauth: portal.oauth }).portal;
    expect(other.memberId).not.toBe(portal.memberId);
    expect((await askOf(other)(USERS, {}, portal.accessToken)).body.error).toBe('NO_AUTH_FOUND');
    expect((await askOf(other)(USERS)).status).toBe(200);
  });

  it('each have their own calls and limits', async () => {
    const { ask, portal } = portalUnderTest({ rateLimit: { threshold: 1, leakPerSecond: 1 } });
    const other = portalUnderTest({ oauth: portal.oauth, rateLimit: { threshold: 1, leakPerSecond: 1 } });
    const call = { USER_ID: 1, PHONE_NUMBER: KNOWN, TYPE: 2 };
    expect((await ask(REGISTER, call)).status).toBe(200);
    expect((await ask(FINISH, call)).status).toBe(503);
    expect((await other.ask(USERS)).status).toBe(200);
    expect(other.portal.state.calls.all).toEqual([]);
  });
});
