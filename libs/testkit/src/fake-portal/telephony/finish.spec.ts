import { contract } from '@app/bitrix24/contract';
import {
  FINISH,
  KNOWN,
  REGISTER,
  SHOW,
  STATISTICS,
  STRANGER,
  filed,
  portalUnderTest,
  registered,
} from '../testing/ask';

describe('finish requires', () => {
  it('a CALL_ID that is a string', async () => {
    const { ask } = portalUnderTest();
    expect(await ask(FINISH, { CALL_ID: 5, USER_ID: 1 })).toEqual({
      status: 400,
      body: { error: 'INVALID_ARGUMENT', error_description: 'CALL_ID must be a string' },
    });
  });

  it.each([
    ['USER_ID or USER_PHONE_INNER should be set', {}],
    ['User is not found or is not active', { USER_ID: 99 }],
    ['User is not found or is not active', { USER_PHONE_INNER: '1017' }],
  ])('a user: %s', async (text, user) => {
    const { ask } = portalUnderTest();
    const CALL_ID = await registered(ask);
    expect((await ask(FINISH, { CALL_ID, ...user })).body).toEqual({
      error: 'ERROR_CORE',
      error_description: text,
    });
  });

  it('a registered call', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(FINISH, { CALL_ID: 'externalCall.0.0', USER_ID: 1 })).body).toEqual({
      error: 'ERROR_CORE',
      error_description: 'Call is not found (call should be registered prior to finishing)',
    });
  });

  it('an unfinished call: the second time it is not found, and nothing changes', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(FINISH, { CALL_ID, USER_ID: 1, DURATION: 5 });
    const second = await ask(FINISH, { CALL_ID, USER_ID: 2, DURATION: 9 });
    expect(second).toMatchObject({
      status: 400,
      body: { error_description: expect.stringMatching(/^Call is not found/) as string },
    });
    expect([...portal.state.statistics.values()]).toMatchObject([
      { CALL_DURATION: '5', PORTAL_USER_ID: '1' },
    ]);
  });

  it('a status code that exists', async () => {
    const { ask } = portalUnderTest();
    const CALL_ID = await registered(ask);
    expect(await ask(FINISH, { CALL_ID, USER_ID: 1, STATUS_CODE: '999' })).toMatchObject({
      status: 400,
      body: { error: 'ERROR_ARGUMENT', argument: 'STATUS_CODE' },
    });
  });

  it('nothing else: a refused finish leaves the call open', async () => {
    const { ask } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(FINISH, { CALL_ID, USER_ID: 99 });
    expect((await ask(FINISH, { CALL_ID, USER_ID: 1 })).status).toBe(200);
  });
});

describe('finish answers', () => {
  it.each([
    ['200 after a talk', { DURATION: 5 }, '200', 1],
    ['304 without a talk', { DURATION: 0 }, '304', 0],
    ['304 without a duration', {}, '304', 0],
    ['what was sent', { DURATION: 5, STATUS_CODE: '603-S' }, '603-S', 0],
    ['success for 200 only', { DURATION: 0, STATUS_CODE: '200' }, '200', 1],
  ])('with the status %s', async (_what, params, code, status) => {
    const { ask } = portalUnderTest();
    const CALL_ID = await registered(ask);
    const { body } = await ask(FINISH, { CALL_ID, USER_ID: 1, ...params });
    expect(body.result).toMatchObject({ CALL_FAILED_CODE: code, CALL_STATUS: status });
  });

  it('with the artefacts of the documented sample', async () => {
    const { ask } = portalUnderTest();
    const CALL_ID = await registered(ask, { PHONE_NUMBER: KNOWN });
    const { result } = (await ask(FINISH, { CALL_ID, USER_ID: 3, DURATION: 95, VOTE: 5 })).body;
    expect(result).toEqual({
      CALL_ID,
      EXTERNAL_CALL_ID: null,
      PORTAL_USER_ID: 3,
      PHONE_NUMBER: '442079460101',
      PORTAL_NUMBER: 'REST_APP:',
      INCOMING: '2',
      CALL_DURATION: 95,
      CALL_START_DATE: {},
      CALL_STATUS: 1,
      CALL_VOTE: 5,
      COST: 0,
      COST_CURRENCY: '',
      CALL_FAILED_CODE: '200',
      CALL_FAILED_REASON: '',
      REST_APP_ID: '3',
      REST_APP_NAME: 'connector',
      CRM_ACTIVITY_ID: 7001,
      COMMENT: null,
      CRM_ENTITY_TYPE: 'CONTACT',
      CRM_ENTITY_ID: 101,
      ID: 1,
    });
    expect(contract[FINISH].result.safeParse(result).error).toBeUndefined();
  });
});

