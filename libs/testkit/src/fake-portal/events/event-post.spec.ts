import { eventEnvelope, portalEvents } from '@app/bitrix24/contract';
import { employee } from '../company/company';
import { FINISH, KNOWN, USERS, portalUnderTest, registered } from '../testing/ask';
import { ListeningApp } from '../testing/listening-app';

const HANDLER = 'https://connector.example/events';
const CLICK = 'ONEXTERNALCALLSTART';

async function setUp(events: readonly string[] = ['ONAPPTEST'], binding: object = {}) {
  const listener = new ListeningApp();
  const parts = portalUnderTest({ deliver: listener.fetch, origin: 'https://acme.example' });
  for (const event of events) await parts.ask('event.bind', { event, handler: HANDLER, ...binding });
  /** Fires ONAPPTEST with a number, so that it can be told from others. */
  const fire = (n: number) => parts.ask('event.test', { n }, parts.portal.issueToken());
  const arrived = async () => {
    await parts.portal.post.settled();
    return listener.events.map(({ data }) => (data as { QUERY: { n: string } }).QUERY.n);
  };
  return { ...parts, arrived, fire, listener };
}

describe('an event', () => {
  it('is a form with PHP brackets, all scalars strings, with event_handler_id, ts and auth', async () => {
    const { clock, fire, listener, portal } = await setUp();
    await fire(7);
    await portal.post.settled();
    const [binding] = portal.apps.get(portal.app).bindings;
    expect(listener.received).toMatchObject([
      {
        url: HANDLER,
        contentType: 'application/x-www-form-urlencoded',
        form: {
          event: 'ONAPPTEST',
          event_handler_id: binding?.id,
          data: { QUERY: { n: '7' }, LANGUAGE_ID: 'en' },
          ts: String(clock.now() / 1000),
          auth: {
            domain: 'acme.example',
            client_endpoint: 'https://acme.example/rest/',
            server_endpoint: 'https://oauth.bitrix.info/rest/',
            member_id: portal.memberId,
            application_token: portal.apps.get(portal.app).applicationToken,
            status: 'L',
            expires_in: '3600',
          },
        },
      },
    ]);
    expect(eventEnvelope.safeParse(listener.received[0]?.form).error).toBeUndefined();
  });

  it('brings an access token of the acting user, and no refresh token', async () => {
    const { ask, listener, portal } = await setUp([CLICK]);
    portal.click({ userId: 4, phoneNumber: KNOWN });
    await portal.post.settled();
    const auth = listener.events[0]?.auth ?? {};
    expect((await ask('user.current', {}, auth.access_token)).body.result).toMatchObject({ ID: '4' });
    expect(auth).not.toHaveProperty('refresh_token');
  });

  it('brings the token of the user it was bound for', async () => {
    const { ask, listener, portal } = await setUp([CLICK], { auth_type: 7 });
    portal.click({ userId: 4, phoneNumber: KNOWN });
    await portal.post.settled();
    const { body } = await ask('profile', {}, listener.events[0]?.auth.access_token);
    expect(body.result).toMatchObject({ ID: '7' });
  });

  it('brings no tokens when nobody of the company acted', async () => {
    const { listener, portal } = await setUp(['ONEXTERNALCALLBACKSTART']);
    portal.submitCallbackForm({ phoneNumber: KNOWN });
    await portal.post.settled();
    expect(listener.events[0]?.auth).toHaveProperty('application_token');
    expect(listener.events[0]?.auth).not.toHaveProperty('access_token');
  });

  it('goes to every handler that has bound it', async () => {
    const { ask, fire, listener, portal } = await setUp();
    await ask('event.bind', { event: 'ONAPPTEST', handler: `${HANDLER}/2` });
    await fire(1);
    await portal.post.settled();
    expect(listener.received.map(({ url }) => url)).toEqual([HANDLER, `${HANDLER}/2`]);
  });

  it('of event.test goes to the application that asked for it alone', async () => {
    const { ask, listener, portal } = await setUp();
    await ask('event.test', {}, portal.issueToken({ appId: '4' }));
    await portal.post.settled();
    expect(listener.received).toEqual([]);
  });
});

