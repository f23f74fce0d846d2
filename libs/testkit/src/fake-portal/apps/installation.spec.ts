import { eventEnvelope, framePost, portalEvents } from '@app/bitrix24/contract';
import { FakePortal } from '../fake-portal';
import { ManualClock } from '../clock';
import { USERS, askOf } from '../testing/ask';
import { ListeningApp } from '../testing/listening-app';

const INSTALL = 'https://connector.example/install/secret';
const PAGE = 'https://connector.example/page';
const HANDLER = 'https://connector.example/events';

function setUp() {
  const listener = new ListeningApp();
  const clock = new ManualClock();
  const portal = new FakePortal({ clock, seed: 5, deliver: listener.fetch, origin: 'https://acme.example' });
  const ask = askOf(portal);
  /** Binds an event by a token of the application. */
  const bind = (appId: string, event: string) =>
    ask('event.bind', { event, handler: HANDLER }, portal.issueToken({ appId }));
  return { ask, bind, clock, listener, portal };
}

describe('an application that uses the API only', () => {
  const apiOnly = { installUrl: INSTALL, scopes: ['telephony', 'crm'] };

  it('is told of its installation by a form POST of ONAPPINSTALL with nested auth to its installation path', async () => {
    const { clock, listener, portal } = setUp();
    const installation = portal.apps.install(portal.apps.add(apiOnly), { userId: 1 });
    await portal.post.settled();
    expect(listener.received).toEqual([
      {
        url: INSTALL,
        contentType: 'application/x-www-form-urlencoded',
        form: {
          event: 'ONAPPINSTALL',
          data: { VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'en' },
          ts: String(clock.now() / 1000),
          auth: {
            access_token: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
            refresh_token: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
            expires: String(clock.now() / 1000 + 3600),
            expires_in: '3600',
            user_id: '1',
            scope: 'telephony crm',
            domain: 'acme.example',
            server_endpoint: 'https://oauth.bitrix.info/rest/',
            status: 'L',
            client_endpoint: 'https://acme.example/rest/',
            member_id: portal.memberId,
            application_token: installation.applicationToken,
          },
        },
      },
    ]);
  });

  it('counts as installed at once, and its tokens work', async () => {
    const { ask, listener, portal } = setUp();
    portal.apps.install(portal.apps.add(apiOnly));
    await portal.post.settled();
    const token = listener.events[0]?.auth.access_token;
    expect((await ask('app.info', {}, token)).body.result).toMatchObject({ INSTALLED: true });
  });

  it('must not call BX24.installFinish', () => {
    const { portal } = setUp();
    const app = portal.apps.add(apiOnly);
    portal.apps.install(app);
    expect(() => portal.apps.finishInstall(app)).toThrow('installFinish');
  });

  it('that is not there misses ONAPPINSTALL for good', async () => {
    const { listener, portal } = setUp();
    listener.answer = 'down';
    portal.apps.install(portal.apps.add(apiOnly));
    await portal.post.settled();
    expect(portal.post.deliveries).toMatchObject([{ event: 'ONAPPINSTALL', outcome: 'unreachable' }]);
  });
});

