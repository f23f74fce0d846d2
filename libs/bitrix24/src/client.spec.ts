import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { inspect } from 'node:util';
import { PortalClient } from './client';
import type { PortalExchange } from './portal-exchange';
import { Secret } from './secret';
import { failureOf } from './testing/failure-of';
import { ScriptedServer } from './testing/scripted-server';

const TOKEN = 'very-secret-token';
const CALL_ID = 'externalCall.0123456789abcdef0123456789abcdef.1773130779';
const FINISH = 'telephony.externalCall.finish';
const finishParams = { CALL_ID, USER_ID: 1, DURATION: 5, STATUS_CODE: '200' } as const;

let server: ScriptedServer;
let exchanges: PortalExchange[];

beforeEach(async () => {
  server = await new ScriptedServer().start();
  exchanges = [];
});
afterEach(() => server.stop());

const client = (timeoutMs = 5_000) =>
  new PortalClient({
    userAgent: 'connector/1.0',
    timeoutMs,
    onExchange: (exchange) => exchanges.push(exchange),
  });
const portal = (endpoint = `${server.origin}/rest/`) => ({ endpoint, accessToken: new Secret(TOKEN) });
const finish = (address = portal(), timeoutMs?: number) =>
  client(timeoutMs).call(address, FINISH, finishParams);
const show = (address = portal(), timeoutMs?: number) =>
  client(timeoutMs).call(address, 'telephony.externalCall.show', { CALL_ID, USER_ID: [1, 2] });

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}

describe('a request', () => {
  it('is one JSON POST with the token in its body and a name in its head', async () => {
    server.answer(200, { result: true, time: { operating: '0.5' } });
    await expect(show()).resolves.toMatchObject({ result: true, time: { operating: 0.5 } });
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /rest/telephony.externalCall.show',
    ]);
    expect(server.requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'connector/1.0',
    });
    expect(JSON.parse(server.bodies[0]!)).toEqual({ CALL_ID, USER_ID: [1, 2], auth: TOKEN });
  });

  it('finds its way below an endpoint without a closing slash', async () => {
    server.answer(200, { result: true });
    await show(portal(`${server.origin}/rest`));
    expect(server.requests[0]?.url).toBe('/rest/telephony.externalCall.show');
  });

  it('is not sent if its parameters break the contract', async () => {
    const wrong = { ...finishParams, DURATION: -1 };
    const error = await failureOf(client().call(portal(), FINISH, wrong));
    expect(error).toMatchObject({ kind: 'invalid-params', verdict: 'give-up' });
    expect(error.description).toContain('DURATION');
    expect(server.requests).toHaveLength(0);
  });

  it('is not sent to an endpoint that is no address', async () => {
    expect(await failureOf(finish(portal('company')))).toMatchObject({
      kind: 'bad-address',
      verdict: 'ask-a-person',
    });
  });
});

