import { AdjustableClock } from '../clock';
import { EVENT_FAULT_KINDS } from '../events/event-faults';
import { FAULT_KINDS } from '../faults/faults';
import { FakePortal } from '../fake-portal';
import type { FakePortalOptions } from '../portal-options';
import {
  ATTACH,
  FINISH,
  KNOWN,
  REGISTER,
  STRANGER,
  USERS,
  askOf,
  filed,
  portalUnderTest,
} from '../testing/ask';
import { registered } from '../testing/ask';
import { ListeningApp } from '../testing/listening-app';
import { actions } from './actions';
import type { ActionName } from './actions';
import { FakePortalControl } from './fake-portal-control';
import { views } from './views';

const HANDLER = 'https://connector.example/events';

function setUp(options: FakePortalOptions = {}) {
  const listener = new ListeningApp();
  const parts = portalUnderTest({ deliver: listener.fetch, origin: 'https://acme.example', ...options });
  const control = new FakePortalControl('https://acme.example', parts.portal.asFetch());
  return { ...parts, control, listener };
}

describe('the control API', () => {
  it('clicks a number and sends a callback form', async () => {
    const { ask, control, listener } = setUp();
    for (const event of ['ONEXTERNALCALLSTART', 'ONEXTERNALCALLBACKSTART'])
      await ask('event.bind', { event, handler: HANDLER });
    const { callId } = await control.do('click', { userId: 4, phoneNumber: KNOWN });
    await control.do('callback-form', { phoneNumber: KNOWN });
    await control.do('settle-events');
    expect(listener.events).toMatchObject([
      { event: 'ONEXTERNALCALLSTART', data: { CALL_ID: callId, USER_ID: '4' } },
      { event: 'ONEXTERNALCALLBACKSTART' },
    ]);
    expect(await control.see('screens')).toContainEqual(
      expect.objectContaining({ id: 4, cards: [expect.objectContaining({ callId, by: 'click' })] }),
    );
  });

  it('injects faults into requests, events and the OAuth server', async () => {
    const { ask, control, listener, portal } = setUp();
    await ask('event.bind', { event: 'ONAPPTEST', handler: HANDLER });
    await control.do('fault', { kind: 'rate-limited', method: USERS, times: 2 });
    await control.do('event-fault', { kind: 'lose' });
    await control.do('oauth-fault', { kind: 'html', status: 503 });
    const statuses = [await ask(USERS), await ask(USERS), await ask(USERS)].map(({ status }) => status);
    expect(statuses).toEqual([503, 503, 200]);
    await ask('event.test');
    await portal.post.settled();
    expect(listener.received).toEqual([]);
    expect((await portal.handle({ method: 'GET', path: '/oauth/token/', headers: {} })).status).toBe(503);
  });

  it('knows every fault there is', async () => {
    const { control } = setUp();
    const details: Readonly<Record<string, object>> = {
      slow: { ms: 5 },
      delay: { ms: 5 },
      redirect: { to: 'https://new.example/' },
    };
    for (const kind of FAULT_KINDS) await control.do('fault', { kind, ...details[kind] } as never);
    for (const kind of EVENT_FAULT_KINDS)
      await control.do('event-fault', { kind, ...details[kind] } as never);
  });

  it('forgets faults that have not happened yet', async () => {
    const { ask, control } = setUp();
    await control.do('fault', { kind: 'server-error' });
    await control.do('clear-faults');
    expect((await ask(USERS)).status).toBe(200);
  });

  it('sets the way of events, and lets go what waits to be overtaken', async () => {
    const { ask, control, listener, portal } = setUp();
    await ask('event.bind', { event: 'ONAPPTEST', handler: HANDLER });
    await control.do('event-delay', { ms: 250 });
    expect(portal.post.delayMs).toBe(250);
    await control.do('event-fault', { kind: 'overtaken' });
    await ask('event.test');
    await control.do('settle-events');
    expect(listener.received).toEqual([]);
    await control.do('release-events');
    await control.do('settle-events');
    expect(await control.see('events')).toMatchObject([{ event: 'ONAPPTEST', outcome: 'delivered' }]);
  });

  it('sets the conditions of the portal: no REST, another spelling, another plan', async () => {
    const { ask, control, portal } = setUp();
    await control.do('conditions', { coreErrorCode: '', license: { type: 'ent250', family: 'ent' } });
    const refused = await ask(FINISH, { CALL_ID: 'nobody', USER_ID: 1 });
    expect(refused).toMatchObject({ status: 400, body: { error: '' } });
    expect(portal.limits.rate.options).toEqual({ threshold: 250, leakPerSecond: 5 });
    await control.do('conditions', { hasRest: false });
    expect((await ask(USERS)).body.error).toBe('ACCESS_DENIED');
  });

  it('sets the rates, and tells how full the buckets are', async () => {
    const { ask, control } = setUp();
    await control.do('rates', {
      rate: { threshold: 2, leakPerSecond: 100 },
      operating: { limitSeconds: 3, secondsPerCall: 1, basketSeconds: 1 },
    });
    await ask(USERS);
    expect(await control.see('limits')).toEqual({
      rate: { threshold: 2, leakPerSecond: 100 },
      buckets: [{ source: 'local', level: 1 }],
      operating: { limitSeconds: 3, used: [{ key: 'user.get 3', seconds: 1 }] },
    });
    await ask(USERS);
    expect((await ask(USERS)).body.error).toBe('QUERY_LIMIT_EXCEEDED');
    await control.do('rates', { rate: null });
    await ask(USERS);
    expect((await ask(USERS)).body.error).toBe('OPERATION_TIME_LIMIT');
  });

  it('gives, ends and takes back tokens, and gives webhooks', async () => {
    const { ask, control, portal } = setUp();
    const { accessToken } = await control.do('token', { userId: 4 });
    expect((await ask('user.current', {}, accessToken)).body.result).toMatchObject({ ID: '4' });
    await control.do('expire-token', { accessToken });
    expect((await ask(USERS, {}, accessToken)).body.error).toBe('expired_token');
    const ofTwo = (await control.do('token', { userId: 2 })).accessToken;
    await control.do('revoke-tokens', { userId: 2 });
    expect((await ask(USERS, {}, ofTwo)).body.error).toBe('NO_AUTH_FOUND');
    expect((await ask(USERS)).status).toBe(200);
    await control.do('revoke-tokens', { clientId: portal.app.clientId });
    expect((await ask(USERS)).body.error).toBe('NO_AUTH_FOUND');
    const { url } = await control.do('webhook', { userId: 3 });
    const answer = await portal.asFetch()(`${url}user.current`);
    expect(await answer.json()).toMatchObject({ result: { ID: '3' } });
  });

  it('moves a clock that can be moved, and only such a one', async () => {
    const { ask, clock, control } = setUp();
    expect(await control.do('advance-clock', { ms: 3_600_000 })).toEqual({ now: clock.now() });
    expect((await ask(USERS)).body.error).toBe('expired_token');
    await control.do('set-clock', { to: '2026-03-07T10:00:00+03:00' });
    expect((await ask(USERS)).status).toBe(200);
    const onSystemTime = new FakePortalControl('https://any.example', new FakePortal().asFetch());
    await expect(onSystemTime.do('advance-clock', { ms: 1 })).rejects.toMatchObject({ status: 400 });
    const adjustable = new FakePortal({ clock: new AdjustableClock() });
    const onItsOwn = new FakePortalControl('https://any.example', adjustable.asFetch());
    await onItsOwn.do('advance-clock', { ms: 3_600_000 });
    expect((await askOf(adjustable)(USERS)).body.error).toBe('expired_token');
    await onItsOwn.do('set-clock', { to: null });
    expect((await askOf(adjustable)(USERS)).status).toBe(200);
  });

  it('tells the credentials of the applications', async () => {
    const { control, portal } = setUp();
    await control.do('add-app', { market: true });
    expect(await control.see('apps')).toEqual([
      expect.objectContaining({
        appId: '3',
        clientId: portal.app.clientId,
        clientSecret: portal.app.clientSecret,
        applicationToken: portal.apps.get(portal.app).applicationToken,
        memberId: portal.memberId,
        isFinished: true,
      }),
    ]);
  });

  it('makes, installs, opens, finishes, updates and removes an application', async () => {
    const { control, listener, portal } = setUp();
    const { clientId } = await control.do('add-app', {
      installUrl: 'https://connector.example/install',
      handlerUrl: 'https://connector.example/page',
    });
    expect(await control.do('install-app', { clientId, userId: 2 })).toMatchObject({ appId: '4' });
    expect(await control.do('open-app', { clientId })).toEqual({ status: 200, body: '<html></html>' });
    await control.do('finish-install', { clientId });
    await control.do('choose-outgoing', { clientId, line: 'line-1' });
    await control.do('update-app', { clientId });
    const installation = portal.state.installed.byClientId(clientId);
    expect(installation).toMatchObject({ isFinished: true, version: 2, installedBy: 2 });
    expect(portal.state.outgoing.byDefault).toEqual({ appId: '4', line: 'line-1' });
    await control.do('uninstall-app', { clientId, clean: true });
    expect(portal.state.installed.byClientId(clientId)).toBeUndefined();
    expect(listener.received).toHaveLength(1);
  });

  it('edits an application and installs it anew, as whoever connects a "script only" one has to', async () => {
    const { ask, control, listener, portal } = setUp();
    const { clientId } = portal.app;
    await ask('event.bind', { event: 'ONAPPTEST', handler: HANDLER });
    const before = portal.accessToken;
    await control.do('edit-app', { clientId, installUrl: 'https://connector.example/install' });
    const { applicationToken } = await control.do('reinstall-app', { clientId });
    await control.do('settle-events');
    expect(listener.received).toMatchObject([{ url: 'https://connector.example/install' }]);
    const { auth } = listener.events[0]!;
    expect(auth.application_token).toBe(applicationToken);
    expect((await ask(USERS, {}, before)).body.error).toBe('NO_AUTH_FOUND');
    expect((await ask(USERS, {}, auth.access_token)).status).toBe(200);
    expect((await ask('event.get', {}, auth.access_token)).body.result).toEqual([]);
  });

  it('ends the paid period of an application, and keeps users from it', async () => {
    const { ask, control, portal } = setUp();
    const { clientId } = portal.app;
    await control.do('app-status', { clientId, isPaid: false, onlyUsers: [2] });
    expect((await ask(USERS)).body.error).toBe('user_access_error');
    await control.do('app-status', { clientId, onlyUsers: null });
    expect((await ask('app.info')).body.result).toMatchObject({ PAYMENT_EXPIRED: 'Y' });
  });

  it('hires, changes and dismisses people, and adds clients', async () => {
    const { ask, control } = setUp();
    await control.do('hire', { userId: 19, name: 'Tom' });
    await control.do('set-user', { userId: 19, extension: '2019', workday: 'PAUSED' });
    await control.do('add-client', {
      type: 'CONTACT',
      id: 900,
      name: 'New',
      phones: [STRANGER],
      assignedById: 19,
    });
    const found = await ask('telephony.externalCall.searchCrmEntities', { PHONE_NUMBER: STRANGER });
    expect(found.body.result).toMatchObject([
      { NAME: 'New', ASSIGNED_BY: { ID: '19', USER_PHONE_INNER: '2019', TIMEMAN_STATUS: 'PAUSED' } },
    ]);
    await control.do('dismiss', { userId: 19 });
    const { users } = await control.see('company');
    expect(users.find(({ id }) => id === 19)).toMatchObject({ active: false });
  });

  it('sets what an unknown caller becomes', async () => {
    const { ask, control } = setUp();
    await control.do('crm-mode', { mode: 'simple' });
    expect((await ask('crm.settings.mode.get')).body.result).toBe(2);
  });

  it('shows calls, timeline, requests, messages and complaints, without tokens', async () => {
    const { ask, control, portal } = setUp();
    const CALL_ID = await filed(ask, { PHONE_NUMBER: KNOWN, EXTERNAL_CALL_ID: 'call-1' });
    const { uploadUrl } = (await ask(ATTACH, { CALL_ID, FILENAME: 'a.wav' })).body.result as {
      uploadUrl: string;
    };
    expect(uploadUrl).toContain(portal.accessToken);
    await ask(FINISH, { CALL_ID, USER_ID: 1 });
    expect(await control.see('calls')).toMatchObject([
      { id: CALL_ID, externalId: 'call-1', viewers: [], row: { CALL_DURATION: '5' }, recording: null },
    ]);
    expect(await control.see('timeline')).toMatchObject([{ name: 'Oliver Brown', calls: [{ seconds: 5 }] }]);
    expect(await control.see('audit')).toEqual([{ kind: 'second-finish', detail: CALL_ID }]);
    const requests = await control.see('requests');
    expect(requests.map(({ number, method, status }) => [number, method, status])).toEqual([
      [1, REGISTER, 200],
      [2, FINISH, 200],
      [3, ATTACH, 200],
      [4, FINISH, 400],
    ]);
    expect(await control.see('requests', { method: FINISH, after: 2 })).toMatchObject([{ number: 4 }]);
    expect(await control.see('requests', { limit: 1 })).toMatchObject([{ number: 4 }]);
    expect((await control.see('messages')).chat).toHaveLength(2);
    expect(JSON.stringify(requests)).not.toContain(portal.accessToken);
    expect(await control.see('oauth-requests')).toEqual([]);
  });

  it('renames the portal', async () => {
    const { control } = setUp();
    await control.do('rename', { origin: 'https://new.example/x' });
    expect(await control.see('portal')).toMatchObject({
      origin: 'https://new.example',
      formerOrigins: ['https://acme.example'],
    });
    await expect(control.do('rename')).rejects.toThrow('does not listen cannot move');
  });
});