describe('an application with UI', () => {
  const withUi = { installUrl: INSTALL, handlerUrl: PAGE };

  async function opened(options: { readonly userId?: number } = {}) {
    const parts = setUp();
    const app = parts.portal.apps.add(withUi);
    const installation = parts.portal.apps.install(app);
    const answer = await parts.portal.apps.open(app, options);
    return { ...parts, answer, app, installation, post: parts.listener.received[0]! };
  }

  it('is opened by a frame POST: DOMAIN, PROTOCOL, LANG and APP_SID in the query, the tokens in the body', async () => {
    const { answer, app, installation, portal, post } = await opened();
    expect(answer).toMatchObject({ status: 200, body: '<html></html>' });
    const url = new URL(post.url);
    expect(url.origin + url.pathname).toBe(INSTALL);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      DOMAIN: 'acme.example',
      PROTOCOL: '1',
      LANG: 'en',
      APP_SID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    expect(post.form).toEqual({
      AUTH_ID: expect.any(String) as string,
      AUTH_EXPIRES: '3600',
      REFRESH_ID: expect.any(String) as string,
      SERVER_ENDPOINT: 'https://oauth.bitrix.info/rest/',
      APPLICATION_TOKEN: installation.applicationToken,
      APPLICATION_SCOPE: app.scopes.join(','),
      member_id: portal.memberId,
      status: 'L',
      PLACEMENT: 'DEFAULT',
    });
    const all = { ...Object.fromEntries(url.searchParams), ...post.form };
    expect(framePost.safeParse(all).error).toBeUndefined();
  });

  it('brings the token of the user who opened it, be he an ordinary one', async () => {
    const { ask, post } = await opened({ userId: 5 });
    const { body } = await ask('profile', {}, String(post.form.AUTH_ID));
    expect(body.result).toMatchObject({ ID: '5', ADMIN: false });
  });

  it('brings PLACEMENT_OPTIONS, as JSON, with placements only', async () => {
    const { app, listener, portal } = await opened();
    await portal.apps.open(app, { placement: 'CALL_CARD', placementOptions: { CALL_ID: 'a' } });
    expect(listener.received[1]?.form).toMatchObject({
      PLACEMENT: 'CALL_CARD',
      PLACEMENT_OPTIONS: '{"CALL_ID":"a"}',
    });
  });

  it('is not installed, and gets no event, until BX24.installFinish; binding works all the same', async () => {
    const { ask, app, bind, installation, listener, portal, post } = await opened();
    expect((await bind(installation.appId, 'ONAPPTEST')).body.result).toBe(true);
    const token = String(post.form.AUTH_ID);
    expect((await ask('app.info', {}, token)).body.result).toMatchObject({ INSTALLED: false });
    await ask('event.test', {}, token);
    await portal.post.settled();
    expect(listener.received).toHaveLength(1);
    expect(portal.post.deliveries).toMatchObject([{ event: 'ONAPPTEST', outcome: 'not-installed' }]);
    portal.apps.finishInstall(app);
    await ask('event.test', {}, token);
    await portal.post.settled();
    expect((await ask('app.info', {}, token)).body.result).toMatchObject({ INSTALLED: true });
    expect(listener.events.slice(1)).toMatchObject([{ event: 'ONAPPTEST' }]);
  });

  it('gets ONAPPINSTALL, if it has bound it, when the installation is finished', async () => {
    const { app, bind, installation, listener, portal } = await opened();
    await bind(installation.appId, 'ONAPPINSTALL');
    portal.apps.finishInstall(app);
    await portal.post.settled();
    expect(listener.events[1]).toMatchObject({
      event: 'ONAPPINSTALL',
      data: { INSTALLED: 'Y' },
      auth: { refresh_token: expect.any(String) as string },
    });
  });

  it('has its installation page shown until then, and its own page ever after', async () => {
    const { app, listener, portal } = await opened();
    portal.apps.finishInstall(app);
    await portal.apps.open(app);
    expect(listener.received[1]?.url).toContain(`${PAGE}?DOMAIN=acme.example`);
  });
});

describe('an application of the Market', () => {
  it('is installed on many portals, each with its own application_token', () => {
    const { portal } = setUp();
    const app = portal.oauth.register({ name: 'connector' });
    const other = new FakePortal({ oauth: portal.oauth });
    const [here, there] = [portal.apps.install(app), other.apps.install(app)];
    expect(app.clientId).toMatch(/^app\./);
    expect(here.applicationToken).not.toBe(there.applicationToken);
  });

  it('keeps its client_id when it is installed again', () => {
    const { portal } = setUp();
    const app = portal.oauth.register({});
    const first = portal.apps.install(app).applicationToken;
    portal.apps.uninstall(app);
    expect(portal.apps.install(app).applicationToken).not.toBe(first);
    expect(portal.oauth.app(app.clientId)).toBe(app);
  });
});

