import { parse } from 'qs';
import { PortalClient } from '../client';
import { commonRefusals } from '../contract';
import type { PortalError } from '../errors';
import type { PortalExchange } from '../portal-exchange';
import { Secret } from '../secret';
import { failureOf } from '../testing/failure-of';
import { ScriptedServer } from '../testing/scripted-server';
import { batchable } from './batch-types';
import { commandError } from './command-error';
import { commandExchange } from './command-exchange';
import { batchRefusal } from './plan-batch';
import { resultOf } from './result-reference';

const TOKEN = 'very-secret-token';
const NOW = 1_773_130_779_000;
const REGISTER = 'telephony.externalCall.register';
const FINISH = 'telephony.externalCall.finish';
const SHOW = 'telephony.externalCall.show';
const ATTACH = 'telephony.externalCall.attachRecord';
const CALL_ID = 'externalCall.0123456789abcdef0123456789abcdef.1773130779';

let server: ScriptedServer;
let exchanges: PortalExchange[];

beforeEach(async () => {
  server = await new ScriptedServer().start();
  exchanges = [];
});
afterEach(() => server.stop());

const client = (timeoutMs = 2_000) =>
  new PortalClient({ userAgent: 'c/1', timeoutMs, now: () => NOW, onExchange: (one) => exchanges.push(one) });
const portal = () => ({ endpoint: `${server.origin}/rest/`, accessToken: new Secret(TOKEN) });

/** A missed call, filed in one request. */
const missed = {
  register: { method: REGISTER, params: { USER_ID: 1, PHONE_NUMBER: '+15550100', TYPE: 2, SHOW: 0 } },
  finish: {
    method: FINISH,
    params: { CALL_ID: resultOf('register', 'CALL_ID'), USER_ID: 1, DURATION: 0, STATUS_CODE: '304' },
  },
} as const;

/** The answer of a batch, empty maps as PHP has them. */
const answers = (parts: {
  result?: object;
  result_error?: object;
  result_time?: object;
  [more: string]: unknown;
}) => ({
  result: { result: [], result_error: [], result_total: [], result_next: [], result_time: [], ...parts },
});
const file = (options = {}) => client().batch(portal(), missed, options);

/** The commands that arrived, as PHP reads them. */
function sent(): { halt: unknown; auth: unknown; commands: Record<string, unknown> } {
  const { halt, auth, cmd } = JSON.parse(server.bodies[0]!) as { halt: boolean; auth: string; cmd: object };
  const commands = Object.entries(cmd).map(([key, command]) => {
    const [method = '', query = ''] = String(command).split('?');
    return [key, { [method]: parse(query) }];
  });
  return { halt, auth, commands: Object.fromEntries(commands) as Record<string, unknown> };
}