describe('delivery', () => {
  it.each([
    [500, 'refused'],
    [404, 'refused'],
    [302, 'refused'],
    ['down', 'unreachable'],
  ] as const)('happens once and never again, even if the handler answers %s', async (answer, outcome) => {
    const { clock, fire, listener, portal } = await setUp();
    listener.answer = answer;
    await fire(1);
    await portal.post.settled();
    listener.answer = 200;
    clock.advance(24 * 3600 * 1000);
    await fire(2);
    await portal.post.settled();
    expect(portal.post.deliveries.map((delivery) => delivery.outcome)).toEqual([outcome, 'delivered']);
    expect(listener.events.at(-1)?.data).toMatchObject({ QUERY: { n: '2' } });
  });

  it('takes as long as it is set to, and ts is the time of sending', async () => {
    const { clock, fire, listener, portal } = await setUp();
    portal.post.delayMs = 5_000;
    const start = clock.now();
    await fire(1);
    await portal.post.settled();
    expect(clock.now() - start).toBe(5_000);
    expect(listener.received[0]?.form.ts).toBe(String(start / 1000 + 5));
  });

  it('keeps the order of events to one handler, unless told otherwise', async () => {
    const { arrived, fire } = await setUp();
    for (const n of [1, 2, 3]) await fire(n);
    expect(await arrived()).toEqual(['1', '2', '3']);
  });

  it('may be out of order', async () => {
    const { arrived, fire, portal } = await setUp();
    portal.post.inject({ kind: 'overtaken', event: 'ONAPPTEST' });
    await fire(1);
    await fire(2);
    expect(await arrived()).toEqual(['2', '1']);
  });

  it('of a delayed event does not hold up the others', async () => {
    const { arrived, clock, fire, portal } = await setUp();
    jest.spyOn(clock, 'sleep').mockImplementation(tick);
    portal.post.inject({ kind: 'delay', ms: 60_000 });
    await fire(1);
    await fire(2);
    expect(await arrived()).toEqual(['2', '1']);
    expect(clock.sleep).toHaveBeenCalledWith(60_000);
  });

  it('may come twice', async () => {
    const { arrived, fire, portal } = await setUp();
    portal.post.inject({ kind: 'duplicate', nth: 2 });
    await fire(1);
    await fire(2);
    expect(await arrived()).toEqual(['1', '2', '2']);
  });

  it('may fail without a trace at the handler', async () => {
    const { arrived, fire, portal } = await setUp();
    portal.post.inject({ kind: 'lose' });
    await fire(1);
    await fire(2);
    expect(await arrived()).toEqual(['2']);
    expect(portal.post.deliveries).toMatchObject([
      { outcome: 'lost' },
      { outcome: 'delivered', status: 200 },
    ]);
  });

  it('may lack its tokens', async () => {
    const { arrived, fire, listener, portal } = await setUp();
    portal.post.inject({ kind: 'without-tokens' });
    await fire(1);
    await arrived();
    expect(Object.keys(listener.events[0]?.auth ?? {})).toEqual([
      'scope',
      'domain',
      'server_endpoint',
      'status',
      'client_endpoint',
      'member_id',
      'application_token',
    ]);
  });

  it('of what waits to be overtaken can be released', async () => {
    const { arrived, fire, portal } = await setUp();
    portal.post.inject({ kind: 'overtaken' });
    await fire(1);
    expect(await arrived()).toEqual([]);
    portal.post.release();
    expect(await arrived()).toEqual(['1']);
  });
});

describe('calls and people', () => {
  it('ONVOXIMPLANTCALLINIT at register and ONVOXIMPLANTCALLEND at finish', async () => {
    const { ask, listener, portal } = await setUp(['ONVOXIMPLANTCALLINIT', 'ONVOXIMPLANTCALLEND']);
    const CALL_ID = await registered(ask, { LINE_NUMBER: 'line-1' });
    await ask(FINISH, { CALL_ID, USER_ID: 1, DURATION: 5 });
    await portal.post.settled();
    expect(listener.events).toMatchObject([
      {
        event: 'ONVOXIMPLANTCALLINIT',
        data: { CALL_ID, CALL_TYPE: '2', CALLER_ID: '+442079460999', REST_APP_ID: '3' },
      },
      {
        event: 'ONVOXIMPLANTCALLEND',
        data: { CALL_ID, CALL_DURATION: '5', CALL_FAILED_CODE: '200', PORTAL_NUMBER: 'line-1' },
      },
    ]);
  });

  it('ONUSERADD when somebody is hired, and nothing when somebody is dismissed', async () => {
    const { ask, listener, portal } = await setUp([]);
    const token = portal.issueToken({ scopes: ['user'] });
    await ask('event.bind', { event: 'ONUSERADD', handler: HANDLER }, token);
    portal.hire(employee(19, 'Tara', 'Nowak'));
    portal.dismiss(4);
    await portal.post.settled();
    expect(listener.events).toMatchObject([{ event: 'ONUSERADD', data: { ID: '19', NAME: 'Tara' } }]);
    expect(portalEvents.ONUSERADD.data.safeParse(listener.events[0]?.data).error).toBeUndefined();
    expect((await ask(USERS, { FILTER: { ID: 19 } })).body.total).toBe(1);
  });
});

/** Longer than any chain of promises. */
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