describe('a local application', () => {
  it('cannot be installed elsewhere', () => {
    const { portal } = setUp();
    const app = portal.apps.add();
    const other = new FakePortal({ oauth: portal.oauth });
    expect(() => other.apps.install(app)).toThrow('another portal');
  });

  it('is gone for good when it is uninstalled: a new one has a new client_id', () => {
    const { portal } = setUp();
    const app = portal.apps.add();
    portal.apps.install(app);
    portal.apps.uninstall(app);
    expect(portal.oauth.app(app.clientId)).toBeUndefined();
    expect(portal.apps.add().clientId).not.toBe(app.clientId);
  });
});

describe('uninstalling', () => {
  it.each([
    [true, '1'],
    [false, '0'],
  ])('with clean %s is told by ONAPPUNINSTALL with CLEAN=%s, without tokens', async (clean, sent) => {
    const { bind, listener, portal } = setUp();
    await bind('3', 'ONAPPUNINSTALL');
    const { applicationToken } = portal.apps.get(portal.app);
    portal.apps.uninstall(portal.app, { clean });
    await portal.post.settled();
    const [event] = listener.events;
    expect(event).toMatchObject({ event: 'ONAPPUNINSTALL', data: { LANGUAGE_ID: 'en', CLEAN: sent } });
    expect(event?.auth.application_token).toBe(applicationToken);
    expect(event?.auth).not.toHaveProperty('access_token');
    expect(event?.auth).not.toHaveProperty('refresh_token');
  });

  it('wipes bindings and tokens', async () => {
    const { ask, bind, listener, portal } = setUp();
    await bind('3', 'ONEXTERNALCALLSTART');
    portal.apps.uninstall(portal.app);
    expect(await ask(USERS)).toMatchObject({ status: 401, body: { error: 'NO_AUTH_FOUND' } });
    expect(portal.click({ userId: 1, phoneNumber: '+442079460101' })).toBeUndefined();
    await portal.post.settled();
    expect(listener.received).toEqual([]);
  });
});

describe('updating', () => {
  it('brings ONAPPUPDATE with a new application_token and new tokens, and wipes the bindings', async () => {
    const { ask, bind, listener, portal } = setUp();
    await bind('3', 'ONAPPUPDATE');
    const before = portal.apps.get(portal.app).applicationToken;
    portal.apps.update(portal.app);
    await portal.post.settled();
    const [event] = listener.events;
    expect(event).toMatchObject({ event: 'ONAPPUPDATE', data: { VERSION: '2', PREVIOUS_VERSION: '1' } });
    const auth = event?.auth ?? {};
    expect(auth.application_token).toBe(portal.apps.get(portal.app).applicationToken);
    expect(auth.application_token).not.toBe(before);
    expect((await ask(USERS, {}, auth.access_token)).status).toBe(200);
    expect(portal.oauth.tokens.refresh(auth.refresh_token ?? '')).toBeDefined();
    expect((await ask('event.get')).body.result).toEqual([]);
    expect((await ask('app.info')).body.result).toMatchObject({ VERSION: 2 });
  });
});

describe('an application for selected users', () => {
  it('is 403 user_access_error for all others', async () => {
    const { ask, portal } = setUp();
    portal.apps.get(portal.app).onlyUsers = [1];
    expect((await ask(USERS)).status).toBe(200);
    expect(await ask(USERS, {}, portal.issueToken({ userId: 2 }))).toMatchObject({
      status: 403,
      body: { error: 'user_access_error' },
    });
  });
});

it('what is sent at installation, update and removal fits the contract', async () => {
  const { bind, listener, portal } = setUp();
  const app = portal.apps.add({ installUrl: INSTALL });
  const { appId } = portal.apps.install(app);
  await bind(appId, 'ONAPPUPDATE');
  portal.apps.update(app);
  await bind(appId, 'ONAPPUNINSTALL');
  portal.apps.uninstall(app);
  await portal.post.settled();
  expect(listener.events.map(({ event }) => event)).toEqual([
    'ONAPPINSTALL',
    'ONAPPUPDATE',
    'ONAPPUNINSTALL',
  ]);
  for (const { form } of listener.received) {
    const envelope = eventEnvelope.parse(form);
    const { data } = portalEvents[envelope.event as keyof typeof portalEvents];
    expect(data.safeParse(envelope.data).error).toBeUndefined();
  }
});
