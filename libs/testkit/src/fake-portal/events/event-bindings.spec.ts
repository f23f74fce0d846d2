import { portalUnderTest } from '../testing/ask';

const HANDLER = 'https://connector.example/events';
const CLICK = 'ONEXTERNALCALLSTART';

describe('event.bind', () => {
  it('answers true, and event.get shows the binding', async () => {
    const { ask } = portalUnderTest();
    expect((await ask('event.bind', { event: CLICK, handler: HANDLER })).body.result).toBe(true);
    expect((await ask('event.get')).body.result).toEqual([
      { event: CLICK, handler: HANDLER, auth_type: '0', offline: 0 },
    ]);
  });

  it('takes the name of the event in any case', async () => {
    const { ask } = portalUnderTest();
    await ask('event.bind', { event: 'OnExternalCallStart', handler: HANDLER });
    expect((await ask('event.get')).body.result).toMatchObject([{ event: CLICK }]);
  });

  it.each(['ONNOSUCHTHING', 'ONUSERADD'])(
    'refuses %s, which is unknown or beyond its scopes: ERROR_EVENT_NOT_FOUND',
    async (event) => {
      const { ask, portal } = portalUnderTest();
      const token = portal.issueToken({ scopes: ['telephony'] });
      expect(await ask('event.bind', { event, handler: HANDLER }, token)).toEqual({
        status: 400,
        body: { error: 'ERROR_EVENT_NOT_FOUND', error_description: 'Event not found' },
      });
    },
  );

  it('refuses the same handler for the same event: Unable to set event handler', async () => {
    const { ask } = portalUnderTest();
    const binding = { event: CLICK, handler: HANDLER };
    await ask('event.bind', binding);
    expect(await ask('event.bind', binding)).toMatchObject({
      status: 400,
      body: { error_description: 'Unable to set event handler' },
    });
    expect((await ask('event.bind', { ...binding, handler: `${HANDLER}/2` })).status).toBe(200);
    expect((await ask('event.get')).body.result).toHaveLength(2);
  });

  it.each(['/events', 'ftp://connector.example/', 'https://', undefined])(
    'refuses the handler %s',
    async (handler) => {
      const { ask } = portalUnderTest();
      expect(await ask('event.bind', { event: CLICK, handler })).toMatchObject({
        status: 400,
        body: { error: 'ERROR_ARGUMENT' },
      });
    },
  );

  it('belongs to the application: another one does not see it', async () => {
    const { ask, portal } = portalUnderTest();
    await ask('event.bind', { event: CLICK, handler: HANDLER });
    expect((await ask('event.get', {}, portal.issueToken({ appId: '4' }))).body.result).toEqual([]);
  });

  it('is not for webhooks: 403 WRONG_AUTH_TYPE', async () => {
    const { portal } = portalUnderTest();
    const path = `/rest/1/${portal.access.issueWebhook()}/event.bind`;
    const reply = await portal.handle({ method: 'POST', path, headers: {} });
    expect(reply.status).toBe(403);
    expect(reply.body).toContain('WRONG_AUTH_TYPE');
  });
});

describe('rights at event.bind and event.unbind', () => {
  const asUser = () => {
    const parts = portalUnderTest();
    return { ...parts, token: parts.portal.issueToken({ userId: 5 }) };
  };

  it('an ordinary user binds for himself, and sees only what is his', async () => {
    const { ask, token } = asUser();
    await ask('event.bind', { event: CLICK, handler: HANDLER });
    await ask('event.bind', { event: CLICK, handler: HANDLER }, token);
    expect((await ask('event.get', {}, token)).body.result).toMatchObject([{ auth_type: '5' }]);
    expect((await ask('event.get')).body.result).toMatchObject([{ auth_type: '0' }, { auth_type: '5' }]);
  });

  it('an ordinary user may not bind for another: ACCESS_DENIED', async () => {
    const { ask, token } = asUser();
    expect(await ask('event.bind', { event: CLICK, handler: HANDLER, auth_type: 1 }, token)).toEqual({
      status: 403,
      body: {
        error: 'ACCESS_DENIED',
        error_description: 'Access denied! Event binding with AUTH_TYPE requires administrator access rights',
      },
    });
  });

  it('an ordinary user may not bind offline events: ACCESS_DENIED', async () => {
    const { ask, token } = asUser();
    const offline = { event: CLICK, event_type: 'offline', handler: '' };
    expect((await ask('event.bind', offline, token)).body.error_description).toBe(
      'Access denied! Offline events binding requires administrator access rights',
    );
    expect((await ask('event.unbind', offline, token)).body.error_description).toBe(
      'Access denied! Offline events unbinding requires administrator access rights',
    );
  });

  it('an ordinary user removes his own bindings only', async () => {
    const { ask, token } = asUser();
    await ask('event.bind', { event: CLICK, handler: HANDLER });
    await ask('event.bind', { event: CLICK, handler: HANDLER }, token);
    expect(
      (await ask('event.unbind', { event: CLICK, handler: HANDLER, auth_type: 1 }, token)).body
        .error_description,
    ).toBe('Access denied! Event unbinding with AUTH_TYPE requires administrator access rights');
    const { result } = (await ask('event.unbind', { event: CLICK, handler: HANDLER }, token)).body;
    expect(result).toEqual({ count: 1 });
    expect((await ask('event.get')).body.result).toMatchObject([{ auth_type: '0' }]);
  });
});

describe('event.unbind', () => {
  it('says how many handlers it removed, 0 for an address that was bound otherwise', async () => {
    const { ask } = portalUnderTest();
    await ask('event.bind', { event: CLICK, handler: HANDLER });
    const count = async (handler: string) =>
      (await ask('event.unbind', { event: CLICK, handler })).body.result;
    expect(await count(`${HANDLER}/`)).toEqual({ count: 0 });
    expect(await count(HANDLER)).toEqual({ count: 1 });
    expect(await count(HANDLER)).toEqual({ count: 0 });
  });

  it('with an empty auth_type removes only what was bound without a user', async () => {
    const { ask } = portalUnderTest();
    const binding = { event: CLICK, handler: HANDLER };
    await ask('event.bind', binding);
    await ask('event.bind', { ...binding, auth_type: 7 });
    expect((await ask('event.unbind', { ...binding, auth_type: '' })).body.result).toEqual({ count: 1 });
    expect((await ask('event.get')).body.result).toMatchObject([{ auth_type: '7' }]);
  });

  it('tells online and offline bindings apart', async () => {
    const { ask } = portalUnderTest();
    await ask('event.bind', { event: CLICK, handler: HANDLER });
    await ask('event.bind', { event: CLICK, event_type: 'offline' });
    const removed = await ask('event.unbind', { event: CLICK, handler: '', event_type: 'offline' });
    expect(removed.body.result).toEqual({ count: 1 });
    expect((await ask('event.get')).body.result).toMatchObject([{ offline: 0 }]);
  });
});

describe('events', () => {
  it('lists what the scopes allow, what one scope has, or all', async () => {
    const { ask, portal } = portalUnderTest();
    const token = portal.issueToken({ scopes: ['telephony'] });
    const list = async (params: object) => (await ask('events', params, token)).body.result;
    expect(await list({})).toContain(CLICK);
    expect(await list({})).not.toContain('ONUSERADD');
    expect(await list({ SCOPE: 'user' })).toEqual(['ONUSERADD']);
    expect(await list({ FULL: true })).toEqual(expect.arrayContaining([CLICK, 'ONUSERADD', 'ONAPPTEST']));
  });
});