describe('a batch', () => {
  it('is one POST with its commands in their order', async () => {
    server.answer(200, answers({ result: { register: { CALL_ID }, finish: { CALL_ID } } }));
    await file({ halt: true });
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /rest/batch']);
    expect(Object.keys(sent().commands)).toEqual(['register', 'finish']);
    expect(sent()).toEqual({
      halt: true,
      auth: TOKEN,
      commands: {
        register: { [REGISTER]: { USER_ID: '1', PHONE_NUMBER: '+15550100', TYPE: '2', SHOW: '0' } },
        finish: {
          [FINISH]: {
            CALL_ID: '$result[register][CALL_ID]',
            USER_ID: '1',
            DURATION: '0',
            STATUS_CODE: '304',
          },
        },
      },
    });
  });

  it('writes lists, filters and flags as PHP reads them', async () => {
    server.answer(200, answers({ result: { cards: true, people: [] } }));
    await client().batch(portal(), {
      cards: { method: SHOW, params: { CALL_ID, USER_ID: [5, 7] } },
      people: {
        method: 'user.get',
        params: {
          FILTER: { ACTIVE: true, '!UF_PHONE_INNER': '', '%NAME': 'a&b=c+d ж', ID: null },
          select: ['ID'],
        },
      },
    });
    expect(sent().commands).toEqual({
      cards: { [SHOW]: { CALL_ID, USER_ID: ['5', '7'] } },
      people: {
        'user.get': { FILTER: { ACTIVE: '1', '!UF_PHONE_INNER': '', '%NAME': 'a&b=c+d ж' }, select: ['ID'] },
      },
    });
  });

  it('gives each command its typed answer', async () => {
    server.answer(
      200,
      answers({
        result: { people: [{ ID: '5', UF_PHONE_INNER: '1005' }], time: '2026-03-07T10:20:30+03:00' },
        result_total: { people: 51 },
        result_next: { people: '50' },
        result_time: { people: { operating: '0.5' } },
      }),
    );
    const { outcomes } = await client().batch(portal(), {
      people: { method: 'user.get', params: {} },
      time: { method: 'server.time', params: {} },
    });
    expect(JSON.parse(server.bodies[0]!)).toMatchObject({ cmd: { people: 'user.get', time: 'server.time' } });
    if (!outcomes.people.ok || !outcomes.time.ok) throw new Error('both should have worked');
    const extension: string | null | undefined = outcomes.people.answer.result[0]?.UF_PHONE_INNER;
    expect(extension).toBe('1005');
    expect(outcomes.people.answer).toMatchObject({ total: 51, next: 50, time: { operating: 0.5 } });
    expect(outcomes.time.answer).toEqual({ result: '2026-03-07T10:20:30+03:00' });
  });

  it('reads answers and errors that are lists, as PHP makes them', async () => {
    server.answer(200, { result: { result: [], result_error: [] } });
    const { outcomes } = await client().batch(portal(), { time: { method: 'server.time', params: {} } });
    expect(outcomes.time).toMatchObject({
      ok: false,
      error: { kind: 'unreadable-answer', verdict: 'retry' },
    });
  });

  it('is one line in the ledger, command by command and without the token', async () => {
    server.answer(200, answers({ result: { register: { CALL_ID }, finish: { CALL_ID } } }));
    await file();
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]).toMatchObject({
      method: 'batch',
      params: {
        halt: false,
        commands: {
          register: { method: REGISTER, params: missed.register.params },
          finish: { method: FINISH, params: { CALL_ID: '$result[register][CALL_ID]' } },
        },
      },
    });
    expect(JSON.stringify(exchanges)).not.toContain(TOKEN);
  });

  it('follows a renamed portal', async () => {
    const renamed = await new ScriptedServer().start();
    server.answer(302, '', { location: `${renamed.origin}/rest/batch` });
    renamed.answer(200, answers({ result: { time: 'now' } }));
    const following = new PortalClient({
      userAgent: 'c/1',
      timeoutMs: 2_000,
      checkAddress: () => Promise.resolve(undefined),
    });
    const answer = await following.batch(portal(), { time: { method: 'server.time', params: {} } });
    expect(answer).toMatchObject({ outcomes: { time: { ok: true } }, movedTo: `${renamed.origin}/rest/` });
    await renamed.stop();
  });
});

describe('a command that was refused', () => {
  const refusing = (key: string, error: string, error_description = '', result_time = {}) =>
    server.answer(200, answers({ result_error: { [key]: { error, error_description } }, result_time }));

  it('has its own verdict, and the words of the portal', async () => {
    refusing('register', 'ERROR_CORE', `User is not found or is not active ${TOKEN}`);
    const { outcomes } = await file();
    expect(outcomes.register).toMatchObject({
      ok: false,
      error: {
        method: REGISTER,
        kind: 'user-not-found',
        verdict: 'give-up',
        code: 'ERROR_CORE',
        description: 'User is not found or is not active [secret]',
      },
    });
  });

  it.each([
    ['expired_token', 'refresh-token'],
    ['QUERY_LIMIT_EXCEEDED', 'retry'],
    ['INTERNAL_SERVER_ERROR', 'unknown-outcome'],
    ['insufficient_scope', 'ask-a-person'],
    ['ERROR_BATCH_LENGTH_EXCEEDED', 'give-up'],
    ['ERROR_BATCH_METHOD_NOT_ALLOWED', 'give-up'],
    ['', 'give-up'],
  ])('with %p: %s', async (code, verdict) => {
    refusing('register', code);
    expect((await file()).outcomes.register).toMatchObject({ ok: false, error: { verdict, code } });
  });

  it('for its operating time waits until the moment in its time block', async () => {
    const { code, description } = commonRefusals.OPERATION_TIME_LIMIT;
    refusing('register', code, description, { register: { operating_reset_at: 1_773_131_000 } });
    expect((await file()).outcomes.register).toMatchObject({
      error: { kind: 'operation-limit', verdict: 'wait-until', until: 1_773_131_000_000 },
    });
  });

  it('in no form at all is given up', async () => {
    server.answer(200, answers({ result_error: { register: 'no' } }));
    expect((await file()).outcomes.register).toMatchObject({
      error: { kind: 'refused', verdict: 'give-up' },
    });
  });

  it('leaves the others their answers', async () => {
    server.answer(
      200,
      answers({ result: { b: true }, result_error: { a: { error: 'ERROR_CORE', error_description: 'x' } } }),
    );
    const { outcomes } = await client().batch(portal(), {
      a: { method: SHOW, params: { CALL_ID: 'a' } },
      b: { method: SHOW, params: { CALL_ID: 'b' } },
    });
    expect(outcomes).toMatchObject({ a: { ok: false }, b: { ok: true, answer: { result: true } } });
  });

  it('with halt is the last one: those after it were not executed', async () => {
    refusing('a', 'ERROR_CORE', 'User is not found or is not active');
    const commands = {
      a: { method: SHOW, params: { CALL_ID: 'a' } },
      b: { method: FINISH, params: { CALL_ID: 'b', USER_ID: 1 } },
    } as const;
    const { outcomes } = await client().batch(portal(), commands, { halt: true });
    expect(outcomes.b).toMatchObject({
      ok: false,
      error: { kind: 'not-executed', verdict: 'retry', method: FINISH },
    });
  });
});

