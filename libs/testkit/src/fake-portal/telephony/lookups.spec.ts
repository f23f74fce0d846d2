import { contract } from '@app/bitrix24/contract';
import { companyOf, employee } from '../company/company';
import { demoCompany } from '../company/demo-company';
import { KNOWN, SEARCH, STATISTICS, STRANGER, USERS, filed, portalUnderTest } from '../testing/ask';

const column = (result: unknown, field: string) =>
  (result as readonly Record<string, unknown>[]).map((row) => row[field]);

describe('the demo company', () => {
  it('has 18 employees, USER_ID N with the internal number 1000 + N', () => {
    const { users } = demoCompany();
    expect(users.map(({ extension }) => Number(extension))).toEqual(users.map(({ id }) => 1000 + id));
    expect(users).toHaveLength(18);
  });

  it('may be any other company', () => {
    expect(companyOf({ extensions: ['1001', '1005'] }).users).toMatchObject([
      { id: 1, extension: '1001' },
      { id: 5, extension: '1005' },
    ]);
  });
});

describe('searchCrmEntities', () => {
  it('finds client, responsible, his extension and his workday in one request', async () => {
    const { ask } = portalUnderTest();
    const { result } = (await ask(SEARCH, { PHONE_NUMBER: KNOWN })).body;
    expect(result).toEqual([
      {
        CRM_ENTITY_TYPE: 'CONTACT',
        CRM_ENTITY_ID: 101,
        ASSIGNED_BY_ID: 3,
        NAME: 'Oliver Brown',
        ASSIGNED_BY: {
          ID: '3',
          TIMEMAN_STATUS: 'OPENED',
          USER_PHONE_INNER: '1003',
          WORK_PHONE: null,
          PERSONAL_PHONE: null,
          PERSONAL_MOBILE: null,
        },
      },
    ]);
    expect(contract[SEARCH].result.safeParse(result).error).toBeUndefined();
  });

  it('answers [] when nobody has this number', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(SEARCH, { PHONE_NUMBER: STRANGER })).body.result).toEqual([]);
  });

  it('puts the most important first and leaves deals out', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.crm.push(
      { type: 'DEAL', id: 900, name: 'Deal', phones: [KNOWN], assignedById: 1 },
      { type: 'LEAD', id: 901, name: 'Lead', phones: [KNOWN], assignedById: 1 },
      { type: 'COMPANY', id: 902, name: 'Company', phones: [KNOWN], assignedById: 1 },
    );
    const { result } = (await ask(SEARCH, { PHONE_NUMBER: KNOWN })).body;
    expect(column(result, 'CRM_ENTITY_TYPE')).toEqual(['CONTACT', 'COMPANY', 'LEAD']);
  });

  it('refuses: PHONE_NUMBER is empty, CRM is not installed.', async () => {
    const { ask, portal } = portalUnderTest();
    expect((await ask(SEARCH, {})).body.error_description).toBe('PHONE_NUMBER is empty');
    portal.company.crmInstalled = false;
    expect((await ask(SEARCH, { PHONE_NUMBER: KNOWN })).body.error_description).toBe('CRM is not installed.');
  });
});

