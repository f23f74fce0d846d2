import { contract } from '@app/bitrix24/contract';
import { KNOWN, REGISTER, STRANGER, portalUnderTest } from '../testing/ask';

const GET = 'crm.item.get';
const LIST = 'crm.item.list';
const FIND = 'crm.duplicate.findbycomm';
const CONTACT = 3;

describe('crm.item.get', () => {
  it('gives a client in camelCase, ids as numbers, phones in fm', async () => {
    const { ask } = portalUnderTest();
    const { result } = (await ask(GET, { entityTypeId: CONTACT, id: 101 })).body;
    expect(result).toMatchObject({
      item: {
        id: 101,
        title: 'Oliver Brown',
        assignedById: 3,
        fm: [{ typeId: 'PHONE', valueType: 'WORK', value: KNOWN }],
      },
    });
    expect(contract[GET].result.safeParse(result).error).toBeUndefined();
  });

  it.each([
    ['NOT_FOUND', 'Item not found', { entityTypeId: CONTACT, id: 999 }],
    ['NOT_FOUND', 'SPA not found', { entityTypeId: 14, id: 101 }],
  ])('is %s: %s', async (error, text, params) => {
    const { ask } = portalUnderTest();
    expect(await ask(GET, params)).toEqual({ status: 400, body: { error, error_description: text } });
  });

  it('is 400 ACCESS_DENIED for who may not see clients', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.users[0]!.mayReadCrm = false;
    expect(await ask(GET, { entityTypeId: CONTACT, id: 101 })).toEqual({
      status: 400,
      body: { error: 'ACCESS_DENIED', error_description: 'You do not have permission to view this item' },
    });
    expect((await ask(LIST, { entityTypeId: CONTACT })).body).toMatchObject({
      result: { items: [] },
      total: 0,
    });
  });
});

describe('the older methods for one client', () => {
  it.each([
    [
      'crm.contact.get',
      101,
      { ID: '101', ASSIGNED_BY_ID: '3', NAME: 'Oliver Brown', PHONE: [{ VALUE: KNOWN }] },
    ],
    ['crm.company.get', 201, { ID: '201', ASSIGNED_BY_ID: '2', TITLE: 'Northwind Trading' }],
    ['crm.lead.get', 301, { ID: '301', ASSIGNED_BY_ID: '4', TITLE: 'Web form: windows' }],
  ] as const)('%s gives him in UPPER_CASE, values as strings', async (method, id, client) => {
    const { ask } = portalUnderTest();
    const { result } = (await ask(method, { id })).body;
    expect(result).toMatchObject(client);
    expect(contract[method].result.safeParse(result).error).toBeUndefined();
  });

  it.each([
    ['ID is not defined or invalid', {}],
    ['Not found', { id: 301 }],
  ])('are refused with an empty code: %s', async (text, params) => {
    const { ask } = portalUnderTest();
    const body = { error: '', error_description: text };
    expect(await ask('crm.contact.get', params)).toEqual({ status: 400, body });
  });

  it('are refused for who may not see clients', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.users[0]!.mayReadCrm = false;
    expect((await ask('crm.contact.get', { id: 101 })).body).toMatchObject({
      error_description: 'Access denied',
    });
  });
});