describe('a command that needs the result of another', () => {
  const chain = {
    ...missed,
    attach: { method: ATTACH, params: { CALL_ID: resultOf('finish', 'CALL_ID'), FILENAME: 'a.mp3' } },
    other: { method: SHOW, params: { CALL_ID: 'other' } },
  } as const;

  it('was not executed if that one failed, whatever it answered, and so on down the chain', async () => {
    server.answer(
      200,
      answers({
        result: { attach: { FILE_ID: 1 }, other: true },
        result_error: {
          register: { error: 'ERROR_CORE', error_description: 'Unsupported phone number format' },
          finish: {
            error: 'ERROR_CORE',
            error_description: 'Call is not found (call should be registered...)',
          },
        },
      }),
    );
    const { outcomes } = await client().batch(portal(), chain);
    expect(outcomes).toMatchObject({
      register: { error: { kind: 'bad-phone-number' } },
      finish: { error: { kind: 'not-executed', description: 'it needs the result of register' } },
      attach: { ok: false, error: { kind: 'not-executed', description: 'it needs the result of finish' } },
      other: { ok: true },
    });
  });

  it('was executed if only we could not read that result', async () => {
    server.answer(200, answers({ result: { register: {}, finish: { CALL_ID } } }));
    const { outcomes } = await file();
    expect(outcomes.register).toMatchObject({
      error: { kind: 'unreadable-answer', verdict: 'unknown-outcome' },
    });
    expect(outcomes.finish).toMatchObject({ ok: true });
  });

  it('and of which the answer says nothing has an unknown outcome', async () => {
    server.answer(200, answers({ result: { register: { CALL_ID } } }));
    expect((await file()).outcomes.finish).toMatchObject({
      error: { kind: 'unreadable-answer', verdict: 'unknown-outcome' },
    });
  });
});

describe('a batch that failed as a whole', () => {
  const cards = { a: { method: SHOW, params: { CALL_ID: 'a' } } } as const;

  it.each([
    [401, { error: 'expired_token' }, 'refresh-token'],
    [503, { error: 'QUERY_LIMIT_EXCEEDED' }, 'retry'],
    [302, '', 'ask-a-person'],
  ])('with HTTP %d has one verdict', async (status, body, verdict) => {
    server.answer(status, body);
    expect(await failureOf(file())).toMatchObject({ method: 'batch', verdict });
  });

  it.each([
    ['HTTP 500', () => server.answer(500, '')],
    ['half an answer', () => server.answer(200, '{"result":{"result":')],
    ['no answer', () => void (server.script = (request) => request.socket.destroy())],
    ['silence', () => void (server.script = () => undefined)],
  ])('with %s may have run: what the riskiest command says', async (_what, arrange) => {
    arrange();
    expect((await failureOf(client(200).batch(portal(), missed))).verdict).toBe('unknown-outcome');
    expect((await failureOf(client(200).batch(portal(), cards))).verdict).toBe('retry');
  });
});

describe('a batch that is not sent', () => {
  const show = (params: object) =>
    ({ method: SHOW, params }) as { method: typeof SHOW; params: { CALL_ID: string } };
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`c${index}`, show({ CALL_ID })]));

  it.each([
    ['nothing to do', {}, '1 to 50 commands, not 0'],
    ['51 commands', many, '1 to 50 commands, not 51'],
    ['a key that is a number', { 5: show({ CALL_ID }) }, '5: a key is a word'],
    ['a key that breaks out', { 'a][b': show({ CALL_ID }) }, 'a][b: a key is a word'],
    ['parameters against the contract', { a: show({}) }, 'a: CALL_ID'],
    ['a reference to nothing', { a: show({ CALL_ID: resultOf('b', 'CALL_ID') }) }, 'no command b before it'],
    [
      'a reference to what comes later',
      { a: show({ CALL_ID: resultOf('b', 'CALL_ID') }), b: show({ CALL_ID }) },
      'no command b before it',
    ],
    ['a reference to itself', { a: show({ CALL_ID: resultOf('a', 'CALL_ID') }) }, 'no command a before it'],
    [
      'a text that would be a reference',
      { a: show({ CALL_ID: 'x$result[a][b]' }) },
      'looks like a reference',
    ],
    [
      'a file',
      { a: { method: ATTACH, params: { CALL_ID, FILENAME: 'a.mp3', FILE_CONTENT: 'QUJD' } } as never },
      'a file is not sent in a batch',
    ],
    ['a batch', { a: { method: 'batch', params: { cmd: {} } } as never }, 'batch is no command of a batch'],
  ])('%s', async (_what, commands: Record<string, ReturnType<typeof show>>, description) => {
    const error = await failureOf(client().batch(portal(), commands));
    expect(error).toMatchObject({ method: 'batch', kind: 'invalid-params', verdict: 'give-up' });
    expect(error.description).toContain(description);
    expect(server.requests).toHaveLength(0);
  });
});