describe('voximplant.statistic.get', () => {
  async function threeCalls() {
    const { ask } = portalUnderTest();
    await filed(ask, { EXTERNAL_CALL_ID: 'a', CALL_START_DATE: '2026-03-05T10:00:00Z' }, { DURATION: 9 });
    await filed(ask, { EXTERNAL_CALL_ID: 'b', CALL_START_DATE: '2026-03-06T10:00:00Z' }, { DURATION: 0 });
    await filed(ask, { EXTERNAL_CALL_ID: 'c', CALL_START_DATE: '2026-03-07T10:00:00Z' }, { DURATION: 100 });
    return async (params: object) => (await ask(STATISTICS, params)).body;
  }

  it.each([
    [{ EXTERNAL_CALL_ID: 'b' }, ['b']],
    [{ '=EXTERNAL_CALL_ID': ['a', 'c'] }, ['a', 'c']],
    [{ '!EXTERNAL_CALL_ID': 'b' }, ['a', 'c']],
    [{ '!=CALL_FAILED_CODE': '200' }, ['b']],
    [{ '>CALL_DURATION': 9 }, ['c']],
    [{ '>=CALL_DURATION': '9' }, ['a', 'c']],
    [{ '<CALL_DURATION': 9 }, ['b']],
    [{ '<=CALL_DURATION': 9 }, ['a', 'b']],
    [{ '><CALL_DURATION': [1, 50] }, ['a']],
    [{ '!><CALL_DURATION': [1, 50] }, ['b', 'c']],
    [{ '>=CALL_START_DATE': '2026-03-06T13:00:00+03:00' }, ['b', 'c']],
    [{ '%EXTERNAL_CALL_ID': 'A' }, ['a']],
    [{ '!%EXTERNAL_CALL_ID': 'a' }, ['b', 'c']],
    [{ EXTERNAL_CALL_ID: ['a', 'b'], CALL_FAILED_CODE: '304' }, ['b']],
    [{ EXTERNAL_CALL_ID: 'z' }, []],
  ])('filters by %j', async (FILTER, expected) => {
    const get = await threeCalls();
    const { result, total } = await get({ FILTER });
    expect(column(result, 'EXTERNAL_CALL_ID')).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  it('sorts', async () => {
    const get = await threeCalls();
    expect(column((await get({ SORT: 'CALL_DURATION', ORDER: 'DESC' })).result, 'EXTERNAL_CALL_ID')).toEqual([
      'c',
      'a',
      'b',
    ]);
  });

  it('has every value as a string or null', async () => {
    const get = await threeCalls();
    const { result } = await get({});
    for (const row of result as readonly Record<string, unknown>[])
      for (const value of Object.values(row)) expect(value === null || typeof value === 'string').toBe(true);
    expect(contract[STATISTICS].result.safeParse(result).error).toBeUndefined();
  });

  it('refuses a filter that it does not know', async () => {
    const { ask } = portalUnderTest();
    expect(await ask(STATISTICS, { FILTER: { SOMETHING: 1 } })).toMatchObject({ status: 400 });
    expect(await ask(STATISTICS, { FILTER: { '?CALL_ID': 1 } })).toMatchObject({ status: 400 });
  });
});

describe('user.get', () => {
  it('pages by 50 with total and next', async () => {
    const company = {
      ...demoCompany(),
      users: Array.from({ length: 101 }, (_, n) => employee(n + 1, 'User', `${n}`)),
    };
    const { ask } = portalUnderTest({ company });
    const first = (await ask(USERS)).body;
    expect([column(first.result, 'ID').length, first.total, first.next]).toEqual([50, 101, 50]);
    const last = (await ask(USERS, { start: 100 })).body;
    expect([column(last.result, 'ID'), last.total, last.next]).toEqual([['101'], 101, undefined]);
    const uncounted = (await ask(USERS, { start: -1 })).body;
    expect([column(uncounted.result, 'ID').length, uncounted.total, uncounted.next]).toEqual([
      50,
      undefined,
      undefined,
    ]);
  });

  it('has ids as strings, ACTIVE as a boolean and dates that are no dates', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.users[1]!.extension = null;
    const { result } = (await ask(USERS, { FILTER: { ID: [1, 2] } })).body;
    expect(result).toMatchObject([
      { ID: '1', ACTIVE: true, UF_PHONE_INNER: '1001', UF_DEPARTMENT: [1], TIMESTAMP_X: {} },
      { ID: '2', UF_PHONE_INNER: null },
    ]);
    expect(contract[USERS].result.safeParse(result).error).toBeUndefined();
  });

  it.each([
    [{ ACTIVE: true }, 17],
    [{ ACTIVE: 'N' }, 1],
    [{ UF_PHONE_INNER: '1004' }, 1],
    [{ '@ID': [1, 2, 3] }, 3],
    [{ '!@ID': [1, 2, 3] }, 15],
    [{ '%=LAST_NAME': 'B%' }, 2],
    [{ UF_DEPARTMENT: 2 }, 8],
    [{ NAME_SEARCH: 'Anna Petrova' }, 1],
  ])('filters by %j', async (FILTER, count) => {
    const { ask } = portalUnderTest();
    expect((await ask(USERS, { FILTER })).body.total).toBe(count);
  });

  it('gives what is selected, and silently not what the scope forbids', async () => {
    const { ask, portal } = portalUnderTest();
    const select = ['ID', 'UF_*', 'EMAIL', 'NO_SUCH_FIELD'];
    const params = { select, FILTER: { ID: 1 } };
    expect((await ask(USERS, params)).body.result).toEqual([
      { ID: '1', UF_DEPARTMENT: [1], UF_PHONE_INNER: '1001', EMAIL: 'user1@company.example' },
    ]);
    const brief = await ask(USERS, params, portal.issueToken({ scopes: ['user_brief'] }));
    expect(brief.body.result).toEqual([{ ID: '1', UF_DEPARTMENT: [1], UF_PHONE_INNER: '1001' }]);
  });
});