describe('finish', () => {
  it('closes every card of the call, and no other', async () => {
    const { ask, clock, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    const other = await registered(ask, { PHONE_NUMBER: '+12025550102' });
    await ask(SHOW, { CALL_ID, USER_ID: [2, 3] });
    clock.advance(1_000);
    await ask(FINISH, { CALL_ID, USER_ID: 2 });
    expect(portal.screens.viewers(CALL_ID)).toEqual([]);
    expect(portal.screens.of(3)).toMatchObject([{ hiddenAt: clock.now(), hiddenBy: 'finish' }]);
    expect(portal.screens.viewers(other)).toEqual([1]);
  });

  it('stores a statistics row with the true start', async () => {
    const { ask } = portalUnderTest();
    const start = {
      CALL_START_DATE: '2026-03-06T23:59:59+03:00',
      EXTERNAL_CALL_ID: 'a',
      LINE_NUMBER: 'line-1',
    };
    const CALL_ID = await registered(ask, start);
    await ask(FINISH, { CALL_ID, USER_ID: 1, FAILED_REASON: 'nobody answered' });
    const { result } = (await ask(STATISTICS, { FILTER: { CALL_ID } })).body;
    expect(result).toMatchObject([
      {
        CALL_ID,
        EXTERNAL_CALL_ID: 'a',
        PORTAL_NUMBER: 'line-1',
        CALL_START_DATE: '2026-03-06T20:59:59+00:00',
        CALL_FAILED_CODE: '304',
        CALL_FAILED_REASON: 'nobody answered',
      },
    ]);
  });

  it('creates the CRM activity, which did not exist before', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask, { PHONE_NUMBER: KNOWN });
    expect(portal.state.activities.size).toBe(0);
    await ask(FINISH, { CALL_ID, USER_ID: 3, DURATION: 5 });
    expect([...portal.state.activities.values()]).toMatchObject([
      {
        callId: CALL_ID,
        ownerType: 'CONTACT',
        ownerId: 101,
        responsibleId: 3,
        direction: 'in',
        completed: true,
      },
    ]);
  });

  it('makes its user responsible for what the call created, and for nothing else', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask, { CRM_CREATE: 1 });
    await ask(FINISH, { CALL_ID, USER_ID: 8, DURATION: 5 });
    expect(portal.company.crm.at(-1)).toMatchObject({ type: 'LEAD', assignedById: 8 });
    const known = await registered(ask, { PHONE_NUMBER: KNOWN });
    await ask(FINISH, { CALL_ID: known, USER_ID: 8, DURATION: 5 });
    expect(portal.company.crm.find(({ id }) => id === 101)?.assignedById).toBe(3);
  });

  it('writes into the chat of its user, unless ADD_TO_CHAT=0', async () => {
    const { ask, portal } = portalUnderTest();
    const callId = await filed(ask, { ADD_TO_CHAT: 0 }, { USER_ID: 2 });
    await filed(ask, { ADD_TO_CHAT: 0 }, { ADD_TO_CHAT: 0 });
    expect(portal.state.chat).toEqual([{ userId: 2, callId, about: 'finish' }]);
  });

  it('tells ONVOXIMPLANTCALLEND', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(FINISH, { CALL_ID, USER_ID: 1, DURATION: 5 });
    expect(portal.state.events.at(-1)).toMatchObject({
      event: 'ONVOXIMPLANTCALLEND',
      data: { CALL_ID, CALL_DURATION: 5, CALL_FAILED_CODE: '200' },
    });
  });

  it('files late what was registered with SHOW=0, without any card', async () => {
    const { ask, portal } = portalUnderTest();
    const late = {
      USER_ID: 1,
      PHONE_NUMBER: STRANGER,
      TYPE: 2,
      SHOW: 0,
      CALL_START_DATE: '2026-03-06T10:00:00Z',
    };
    const { body } = await ask(REGISTER, late);
    const { CALL_ID } = body.result as { CALL_ID: string };
    await ask(FINISH, { CALL_ID, USER_ID: 1 });
    expect(portal.screens.userIds).toEqual([]);
    expect(portal.state.statistics.size).toBe(1);
  });
});
