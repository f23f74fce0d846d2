import { catalogue } from '../rest/catalogue';
import { companyOf } from '../company/company';
import { portalUnderTest } from '../testing/ask';
import type { FakePortalOptions } from '../portal-options';

function setUp(options: FakePortalOptions = {}) {
  const parts = portalUnderTest(options);
  const token = parts.portal.issueToken({ scopes: ['department', 'timeman'] });
  return { ...parts, ask: (method: string, params: object = {}) => parts.ask(method, params, token) };
}

describe('department.get', () => {
  it('gives the departments; the topmost has no parent', async () => {
    const { ask } = setUp();
    const { body } = await ask('department.get');
    expect(body).toMatchObject({
      total: 3,
      result: [
        { ID: '1', NAME: 'Demo company', SORT: 500, UF_HEAD: '1' },
        { ID: '2', NAME: 'Sales', PARENT: '1', UF_HEAD: '2' },
        { ID: '3', NAME: 'Support', PARENT: '1', UF_HEAD: '10' },
      ],
    });
    expect(body.result).not.toHaveProperty('0.PARENT');
    expect(catalogue['department.get'].result.safeParse(body.result).error).toBeUndefined();
  });

  it.each([
    [{ ID: 2 }, ['2']],
    [{ NAME: 'Support' }, ['3']],
    [{ PARENT: 1, sort: 'NAME', order: 'DESC' }, ['3', '2']],
    [{ UF_HEAD: '10' }, ['3']],
    [{ SORT: 100 }, []],
  ])('filters and sorts: %j', async (params, ids) => {
    const { ask } = setUp();
    const { body } = await ask('department.get', params);
    expect((body.result as { ID: string }[]).map(({ ID }) => ID)).toEqual(ids);
  });

  it('of a company without departments is one for all', async () => {
    const { ask } = setUp({ company: companyOf({ extensions: ['1001'] }) });
    expect((await ask('department.get')).body.result).toMatchObject([{ ID: '1', NAME: 'Company' }]);
  });

  it('needs its scope', async () => {
    const { portal } = setUp();
    const { ask } = portalUnderTest();
    expect((await ask('department.get')).body.error).toBe('insufficient_scope');
    expect(portal.app.scopes).not.toContain('department');
  });
});

describe('timeman.status', () => {
  it('tells whether somebody is at work, by default the owner of the token', async () => {
    const { ask, portal } = setUp();
    const { body } = await ask('timeman.status');
    expect(body.result).toMatchObject({
      STATUS: 'OPENED',
      TIME_START: '2026-03-07T09:00:00+00:00',
      TIME_FINISH: null,
    });
    expect(catalogue['timeman.status'].result.safeParse(body.result).error).toBeUndefined();
    expect((await ask('timeman.status', { USER_ID: 18 })).body.result).toMatchObject({
      STATUS: 'CLOSED',
      TIME_FINISH: '2026-03-07T18:00:00+00:00',
    });
    portal.company.users[1]!.workday = 'EXPIRED';
    expect((await ask('timeman.status', { USER_ID: '2' })).body.result).toMatchObject({
      STATUS: 'EXPIRED',
      TIME_FINISH_DEFAULT: '2026-03-07T18:00:00+00:00',
    });
  });

  it('of nobody is refused, without a code', async () => {
    const { ask } = setUp();
    expect(await ask('timeman.status', { USER_ID: 99 })).toEqual({
      status: 400,
      body: { error: '', error_description: 'User not found' },
    });
  });
});