describe('an answer', () => {
  it('of a list has its total and the offset of the next page', async () => {
    server.answer(200, { result: [{ ID: '1' }], total: 51, next: 50 });
    await expect(client().call(portal(), 'user.get', {})).resolves.toMatchObject({ total: 51, next: 50 });
  });

  it('to register tells of a lead that could not be made: the call is registered all the same', async () => {
    const result = { CALL_ID, CRM_CREATED_LEAD: null, LEAD_CREATION_ERROR: 'No rights to create a lead' };
    server.answer(200, { result });
    const params = { USER_ID: 1, PHONE_NUMBER: '+15550100', TYPE: 2, CRM_CREATE: 1 } as const;
    const answer = await client().call(portal(), 'telephony.externalCall.register', params);
    const problem: string | null = answer.result.LEAD_CREATION_ERROR;
    expect(problem).toBe('No rights to create a lead');
    expect(answer.result).toMatchObject({ CALL_ID, CRM_CREATED_LEAD: null });
  });

  it('with an error key is a refusal, even with HTTP 200', async () => {
    server.answer(200, { error: 'ERROR_CORE', error_description: 'User is not found or is not active' });
    expect(await failureOf(finish())).toMatchObject({ kind: 'user-not-found', httpStatus: 200 });
  });

  it('keeps the words of the portal', async () => {
    server.answer(400, { error: '', error_description: 'Call is not found (call should be registered ...)' });
    const error = await failureOf(finish());
    expect(error).toMatchObject({ kind: 'call-not-found', verdict: 'give-up', code: '', method: FINISH });
    expect(error.message).toBe(
      `${FINISH}: call-not-found (HTTP 400): Call is not found (call should be registered ...)`,
    );
  });

  it.each([
    ['cut JSON', '{"result":{"CALL_ID":'],
    ['HTML', '<html><body>Service page</body></html>'],
    ['nothing', ''],
    ['JSON without a result', '{}'],
    ['a result that breaks the contract', '{"result":{"CALL_ID":""}}'],
  ])('that is %s leaves the outcome unknown', async (_what, body) => {
    server.answer(200, body);
    const error = { kind: 'unreadable-answer', httpStatus: 200 };
    expect(await failureOf(finish())).toMatchObject({ ...error, verdict: 'unknown-outcome' });
    expect(await failureOf(show())).toMatchObject({ ...error, verdict: 'retry' });
  });

  it('is never followed elsewhere', async () => {
    const target = 'https://renamed.example/rest/telephony.externalCall.finish?auth=secret';
    server.answer(302, '', { location: target });
    const error = await failureOf(finish());
    expect(error).toMatchObject({ kind: 'redirected', verdict: 'ask-a-person', httpStatus: 302 });
    expect(error.description).toBe('moved to https://renamed.example/rest/telephony.externalCall.finish');
    expect(server.requests).toHaveLength(1);
  });
});

describe('each verdict over the wire', () => {
  it.each([
    [503, { error: 'QUERY_LIMIT_EXCEEDED' }, 'retry'],
    [401, { error: 'expired_token' }, 'refresh-token'],
    [400, { error: 'ERROR_CORE', error_description: 'Unknown TYPE' }, 'give-up'],
    [503, { error: 'OVERLOAD_LIMIT' }, 'ask-a-person'],
    [500, { error: 'INTERNAL_SERVER_ERROR' }, 'unknown-outcome'],
    [502, '<html>Bad gateway</html>', 'unknown-outcome'],
  ])('HTTP %d %j: %s', async (status, body, verdict) => {
    server.answer(status, body);
    expect((await failureOf(finish())).verdict).toBe(verdict);
  });

  it('HTTP 429: wait-until the given moment', async () => {
    server.answer(429, { error: 'OPERATION_TIME_LIMIT', time: { operating_reset_at: 1_773_131_000 } });
    expect(await failureOf(finish())).toMatchObject({ verdict: 'wait-until', until: 1_773_131_000_000 });
  });
});

describe('a request without an answer', () => {
  it('that reached nobody is retried, whatever it was', async () => {
    const error = await failureOf(finish(portal(`http://127.0.0.1:${await deadPort()}/rest/`)));
    expect(error).toMatchObject({ kind: 'not-connected', verdict: 'retry', code: 'ECONNREFUSED' });
    expect(error.httpStatus).toBeUndefined();
  });

  it('to a name that does not exist is retried', async () => {
    const error = await failureOf(finish(portal('http://portal.invalid/rest/')));
    expect(error).toMatchObject({ kind: 'not-connected', verdict: 'retry' });
  });

  it('that timed out has an unknown outcome, unless it is harmless', async () => {
    server.script = () => undefined;
    expect(await failureOf(finish(portal(), 50))).toMatchObject({
      kind: 'timeout',
      verdict: 'unknown-outcome',
    });
    expect(await failureOf(show(portal(), 50))).toMatchObject({ kind: 'timeout', verdict: 'retry' });
  });

  it('that stopped in the middle of its body has timed out, too', async () => {
    server.script = (_request, response) => void response.writeHead(200).write('{"result":');
    expect((await failureOf(finish(portal(), 50))).kind).toBe('timeout');
  });

  it('whose connection was reset has an unknown outcome', async () => {
    server.script = (request) => request.socket.resetAndDestroy();
    expect(await failureOf(finish())).toMatchObject({ kind: 'connection-lost', verdict: 'unknown-outcome' });
    expect(await failureOf(show())).toMatchObject({ kind: 'connection-lost', verdict: 'retry' });
  });

  it('whose body was cut off has an unknown outcome', async () => {
    server.script = (request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"result"');
      setImmediate(() => request.socket.destroy());
    };
    expect(await failureOf(finish())).toMatchObject({ kind: 'connection-lost', verdict: 'unknown-outcome' });
  });

  it('is sent once only: who retries is not this library', async () => {
    server.script = (request) => request.socket.destroy();
    await failureOf(show());
    expect(server.requests).toHaveLength(1);
  });
});