describe('a reset', () => {
  async function afterADay() {
    const parts = setUp();
    const { ask, control, portal } = parts;
    await ask('event.bind', { event: 'ONAPPTEST', handler: HANDLER });
    await filed(ask, { PHONE_NUMBER: STRANGER, CRM_CREATE: 1 });
    await registered(ask, { USER_ID: 2 });
    await control.do('add-app', {}).then(({ clientId }) => control.do('install-app', { clientId }));
    await control.do('dismiss', { userId: 4 });
    await control.do('conditions', { isOverloaded: true });
    await control.do('rates', { rate: null });
    await control.do('fault', { kind: 'server-error' });
    await control.do('rename', { origin: 'https://new.example' });
    return { ...parts, tokenBefore: portal.accessToken, clientId: portal.app.clientId };
  }

  it('brings back the first day: nothing has happened, and everybody is there', async () => {
    const { ask, control, portal } = await afterADay();
    await control.do('reset');
    expect(await control.see('calls')).toEqual([]);
    expect(await control.see('requests')).toEqual([]);
    expect(await control.see('audit')).toEqual([]);
    expect((await control.see('screens')).flatMap(({ seen }) => seen)).toEqual([]);
    expect(portal.company).toEqual(new FakePortal().company);
    expect(portal.limits.rate.options).toEqual({ threshold: 50, leakPerSecond: 2 });
    expect(await ask(USERS)).toMatchObject({ status: 200, body: { total: 18 } });
  });

  it('leaves only the first application, under the same client_id, with nothing bound and all tokens void', async () => {
    const { ask, clientId, control, portal, tokenBefore } = await afterADay();
    await control.do('reset');
    expect(await control.see('apps')).toMatchObject([{ appId: '3', clientId, bindings: [] }]);
    expect((await ask(USERS, {}, tokenBefore)).body.error).toBe('NO_AUTH_FOUND');
    expect(portal.click({ userId: 1, phoneNumber: KNOWN })).toBeDefined();
  });

  it('leaves all applications as they are, if so wished', async () => {
    const { ask, control, tokenBefore } = await afterADay();
    await control.do('reset', { keepApps: true });
    expect(await control.see('apps')).toMatchObject([
      { appId: '3', bindings: [{ event: 'ONAPPTEST' }] },
      { appId: '4' },
    ]);
    expect((await ask(USERS, {}, tokenBefore)).status).toBe(200);
  });

  it('gives out no id a second time', async () => {
    const { ask, control, portal } = setUp();
    const first = await registered(ask);
    await control.do('reset');
    expect(await registered(ask)).not.toBe(first);
    expect(portal.state.calls.known(first)).toBeUndefined();
  });

  it('brings back an application that was uninstalled', async () => {
    const { ask, control, portal } = setUp();
    await control.do('uninstall-app', { clientId: portal.app.clientId });
    await control.do('reset');
    expect((await ask(USERS)).status).toBe(200);
    expect(portal.oauth.app(portal.app.clientId)).toBe(portal.app);
  });
});

