import { ConnectionDropped } from '../http/wire';
import { FINISH, REGISTER, STRANGER, USERS, portalUnderTest, registered } from '../testing/ask';

const call = { USER_ID: 1, PHONE_NUMBER: STRANGER, TYPE: 2, EXTERNAL_CALL_ID: 'a' };

describe('faults that prevent execution', () => {
  it.each([
    ['rate-limited', 503, 'QUERY_LIMIT_EXCEEDED'],
    ['overloaded', 503, 'OVERLOAD_LIMIT'],
    ['expired-token', 401, 'expired_token'],
    ['server-error', 500, 'INTERNAL_SERVER_ERROR'],
    ['operation-limit', 429, 'OPERATION_TIME_LIMIT'],
  ] as const)('%s is %d %s', async (kind, status, error) => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind });
    expect(await ask(REGISTER, call)).toMatchObject({ status, body: { error } });
    expect(portal.state.calls.all).toEqual([]);
    expect((await ask(REGISTER, call)).status).toBe(200);
  });

  it('operation-limit says when it ends', async () => {
    const { ask, clock, portal } = portalUnderTest();
    portal.inject({ kind: 'operation-limit', resetInSeconds: 90 });
    expect((await ask(USERS)).body.time?.operating_reset_at).toBe(clock.now() / 1000 + 90);
  });

  it('html is a page instead of JSON', async () => {
    const { portal } = portalUnderTest();
    portal.inject({ kind: 'html' });
    const reply = await portal.handle({ method: 'POST', path: '/rest/user.get', headers: {} });
    expect(reply).toMatchObject({
      status: 502,
      headers: { 'content-type': expect.stringContaining('html') as string },
    });
  });

  it.each([
    [{}, 200],
    [{ status: 503 }, 503],
  ])('empty has nothing in its body: %j', async (options, status) => {
    const { portal } = portalUnderTest();
    portal.inject({ kind: 'empty', ...options });
    const reply = await portal.handle({ method: 'POST', path: '/rest/user.get', headers: {} });
    expect(reply).toMatchObject({ status, body: '' });
  });

  it('redirect is a 302 to the new address', async () => {
    const { portal } = portalUnderTest();
    portal.inject({ kind: 'redirect', to: 'https://renamed.example/rest/user.get' });
    const reply = await portal.handle({ method: 'POST', path: '/rest/user.get', headers: {} });
    expect(reply).toMatchObject({
      status: 302,
      headers: { location: 'https://renamed.example/rest/user.get' },
    });
  });

  it('drop ends the connection', async () => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind: 'drop' });
    await expect(ask(REGISTER, call)).rejects.toThrow(ConnectionDropped);
    expect(portal.state.calls.all).toEqual([]);
  });

  it('hang ends the connection after the 60 s of the cloud', async () => {
    const { ask, clock, portal } = portalUnderTest();
    portal.inject({ kind: 'hang' });
    const start = clock.now();
    await expect(ask(REGISTER, call)).rejects.toThrow(ConnectionDropped);
    expect(clock.now() - start).toBe(60_000);
  });
});

describe('faults after execution', () => {
  it.each(['execute-then-drop', 'execute-then-hang'] as const)('%s loses the answer', async (kind) => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind });
    await expect(ask(REGISTER, call)).rejects.toThrow(ConnectionDropped);
    expect(portal.state.calls.all).toHaveLength(1);
    expect(portal.requests).toMatchObject([{ ok: true, delivered: false, fault: kind }]);
    expect(await registered(ask, call)).toBe(portal.state.calls.all[0]?.id);
  });

  it.each([
    ['execute-then-server-error', 500],
    ['execute-then-html', 502],
    ['execute-then-empty', 200],
    ['execute-then-cut', 200],
  ] as const)('%s hides the answer behind HTTP %d', async (kind, status) => {
    const { portal } = portalUnderTest();
    portal.inject({ kind });
    const body = JSON.stringify({ ...call, auth: portal.accessToken });
    const headers = { 'content-type': 'application/json' };
    const reply = await portal.handle({ method: 'POST', path: `/rest/${REGISTER}`, headers, body });
    expect(reply.status).toBe(status);
    expect(isCompleteAnswer(reply.body)).toBe(false);
    expect(portal.state.calls.all).toHaveLength(1);
    expect(portal.requests).toMatchObject([{ ok: true, delivered: false }]);
  });

  it('slow is late but right', async () => {
    const { ask, clock, portal } = portalUnderTest();
    portal.inject({ kind: 'slow', ms: 3_000 });
    const start = clock.now();
    const { body } = await ask(USERS);
    expect(clock.now() - start).toBe(3_000);
    expect(body.time?.duration).toBe(3);
  });

  it('empty-error-code empties the code of one refusal', async () => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind: 'empty-error-code' });
    const wrong = { CALL_ID: 'externalCall.0.0', USER_ID: 1 };
    expect((await ask(FINISH, wrong)).body.error).toBe('');
    expect((await ask(FINISH, wrong)).body.error).toBe('ERROR_CORE');
  });
});

describe('the queue of faults', () => {
  it('aims at a method, whatever the case', async () => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind: 'server-error', method: FINISH.toLowerCase() });
    expect((await ask(USERS)).status).toBe(200);
    expect((await ask(FINISH)).status).toBe(500);
  });

  it('aims at the nth request, and at several in a row', async () => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind: 'server-error', method: USERS, nth: 2, times: 2 });
    const seen = [];
    for (let n = 0; n < 4; n += 1) seen.push((await ask(USERS)).status);
    expect(seen).toEqual([200, 500, 500, 200]);
  });

  it('lets one request meet one fault', async () => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind: 'server-error' }, { kind: 'rate-limited' });
    expect([(await ask(USERS)).status, (await ask(USERS)).status, (await ask(USERS)).status]).toEqual([
      500, 503, 200,
    ]);
  });

  it('forgets what has not happened', async () => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind: 'server-error' });
    portal.faults.clear();
    expect((await ask(USERS)).status).toBe(200);
  });
});

function isCompleteAnswer(body: string): boolean {
  try {
    return 'result' in (JSON.parse(body) as object);
  } catch {
    return false;
  }
}