describe('the token', () => {
  const quoting = { error: 'ERROR_CORE', error_description: `Bad token ${TOKEN} in ?auth=${TOKEN}` };

  it.each([
    ['a refusal that quotes it', () => server.answer(400, quoting)],
    ['a page that quotes it', () => server.answer(500, `<html>${'x'.repeat(290)}${TOKEN}</html>`)],
    ['a reset', () => void (server.script = (request) => request.socket.resetAndDestroy())],
    ['a time-out', () => void (server.script = () => undefined)],
    ['a redirect', () => server.answer(302, '', { location: `/rest/x?auth=${TOKEN}` })],
  ])('does not show after %s', async (_what, arrange) => {
    arrange();
    const error = await failureOf(finish(portal(), 300));
    const shown = [
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
      error.stack,
      String(error),
    ];
    expect(shown.join()).not.toContain(TOKEN.slice(0, 8));
    expect(JSON.stringify(exchanges)).not.toContain(TOKEN.slice(0, 8));
  });

  it('does not show in the address or in its holder', () => {
    expect(inspect(portal(), { depth: 9, showHidden: true })).not.toContain(TOKEN);
    expect(JSON.stringify(portal())).not.toContain(TOKEN);
  });
});

describe('the ledger', () => {
  it('gets what was asked and what was answered', async () => {
    server.answer(200, { result: true });
    await show();
    expect(exchanges).toEqual([
      {
        portal: new URL(server.origin).host,
        method: 'telephony.externalCall.show',
        params: { CALL_ID, USER_ID: [1, 2] },
        httpStatus: 200,
        answer: { result: true },
        startedAt: expect.any(Number) as number,
        durationMs: expect.any(Number) as number,
      },
    ]);
  });

  it('gets the refusal and the verdict', async () => {
    server.answer(503, { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' });
    await failureOf(finish());
    expect(exchanges[0]).toMatchObject({
      httpStatus: 503,
      error: { kind: 'rate-limited', verdict: 'retry', code: 'QUERY_LIMIT_EXCEEDED' },
    });
  });

  it('gets what brought no answer', async () => {
    server.script = (request) => request.socket.destroy();
    await failureOf(finish());
    expect(exchanges[0]).toMatchObject({ error: { kind: 'connection-lost' } });
    expect(exchanges[0]).not.toHaveProperty('httpStatus');
  });

  it('gets the size of a file instead of the file', async () => {
    server.answer(200, { result: { FILE_ID: 1 } });
    const params = { CALL_ID, FILENAME: 'a.wav', FILE_CONTENT: 'QUJD' };
    await client().call(portal(), 'telephony.externalCall.attachRecord', params);
    expect(exchanges[0]?.params).toEqual({ CALL_ID, FILENAME: 'a.wav', FILE_CONTENT: '[3 bytes]' });
  });

  it('gets no token of an upload address, while the caller does', async () => {
    const uploadUrl = `${server.origin}/rest/upload.json?auth=${TOKEN}&token=telephony|t0k`;
    server.answer(200, { result: { uploadUrl, fieldName: 'file' } });
    const params = { CALL_ID, FILENAME: 'a.wav' };
    const { result } = await client().call(portal(), 'telephony.externalCall.attachRecord', params);
    expect(result.uploadUrl).toBe(uploadUrl);
    expect(JSON.stringify(exchanges)).not.toMatch(/very-secret|t0k/);
  });

  it('breaks nothing when it is broken itself', async () => {
    server.answer(200, { result: true });
    const withBrokenLedger = new PortalClient({
      userAgent: 'connector/1.0',
      timeoutMs: 1_000,
      onExchange: () => {
        throw new Error('disk full');
      },
    });
    const params = { CALL_ID, USER_ID: 1 };
    await expect(
      withBrokenLedger.call(portal(), 'telephony.externalCall.show', params),
    ).resolves.toMatchObject({
      result: true,
    });
  });
});
