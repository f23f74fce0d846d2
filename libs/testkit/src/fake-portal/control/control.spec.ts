import { AdjustableClock } from '../clock';
import { FakePortal } from '../fake-portal';
import { KNOWN, USERS, askOf, portalUnderTest } from '../testing/ask';
import { ListeningApp } from '../testing/listening-app';

const HANDLER = 'https://connector.example/events';

function setUp() {
  const listener = new ListeningApp();
  const parts = portalUnderTest({ deliver: listener.fetch, origin: 'https://acme.example' });
  const control = async (action: string, body?: object) => {
    const reply = await parts.portal.handle({
      method: 'POST',
      path: `/control/${action}`,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    return { status: reply.status, ...(JSON.parse(reply.body) as { result?: unknown; error?: string }) };
  };
  return { ...parts, control, listener };
}

describe('the control API', () => {
  it('clicks a number and sends a callback form', async () => {
    const { ask, control, listener, portal } = setUp();
    for (const event of ['ONEXTERNALCALLSTART', 'ONEXTERNALCALLBACKSTART'])
      await ask('event.bind', { event, handler: HANDLER });
    const { result } = await control('click', { userId: 4, phoneNumber: KNOWN });
    expect(result).toEqual({ callId: expect.stringMatching(/^externalCall\./) as string });
    await control('callback-form', { phoneNumber: KNOWN });
    await portal.post.settled();
    expect(listener.events).toMatchObject([
      { event: 'ONEXTERNALCALLSTART' },
      { event: 'ONEXTERNALCALLBACKSTART' },
    ]);
  });

  it('injects faults into requests, events and the OAuth server', async () => {
    const { ask, control, listener, portal } = setUp();
    await ask('event.bind', { event: 'ONAPPTEST', handler: HANDLER });
    await control('fault', { kind: 'rate-limited', method: USERS, times: 2 });
    await control('event-fault', { kind: 'lose' });
    await control('oauth-fault', { kind: 'html', status: 503 });
    expect([(await ask(USERS)).status, (await ask(USERS)).status, (await ask(USERS)).status]).toEqual([
      503, 503, 200,
    ]);
    await ask('event.test');
    await portal.post.settled();
    expect(listener.received).toEqual([]);
    expect((await portal.handle({ method: 'GET', path: '/oauth/token/', headers: {} })).status).toBe(503);
  });

  it('sets the delay of events and the conditions of the portal', async () => {
    const { ask, control, portal } = setUp();
    await control('event-delay', { ms: 250 });
    await control('conditions', { hasRest: false });
    expect(portal.post.delayMs).toBe(250);
    expect((await ask(USERS)).body.error).toBe('ACCESS_DENIED');
  });

  it('gives and ends tokens', async () => {
    const { ask, control } = setUp();
    const { result } = await control('token', { userId: 4 });
    const { accessToken } = result as { accessToken: string };
    expect((await ask('user.current', {}, accessToken)).body.result).toMatchObject({ ID: '4' });
    await control('expire-token', { accessToken });
    expect((await ask(USERS, {}, accessToken)).body.error).toBe('expired_token');
  });

  it('moves a clock that can be moved, and only such a one', async () => {
    const { ask, control, clock } = setUp();
    expect((await control('advance-clock', { ms: 3_600_000 })).result).toEqual({ now: clock.now() });
    expect((await ask(USERS)).body.error).toBe('expired_token');
    const path = '/control/advance-clock';
    const onSystemTime = new FakePortal();
    const request = { method: 'POST', path, headers: {}, body: '{"ms":1}' };
    expect((await onSystemTime.handle(request)).status).toBe(400);
    const adjustable = new FakePortal({ clock: new AdjustableClock() });
    expect((await adjustable.handle({ ...request, body: '{"ms":3600000}' })).status).toBe(200);
    expect((await askOf(adjustable)(USERS)).body.error).toBe('expired_token');
  });

  it('tells the credentials of the applications', async () => {
    const { control, portal } = setUp();
    await control('add-app', { market: true });
    expect((await control('apps')).result).toEqual([
      {
        appId: '3',
        clientId: portal.app.clientId,
        clientSecret: portal.app.clientSecret,
        applicationToken: portal.apps.get(portal.app).applicationToken,
        memberId: portal.memberId,
        isFinished: true,
      },
    ]);
  });

  it('makes, installs, opens, finishes, updates and removes an application', async () => {
    const { control, listener, portal } = setUp();
    const { result } = await control('add-app', {
      installUrl: 'https://connector.example/install',
      handlerUrl: 'https://connector.example/page',
    });
    const { clientId } = result as { clientId: string };
    expect((await control('install-app', { clientId, userId: 2 })).result).toEqual({ appId: '4' });
    expect((await control('open-app', { clientId })).result).toEqual({ status: 200, body: '<html></html>' });
    await control('finish-install', { clientId });
    await control('choose-outgoing', { clientId, line: 'line-1' });
    await control('update-app', { clientId });
    const installation = portal.state.installed.byClientId(clientId);
    expect(installation).toMatchObject({ isFinished: true, version: 2, installedBy: 2 });
    expect(portal.state.outgoing.byDefault).toEqual({ appId: '4', line: 'line-1' });
    await control('uninstall-app', { clientId, clean: true });
    expect(portal.state.installed.byClientId(clientId)).toBeUndefined();
    expect(listener.received).toHaveLength(1);
  });

  it('dismisses people and renames the portal', async () => {
    const { control, portal } = setUp();
    await control('dismiss', { userId: 4 });
    await control('rename', { origin: 'https://new.example/x' });
    expect(portal.company.users[3]?.active).toBe(false);
    expect(portal.origin).toBe('https://new.example');
  });

  it.each([
    ['click', { userId: 'four' }],
    ['fault', { kind: 'earthquake' }],
    ['dismiss', { userId: 99 }],
    ['install-app', { clientId: 'local.0.0' }],
    ['finish-install', {}],
  ])('answers 400 to %s %j', async (action, body) => {
    const { control } = setUp();
    const { error, status } = await control(action, body);
    expect(status).toBe(400);
    expect(error).not.toBe('');
  });

  it.each(['explode', 'to-string', 'constructor'])('does not know %s', async (action) => {
    const { control } = setUp();
    expect((await control(action)).status).toBe(404);
  });

  it('is there over HTTP, too', async () => {
    const running = await new FakePortal().listen();
    try {
      const path = `${running.origin}/control/token`;
      const answer = await fetch(path, { method: 'POST', body: '{"userId":2}' });
      expect(await answer.json()).toEqual({ result: { accessToken: expect.any(String) as string } });
    } finally {
      await running.close();
    }
  });
});
