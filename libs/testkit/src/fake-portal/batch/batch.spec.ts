import { BATCH_LIMIT, contract } from '@app/bitrix24/contract';
import { ATTACH, FINISH, KNOWN, REGISTER, SEARCH, SHOW, USERS, portalUnderTest } from '../testing/ask';
import type { FakePortalOptions } from '../portal-options';

interface BatchResult {
  readonly result: unknown;
  readonly result_error: unknown;
  readonly result_total: unknown;
  readonly result_next: unknown;
  readonly result_time: unknown;
}

function setUp(options?: FakePortalOptions) {
  const parts = portalUnderTest(options);
  const run = async (cmd: object, halt?: 0 | 1) => {
    const { status, body } = await parts.ask('batch', { cmd, halt });
    return { status, ...(body.result as BatchResult) };
  };
  return { ...parts, run };
}

const query = (params: Record<string, string | number>) =>
  new URLSearchParams(
    Object.entries(params).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString();
const registration = `${REGISTER}?${query({ USER_ID: 1, PHONE_NUMBER: KNOWN, TYPE: 2 })}`;
const unknownUser = `${REGISTER}?${query({ USER_ID: 99, PHONE_NUMBER: KNOWN, TYPE: 2 })}`;

describe('a batch', () => {
  it('runs its commands in order, and answers under their keys, in the form of the contract', async () => {
    const { portal, run } = setUp();
    const answer = await run({ time: 'server.time', people: `${USERS}?start=0` });
    expect(answer).toMatchObject({
      status: 200,
      result: { time: '2026-03-07T07:00:00+00:00', people: expect.any(Array) as unknown },
      result_error: [],
      result_total: { people: 18 },
      result_next: [],
      result_time: { time: { operating: 0.01 } },
    });
    expect(contract.batch.result.safeParse(answer).error).toBeUndefined();
    expect(portal.requests.map(({ method, inBatch }) => [method, inBatch])).toEqual([
      ['batch', undefined],
      ['server.time', 'time'],
      [USERS, 'people'],
    ]);
  });

  it('puts earlier results where $result[key][field] stands', async () => {
    const { portal, run } = setUp();
    const { result, result_error: errors } = await run({
      reg: registration,
      show: `${SHOW}?CALL_ID=$result[reg][CALL_ID]&USER_ID[0]=2&USER_ID[1]=3`,
      fin: `${FINISH}?CALL_ID=$result[reg][CALL_ID]&USER_ID=1&DURATION=5`,
      rec: `${ATTACH}?${query({ FILENAME: 'a.mp3', FILE_CONTENT: 'QUJD' })}&CALL_ID=$result[reg][CALL_ID]`,
    });
    expect(errors).toEqual([]);
    expect(result).toMatchObject({ show: true, rec: { FILE_ID: 9001 } });
    expect([...portal.state.statistics.values()]).toMatchObject([
      { CALL_DURATION: '5', RECORD_FILE_ID: 9001 },
    ]);
    expect(portal.screens.userIds).toEqual([1, 2, 3]);
    expect(portal.audit()).toEqual([]);
  });

  it('finds them in lists, and in the middle of a text', async () => {
    const { portal, run } = setUp();
    const { result } = await run({
      who: `${SEARCH}?${query({ PHONE_NUMBER: KNOWN })}`,
      user: `${USERS}?FILTER[ID]=$result[who][0][ASSIGNED_BY_ID]`,
      call: `${REGISTER}?${query({ USER_ID: 1, PHONE_NUMBER: KNOWN, TYPE: 2 })}&EXTERNAL_CALL_ID=to-$result[who][0][ASSIGNED_BY_ID]`,
    });
    expect(result).toMatchObject({ user: [{ ID: '3', NAME: 'Clara' }] });
    expect(portal.state.calls.all).toMatchObject([{ externalId: 'to-3' }]);
  });

  it('is 200 even if every command failed', async () => {
    const { run } = setUp();
    expect(await run({ a: unknownUser, b: 'no.such.method' })).toMatchObject({
      status: 200,
      result: [],
      result_error: {
        a: { error: 'ERROR_CORE', error_description: 'User is not found or is not active' },
        b: { error: 'ERROR_METHOD_NOT_FOUND' },
      },
    });
  });

  it('with halt=0 goes on, and a reference to a failed command is passed on as literal text', async () => {
    const { portal, run } = setUp();
    const fin = `${FINISH}?CALL_ID=$result[reg][CALL_ID]&USER_ID=1`;
    const { result_error: errors } = await run({ reg: unknownUser, fin }, 0);
    expect(errors).toMatchObject({
      fin: { error_description: expect.stringMatching(/^Call is not found/) as string },
    });
    expect(portal.requestsTo(FINISH)).toMatchObject([{ params: { CALL_ID: '$result[reg][CALL_ID]' } }]);
  });

  it('with halt=1 stops at the first error', async () => {
    const { portal, run } = setUp();
    const { result, result_error: errors } = await run(
      { first: 'server.time', second: unknownUser, third: 'server.time' },
      1,
    );
    expect(Object.keys(result as object)).toEqual(['first']);
    expect(Object.keys(errors as object)).toEqual(['second']);
    expect(portal.requestsTo('server.time')).toHaveLength(1);
  });

  it('of a list answers with a list, as PHP does', async () => {
    const { run } = setUp();
    expect((await run(['server.time', 'server.time'])).result).toEqual([
      expect.any(String) as string,
      expect.any(String) as string,
    ]);
    expect((await run(['no.such.method', 'server.time'])).result).toEqual({
      1: expect.any(String) as string,
    });
  });

  it('has empty maps as []', async () => {
    const { run } = setUp();
    expect(await run({ a: 'no.such.method' })).toMatchObject({
      result: [],
      result_total: [],
      result_next: [],
      result_time: [],
    });
  });

  it('takes 50 commands; those beyond are ERROR_BATCH_LENGTH_EXCEEDED, one by one', async () => {
    const { portal, run } = setUp();
    const cmd = Object.fromEntries(
      Array.from({ length: BATCH_LIMIT + 2 }, (_, n) => [`c${n}`, 'server.time']),
    );
    const { result, result_error: errors, status } = await run(cmd);
    expect(status).toBe(200);
    expect(Object.keys(result as object)).toHaveLength(BATCH_LIMIT);
    expect(errors).toEqual({
      c50: { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' },
      c51: { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' },
    });
    expect(portal.requestsTo('server.time')).toHaveLength(BATCH_LIMIT);
  });

  it.each(['batch?cmd[a]=server.time', 'upload'])('refuses %s inside it', async (command) => {
    const { portal, run } = setUp();
    expect((await run({ a: command })).result_error).toEqual({
      a: {
        error: 'ERROR_BATCH_METHOD_NOT_ALLOWED',
        error_description: 'Method is not allowed for batch usage',
      },
    });
    expect(portal.requestsTo('server.time')).toEqual([]);
  });

  it('counts once against the rate limit', async () => {
    const { run } = setUp({ rateLimit: { threshold: 2, leakPerSecond: 1 } });
    const cmd = { a: 'server.time', b: 'server.time', c: 'server.time' };
    expect(Object.keys((await run(cmd)).result as object)).toHaveLength(3);
    expect((await run(cmd)).status).toBe(200);
    expect((await run(cmd)).status).toBe(503);
  });

  it('is free of operating time, but each command has the budget of its method', async () => {
    const { run } = setUp({ operating: { limitSeconds: 2, secondsPerCall: 1 } });
    const cmd = { a: 'server.time', b: 'server.time', c: 'server.time', d: 'profile' };
    const { result, result_error: errors } = await run(cmd);
    expect(Object.keys(result as object)).toEqual(['a', 'b', 'd']);
    expect(errors).toMatchObject({ c: { error: 'OPERATION_TIME_LIMIT' } });
    expect((await run({ a: 'profile' })).status).toBe(200);
    expect((await run({ a: 'app.info' })).status).toBe(200);
  });

  it('has the scopes of its token, command by command', async () => {
    const { ask, portal } = setUp();
    const token = portal.issueToken({ scopes: ['user_brief'] });
    const { body } = await ask('batch', { cmd: { a: registration, b: USERS } }, token);
    expect(body.result).toMatchObject({ result_error: { a: { error: 'insufficient_scope' } } });
  });

  it('through a webhook refuses what needs an application, command by command', async () => {
    const { portal } = setUp();
    const path = `/rest/1/${portal.access.issueWebhook()}/batch?${query({ 'cmd[a]': registration, 'cmd[b]': 'server.time' })}`;
    const { result } = JSON.parse((await portal.handle({ method: 'GET', path, headers: {} })).body) as {
      result: BatchResult;
    };
    expect(result).toMatchObject({
      result_error: { a: { error: 'WRONG_AUTH_TYPE' } },
      result: { b: expect.any(String) as string },
    });
  });

  it('needs double encoding where it travels as a query string', async () => {
    const { portal } = setUp();
    const path = `/rest/batch?${query({ auth: portal.accessToken, 'cmd[a]': `${SEARCH}?${query({ PHONE_NUMBER: KNOWN })}` })}`;
    const { body } = await portal.handle({ method: 'GET', path, headers: {} });
    expect(body).toContain('"CRM_ENTITY_ID":101');
  });

  it('is written down without the file it brings', async () => {
    const { portal, run } = setUp();
    await run({
      rec: `${ATTACH}?${query({ CALL_ID: 'x', FILENAME: 'a.mp3', FILE_CONTENT: 'QUJD'.repeat(100) })}`,
    });
    expect(portal.requests).toMatchObject([
      { params: { cmd: { rec: `${ATTACH}?CALL_ID=x&FILENAME=a.mp3&FILE_CONTENT=[400 characters]` } } },
      { params: { FILE_CONTENT: '[400 characters]' } },
    ]);
  });

  it('without commands is refused as a whole', async () => {
    const { ask } = setUp();
    expect(await ask('batch', {})).toMatchObject({ status: 400, body: { argument: 'cmd' } });
  });
});

describe('faults and batches', () => {
  it('strike the batch as a request', async () => {
    const { ask, portal } = setUp();
    portal.inject({ kind: 'execute-then-drop', method: 'batch' });
    await expect(ask('batch', { cmd: { reg: registration } })).rejects.toThrow();
    expect(portal.requestsTo(REGISTER)).toMatchObject([{ ok: true, delivered: false }]);
    expect(portal.audit()).toEqual([]);
  });

  it('strike a single command, if they can', async () => {
    const { portal, run } = setUp();
    portal.inject({ kind: 'server-error', method: REGISTER }, { kind: 'drop', method: 'server.time' });
    const { result, result_error: errors } = await run({ reg: registration, time: 'server.time' });
    expect(errors).toMatchObject({ reg: { error: 'INTERNAL_SERVER_ERROR' } });
    expect(result).toMatchObject({ time: expect.any(String) as string });
    expect(portal.state.calls.all).toEqual([]);
  });

  it('may have done the work of a command that they report as failed', async () => {
    const { portal, run } = setUp();
    portal.inject({ kind: 'execute-then-server-error', method: REGISTER });
    expect((await run({ reg: registration })).result_error).toMatchObject({ reg: {} });
    expect(portal.state.calls.all).toHaveLength(1);
    expect(portal.requestsTo(REGISTER)).toMatchObject([{ delivered: false }]);
  });
});