describe('a wish that cannot be granted', () => {
  const post = async (action: string, body: string, type = 'application/json') => {
    const { portal } = setUp();
    const headers = { 'content-type': type };
    const reply = await portal.handle({ method: 'POST', path: `/control/${action}`, headers, body });
    return [reply.status, (JSON.parse(reply.body) as { error: string }).error];
  };

  it.each([
    [
      'click',
      { userId: 'four', phoneNumber: '+1' },
      'userId: Invalid input: expected number, received string',
    ],
    ['click', { userId: 4, phoneNumber: '+1', colour: 'red' }, 'Unrecognized key: "colour"'],
    ['click', { userId: 99, phoneNumber: '+1' }, 'no user has the id 99: GET /control/company lists them'],
    ['fault', { kind: 'earthquake' }, 'kind: Invalid'],
    ['fault', { kind: 'slow' }, 'ms: Invalid input: expected number, received undefined'],
    ['fault', { kind: 'drop', ms: 5 }, 'Unrecognized key: "ms"'],
    ['dismiss', { userId: 99 }, 'no user 99'],
    ['install-app', { clientId: 'local.0.0' }, 'no application has the client_id local.0.0'],
    ['finish-install', {}, 'clientId: Invalid input: expected string, received undefined'],
    ['hire', { userId: 4, name: 'Tom' }, 'the user 4 is there already'],
    ['add-client', { type: 'CONTACT', id: 101, name: 'Tom' }, 'CONTACT 101 is there already'],
  ])('is 400 with a sentence: %s %j', async (action, body, sentence) => {
    expect(await post(action, JSON.stringify(body))).toEqual([
      400,
      expect.stringContaining(sentence) as string,
    ]);
  });

  it('is 400 if it is not JSON, or says that it is something else', async () => {
    expect(await post('reset', '{')).toEqual([400, expect.stringContaining('not JSON') as string]);
    expect(await post('reset', 'a=b', 'application/x-www-form-urlencoded')).toEqual([
      400,
      'the body has to be JSON, with the header Content-Type: application/json',
    ]);
  });

  it.each(['explode', 'to-string', 'constructor', '__proto__'])('is 404 for %s', async (action) => {
    expect(await post(action, '')).toEqual([
      404,
      expect.stringContaining('GET /control lists them') as string,
    ]);
  });

  it('is 405 for an action that is not posted', async () => {
    const { portal } = setUp();
    expect((await portal.handle({ method: 'GET', path: '/control/reset', headers: {} })).status).toBe(405);
  });

  it('is 400 for a query that a view does not have', async () => {
    const { control } = setUp();
    await expect(control.see('requests', { colour: 'red' })).rejects.toThrow('Unrecognized key: "colour"');
    await expect(control.see('requests', { limit: 'all' })).rejects.toThrow('limit: ');
  });
});