describe('what may be in a batch', () => {
  it('is every method but batch, and no upload', () => {
    expect([REGISTER, ATTACH, 'profile'].map((name) => batchable(name as typeof REGISTER))).toEqual([
      true,
      true,
      true,
    ]);
    expect([batchable('batch'), batchable('upload'), batchable('oauth.token')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('a reference', () => {
  it('is what the portal replaces', () => {
    expect(resultOf('register', 'CALL_ID').toString()).toBe('$result[register][CALL_ID]');
    expect(resultOf('found', 0, 'ID').toString()).toBe('$result[found][0][ID]');
  });

  it.each([[['a']], [['', 'ID']], [['a', 'b]']], [['a', '']]])('is none with %j', ([key = '', ...path]) =>
    expect(() => resultOf(key, ...path)).toThrow(TypeError),
  );
});

describe('a batch that failed as a whole', () => {
  const failed = () => failureOf(file());

  it('is in doubt for what does harm twice, and is repeated for the rest', async () => {
    server.answer(502, '<html>Bad gateway</html>');
    const error = await failed();
    expect(
      [REGISTER, FINISH, SHOW, ATTACH].map((method) => commandError(error, method as never).verdict),
    ).toEqual(['unknown-outcome', 'unknown-outcome', 'retry', 'retry']);
    expect(commandError(error, SHOW)).toMatchObject({ kind: 'server-error', httpStatus: 502, method: SHOW });
  });

  it('before anything was done is so for every command', async () => {
    const { httpStatus, code, description } = commonRefusals.QUERY_LIMIT_EXCEEDED;
    server.answer(httpStatus, { error: code, error_description: description });
    const error = await failed();
    expect(commandError(error, FINISH)).toMatchObject({ kind: 'rate-limited', verdict: 'retry', code });
  });
});

describe('the ledger', () => {
  const show = (key: string, error?: PortalError) =>
    commandExchange(exchanges[0]!, { key, method: FINISH, params: { CALL_ID }, error });

  it('has each command as a request of its own, with its part of the answer', async () => {
    const refusal = { error: 'ERROR_CORE', error_description: 'Call is not found' };
    server.answer(
      200,
      answers({ result: { register: { CALL_ID } }, result_error: { finish: refusal }, result_time: {} }),
    );
    const { outcomes } = await file();
    expect(show('register')).toMatchObject({
      params: { CALL_ID },
      answer: { result: { CALL_ID } },
      httpStatus: 200,
    });
    const error = outcomes.finish.ok ? undefined : outcomes.finish.error;
    expect(show('finish', error)).toMatchObject({
      method: FINISH,
      answer: refusal,
      error: { kind: 'call-not-found', verdict: 'give-up' },
    });
    expect(show('nothing').answer).toBeUndefined();
  });

  it('has the answer of the whole with each command when the whole was refused', async () => {
    server.answer(503, { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' });
    const error = await failureOf(file());
    expect(show('finish', commandError(error, FINISH))).toMatchObject({
      answer: { error: 'QUERY_LIMIT_EXCEEDED' },
      error: { kind: 'rate-limited' },
    });
  });
});

describe('a command', () => {
  it.each([
    [{ method: FINISH, params: { CALL_ID, USER_ID: 1 } }, undefined],
    [{ method: FINISH, params: { CALL_ID, USER_ID: 1, FAILED_REASON: 'said $result[a][b]' } }, /reference/],
    [{ method: ATTACH, params: { CALL_ID, FILENAME: 'a.wav', FILE_CONTENT: 'UklGRg==' } }, /a file/],
    [{ method: REGISTER, params: { TYPE: 9 } }, /TYPE/],
  ] as const)('%j: may it be part of a batch?', (command, expected) => {
    const refusal = batchRefusal(command);
    if (expected) expect(refusal?.message).toMatch(expected);
    else expect(refusal).toBeUndefined();
  });
});