describe('crm.item.list', () => {
  function withManyContacts() {
    const parts = portalUnderTest();
    for (let id = 1001; id <= 1070; id += 1)
      parts.portal.company.crm.push({
        type: 'CONTACT',
        id,
        name: `Client ${id}`,
        phones: [],
        assignedById: 1,
      });
    return parts;
  }

  it('pages by 50, with total and next at the top level', async () => {
    const { ask } = withManyContacts();
    const first = (await ask(LIST, { entityTypeId: CONTACT })).body;
    expect(first).toMatchObject({ total: 73, next: 50 });
    expect((first.result as { items: unknown[] }).items).toHaveLength(50);
    const last = (await ask(LIST, { entityTypeId: CONTACT, start: 50 })).body;
    expect((last.result as { items: unknown[] }).items).toHaveLength(23);
    expect(last).not.toHaveProperty('next');
  });

  it('with start=-1 does not count, and pages by >id', async () => {
    const { ask } = withManyContacts();
    const params = { entityTypeId: CONTACT, start: -1, order: { id: 'ASC' }, filter: { '>id': 1050 } };
    const { body } = await ask(LIST, params);
    expect(body).not.toHaveProperty('total');
    expect((body.result as { items: { id: number }[] }).items.map(({ id }) => id)[0]).toBe(1051);
  });

  it('gives phones with select=["*"] only', async () => {
    const { ask } = portalUnderTest();
    const items = async (select?: string[]) =>
      ((await ask(LIST, { entityTypeId: CONTACT, select })).body.result as { items: object[] }).items;
    expect((await items())[0]).not.toHaveProperty('fm');
    expect((await items(['*']))[0]).toHaveProperty('fm');
  });

  it.each([
    [{ filter: { '%colour': 'x' } }, "Invalid filter: field 'colour' is not allowed in filter"],
    [{ order: { colour: 'ASC' } }, "Invalid order: field 'colour' is not allowed in order"],
  ])('refuses %j', async (params, text) => {
    const { ask } = portalUnderTest();
    expect(await ask(LIST, { entityTypeId: CONTACT, ...params })).toEqual({
      status: 400,
      body: { error: 'INVALID_ARG_VALUE', error_description: text },
    });
  });
});

describe('crm.status.list', () => {
  it('has the sources that CRM_SOURCE takes', async () => {
    const { ask } = portalUnderTest();
    const { result } = (await ask('crm.status.list', { filter: { ENTITY_ID: 'SOURCE' } })).body;
    expect(result).toContainEqual(expect.objectContaining({ ID: '1', STATUS_ID: 'CALL', NAME: 'Call' }));
    expect(contract['crm.status.list'].result.safeParse(result).error).toBeUndefined();
  });

  it('has nothing else', async () => {
    const { ask } = portalUnderTest();
    expect((await ask('crm.status.list', { filter: { ENTITY_ID: 'STATUS' } })).body.result).toEqual([]);
  });

  it('is refused with an empty code without the right to see clients', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.users[0]!.mayReadCrm = false;
    expect(await ask('crm.status.list')).toEqual({
      status: 400,
      body: { error: '', error_description: 'Access denied.' },
    });
  });
});

describe('crm.duplicate.findbycomm', () => {
  it('gives ids by type, and only types with hits', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(FIND, { type: 'PHONE', values: [KNOWN, '+12025550301'] })).body.result).toEqual({
      LEAD: [301],
      CONTACT: [101],
    });
  });

  it('gives [] when nothing is found', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(FIND, { type: 'PHONE', values: [STRANGER] })).body.result).toEqual([]);
  });

  it('leaves out further types once one has 20 hits', async () => {
    const { ask, portal } = portalUnderTest();
    for (let id = 401; id <= 420; id += 1)
      portal.company.crm.push({ type: 'LEAD', id, name: 'x', phones: [KNOWN], assignedById: 1 });
    const { result } = (await ask(FIND, { type: 'PHONE', values: [KNOWN] })).body;
    expect(Object.keys(result as object)).toEqual(['LEAD']);
  });

  it.each([
    ['Communication type is not defined', { values: [KNOWN] }],
    ["Communication type 'FAX' is not supported in current context", { type: 'FAX', values: [KNOWN] }],
    ['Communication values is not defined', { type: 'PHONE' }],
  ])('is refused with an empty code: %s', async (text, params) => {
    const { ask } = portalUnderTest();
    expect(await ask(FIND, params)).toEqual({ status: 400, body: { error: '', error_description: text } });
  });

  it('is 403 without the right to see clients', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.users[0]!.mayReadCrm = false;
    expect((await ask(FIND, { type: 'PHONE', values: [KNOWN] })).status).toBe(403);
  });
});

it('what a call created can be read at once', async () => {
  const { ask } = portalUnderTest();
  const registration = { USER_ID: 4, PHONE_NUMBER: STRANGER, TYPE: 2, CRM_CREATE: 1, CRM_SOURCE: 'CALL' };
  const { CRM_CREATED_LEAD: id } = (await ask(REGISTER, registration)).body.result as {
    CRM_CREATED_LEAD: number;
  };
  expect((await ask(GET, { entityTypeId: 1, id })).body.result).toMatchObject({
    item: { id, assignedById: 4, sourceId: 'CALL' },
  });
});