describe('over HTTP', () => {
  it('lists its actions and views, each with a sentence and a schema', async () => {
    const { portal } = setUp();
    const { body } = await portal.handle({ method: 'GET', path: '/control', headers: {} });
    const { result } = JSON.parse(body) as {
      result: Record<'actions' | 'views', { name: string; about: string }[]>;
    };
    expect(result.actions.map(({ name }) => name)).toEqual(Object.keys(actions));
    expect(result.views.map(({ name }) => name)).toEqual(Object.keys(views));
    expect(result.actions).toContainEqual({
      name: 'dismiss' satisfies ActionName,
      about: expect.stringContaining('dismissed') as string,
      body: expect.objectContaining({ type: 'object', required: ['userId'] }) as object,
    });
  });

  it('moves the portal to a new port, where it goes on; the old one answers 302 and still takes orders', async () => {
    const portal = new FakePortal();
    const running = await portal.listen();
    try {
      const control = new FakePortalControl(running.origin);
      const { origin } = await control.do('rename');
      expect(origin).not.toBe(running.origin);
      const ask = (at: string) =>
        fetch(`${at}/rest/server.time?auth=${portal.accessToken}`, { redirect: 'manual' });
      expect((await ask(running.origin)).status).toBe(302);
      expect((await ask(origin)).status).toBe(200);
      expect(await control.do('ping')).toMatchObject({ origin });
    } finally {
      await running.close();
    }
    await expect(fetch(portal.origin)).rejects.toThrow();
  });
});
