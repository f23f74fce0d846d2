import { FINISH, REGISTER, SHOW, STATISTICS, STRANGER, USERS, filed, portalUnderTest } from '../testing/ask';

const registration = { USER_ID: 1, PHONE_NUMBER: STRANGER, TYPE: 2 };

describe('authorisation comes first', () => {
  it('401 NO_AUTH_FOUND without a token or with a foreign one', async () => {
    const { ask } = portalUnderTest();
    const refusal = {
      status: 401,
      body: { error: 'NO_AUTH_FOUND', error_description: 'Wrong authorization data' },
    };
    expect(await ask(REGISTER, {}, 'foreign')).toEqual(refusal);
    expect(await ask(REGISTER, {}, '')).toEqual(refusal);
  });

  it('401 expired_token after an hour', async () => {
    const { ask, clock } = portalUnderTest();
    clock.advance(3_600_000 - 1);
    expect((await ask(USERS)).status).toBe(200);
    clock.advance(1);
    expect(await ask(USERS)).toMatchObject({ status: 401, body: { error: 'expired_token' } });
  });

  it('401 expired_token as soon as a token is made stale', async () => {
    const { ask, portal } = portalUnderTest();
    portal.access.expire(portal.accessToken);
    expect(await ask(USERS)).toMatchObject({ status: 401, body: { error: 'expired_token' } });
    expect((await ask(USERS, {}, portal.issueToken())).status).toBe(200);
  });

  it('403 insufficient_scope when the scope is missing', async () => {
    const { ask, portal } = portalUnderTest();
    const token = portal.issueToken({ scopes: ['user_brief'] });
    expect(await ask(REGISTER, registration, token)).toMatchObject({
      status: 403,
      body: { error: 'insufficient_scope' },
    });
    expect((await ask(USERS, {}, token)).status).toBe(200);
  });

  it.each([REGISTER, FINISH])('403 WRONG_AUTH_TYPE for %s through a webhook', async (method) => {
    const { portal } = portalUnderTest();
    const path = `/rest/1/${portal.access.issueWebhook()}/${method}`;
    const reply = await portal.handle({ method: 'POST', path, headers: {} });
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.body)).toMatchObject({ error: 'WRONG_AUTH_TYPE' });
  });

  it('a webhook may do what needs no application', async () => {
    const { portal } = portalUnderTest();
    const code = portal.access.issueWebhook();
    const get = (path: string) => portal.handle({ method: 'GET', path, headers: {} });
    expect((await get(`/rest/1/${code}/user.get.json`)).status).toBe(200);
    expect((await get(`/rest/1/${code}/${SHOW}?CALL_ID=x`)).body).toContain('"result":false');
    expect((await get(`/rest/2/${code}/user.get`)).status).toBe(401);
  });

  it('403 ACCESS_DENIED for the statistics without the right to view them', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.users[0]!.mayViewStatistics = false;
    expect(await ask(STATISTICS)).toMatchObject({
      status: 403,
      body: { error: 'ACCESS_DENIED', error_description: 'Access denied!' },
    });
  });

  it('precedes validation', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(REGISTER, { TYPE: 99 }, 'foreign')).status).toBe(401);
  });
});

describe('a method', () => {
  it('that nobody knows is 404 ERROR_METHOD_NOT_FOUND', async () => {
    const { ask } = portalUnderTest();
    expect(await ask('crm.lead.add')).toMatchObject({
      status: 404,
      body: { error: 'ERROR_METHOD_NOT_FOUND' },
    });
  });

  it('is found whatever the case of its name', async () => {
    const { ask } = portalUnderTest();
    expect((await ask('TELEPHONY.EXTERNALCALL.REGISTER', registration)).status).toBe(200);
    expect((await ask('telephony.externalcall.register', registration)).status).toBe(200);
  });

  it('answers with the time it took', async () => {
    const { ask } = portalUnderTest();
    const { body } = await ask(USERS);
    expect(body.time).toMatchObject({
      start: 1772866800,
      operating: 0.01,
      date_start: '2026-03-07T07:00:00+00:00',
    });
  });
});

describe('a request', () => {
  it('may be a form with PHP brackets', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await filed(ask);
    const body = new URLSearchParams({ auth: portal.accessToken, 'FILTER[CALL_ID]': CALL_ID }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await portal.handle({ method: 'POST', path: `/rest/${STATISTICS}.json`, headers, body });
    expect(JSON.parse(reply.body)).toMatchObject({ total: 1, result: [{ CALL_ID }] });
  });

  it('is not read from the body of a GET', async () => {
    const { portal } = portalUnderTest();
    const reply = await portal.handle({
      method: 'GET',
      path: '/rest/user.get',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth: portal.accessToken }),
    });
    expect(reply.status).toBe(401);
  });

  it('leaves no token in the log', async () => {
    const { ask, portal } = portalUnderTest();
    await ask(USERS, { start: 0 });
    expect(portal.requests).toMatchObject([
      { method: USERS, params: { start: 0 }, ok: true, delivered: true },
    ]);
    expect(JSON.stringify(portal.requests)).not.toContain(portal.accessToken);
  });
});
