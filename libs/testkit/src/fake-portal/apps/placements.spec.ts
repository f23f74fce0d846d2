import { portalUnderTest } from '../testing/ask';

const HANDLER = 'https://connector.example/card';

function setUp(scopes = ['placement', 'telephony']) {
  const parts = portalUnderTest({ app: { scopes } });
  const ask = (method: string, params: object = {}, userId = 1) =>
    parts.ask(method, params, parts.portal.issueToken({ scopes, userId }));
  return { ...parts, ask };
}

const CARD = { PLACEMENT: 'CALL_CARD', HANDLER, TITLE: 'Client' };

describe('placements', () => {
  it('are bound, told and unbound; the count is twice the number', async () => {
    const { ask } = setUp();
    expect((await ask('placement.bind', CARD)).body.result).toBe(true);
    expect((await ask('placement.bind', { ...CARD, HANDLER: `${HANDLER}/2` })).body.result).toBe(true);
    expect((await ask('placement.get')).body.result).toMatchObject([
      { placement: 'CALL_CARD', userId: 0, handler: HANDLER, title: 'Client', options: [], langAll: [] },
      { handler: `${HANDLER}/2` },
    ]);
    expect((await ask('placement.unbind', { PLACEMENT: 'CALL_CARD', HANDLER })).body.result).toEqual({
      count: 2,
    });
    expect((await ask('placement.unbind', { PLACEMENT: 'CALL_CARD' })).body.result).toEqual({ count: 2 });
    expect((await ask('placement.get')).body.result).toEqual([]);
  });

  it.each([
    [{ HANDLER }, 200, 'ERROR_ARGUMENT'],
    [{ ...CARD, USER_ID: 2 }, 200, 'ERROR_PLACEMENT_USER_MODE'],
    [{ PLACEMENT: 'PAGE_BACKGROUND_WORKER', HANDLER }, 200, 'EMPTY_ERROR_HANDLER_URL'],
    [{ ...CARD, PLACEMENT: 'MOON' }, 400, 'ERROR_PLACEMENT_NOT_FOUND'],
    [{ ...CARD, PLACEMENT: 'constructor' }, 400, 'ERROR_PLACEMENT_NOT_FOUND'],
    [{ ...CARD, PLACEMENT: 'CRM_DEAL_DETAIL_TAB' }, 400, 'ERROR_PLACEMENT_NOT_FOUND'],
    [{ ...CARD, HANDLER: '/card' }, 400, 'ERROR_WRONG_HANDLER_URL'],
    [{ ...CARD, HANDLER: 'ftp://connector.example/' }, 400, 'ERROR_UNSUPPORTED_PROTOCOL'],
  ])('are refused, some of them with HTTP 200: %j', async (params, status, error) => {
    const { ask } = setUp();
    expect(await ask('placement.bind', params)).toMatchObject({ status, body: { error } });
  });

  it('take the same handler once, and some of them one handler for everybody and one for each user', async () => {
    const { ask } = setUp();
    const worker = { PLACEMENT: 'PAGE_BACKGROUND_WORKER', HANDLER, OPTIONS: { errorHandlerUrl: HANDLER } };
    const errorOf = async (params: object) => (await ask('placement.bind', params)).body.error;
    expect([await errorOf(CARD), await errorOf(CARD)]).toEqual([undefined, 'ERROR_PLACEMENT_MAX_COUNT']);
    expect(await errorOf(worker)).toBeUndefined();
    expect(await errorOf({ ...worker, HANDLER: `${HANDLER}/2` })).toBe('ERROR_PLACEMENT_MAX_COUNT');
    expect(await errorOf({ ...worker, USER_ID: 2 })).toBeUndefined();
  });

  it('are for administrators and applications', async () => {
    const { ask, portal } = setUp();
    expect((await ask('placement.bind', CARD, 2)).body.error).toBe('ACCESS_DENIED');
    const path = `/rest/1/${portal.access.issueWebhook({ scopes: ['placement'] })}/placement.list`;
    const reply = await portal.handle({ method: 'GET', path, headers: {} });
    expect(JSON.parse(reply.body)).toMatchObject({
      error: 'WRONG_AUTH_TYPE',
      error_description: expect.stringContaining('Application context required') as string,
    });
  });

  it('are listed as far as the scopes allow', async () => {
    const { ask } = setUp();
    const own = (await ask('placement.list')).body.result as string[];
    expect(own).toEqual(expect.arrayContaining(['CALL_CARD', 'PAGE_BACKGROUND_WORKER']));
    expect(own).not.toContain('CRM_DEAL_DETAIL_TAB');
    expect((await ask('placement.list', { FULL: true })).body.result).toContain('CRM_DEAL_DETAIL_TAB');
    expect((await ask('placement.list', { SCOPE: 'telephony' })).body.result).toEqual([
      'CALL_CARD',
      'TELEPHONY_ANALYTICS_MENU',
    ]);
  });

  it('are gone after an update', async () => {
    const { ask, portal } = setUp();
    await ask('placement.bind', CARD);
    portal.apps.update(portal.app);
    expect((await ask('placement.get')).body.result).toEqual([]);
  });
});
