import { contract } from '@app/bitrix24/contract';
import { FINISH, KNOWN, REGISTER, SHOW, STRANGER, filed, portalUnderTest, registered } from '../testing/ask';

const call = { USER_ID: 1, PHONE_NUMBER: STRANGER, TYPE: 2 };
const MINUTE = 60_000;

describe('register validates', () => {
  it.each([
    ['USER_ID or USER_PHONE_INNER should be set', { PHONE_NUMBER: STRANGER, TYPE: 2 }],
    ['Unknown TYPE', { ...call, TYPE: 6 }],
    ['Unknown TYPE', { ...call, TYPE: undefined }],
    ['CALL_START_DATE should be in the ISO-8601 format', { ...call, CALL_START_DATE: '07.03.2026' }],
    ['CALL_START_DATE should be in the ISO-8601 format', { ...call, CALL_START_DATE: '2026-03-07T10:20:30' }],
    ['Unsupported phone number format', { ...call, PHONE_NUMBER: 'anonymous' }],
    ['Unsupported phone number format', { ...call, PHONE_NUMBER: '' }],
    ['User is not found or is not active', { ...call, USER_ID: 99 }],
    ['User is not found or is not active', { ...call, USER_ID: 17 }],
    ['User is not found or is not active', { ...call, USER_ID: undefined, USER_PHONE_INNER: '9999' }],
  ])('%s', async (text, params) => {
    const { ask, portal } = portalUnderTest();
    expect(await ask(REGISTER, params)).toEqual({
      status: 400,
      body: { error: 'ERROR_CORE', error_description: text },
    });
    expect(portal.state.calls.all).toEqual([]);
  });

  it('what has no documented text is ERROR_ARGUMENT that names the argument', async () => {
    const { ask } = portalUnderTest();
    expect(await ask(REGISTER, { ...call, SHOW: 7 })).toMatchObject({
      status: 400,
      body: { error: 'ERROR_ARGUMENT', argument: 'SHOW' },
    });
  });

  it('the code may be empty, as portals in the field have it', async () => {
    const { ask } = portalUnderTest({ coreErrorCode: '' });
    expect((await ask(REGISTER, { ...call, USER_ID: 99 })).body.error).toBe('');
  });
});

describe('register answers', () => {
  it('with a CALL_ID of 32 hex digits and the unix time', async () => {
    const { ask, clock } = portalUnderTest();
    expect(await registered(ask)).toMatch(
      new RegExp(`^externalCall\\.[0-9a-f]{32}\\.${clock.now() / 1000}$`),
    );
  });

  it('the same ids for the same seed', async () => {
    const [one, two] = [portalUnderTest({ seed: 5 }), portalUnderTest({ seed: 5 })];
    expect(await registered(one.ask)).toBe(await registered(two.ask));
    expect(await registered(portalUnderTest({ seed: 6 }).ask)).not.toBe(await registered(one.ask));
  });

  it('with the client of a known number', async () => {
    const { ask } = portalUnderTest();
    const { body } = await ask(REGISTER, { ...call, PHONE_NUMBER: '442079460101' });
    expect(body.result).toMatchObject({
      CRM_ENTITY_TYPE: 'CONTACT',
      CRM_ENTITY_ID: 101,
      CRM_CREATED_LEAD: null,
    });
  });

  it('with nothing for a stranger: an empty type, no id, an empty list', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(REGISTER, call)).body.result).toEqual({
      CALL_ID: expect.any(String) as string,
      CRM_CREATED_LEAD: null,
      CRM_CREATED_ENTITIES: [],
      CRM_ENTITY_TYPE: '',
      CRM_ENTITY_ID: null,
    });
  });

  it('in the form of the contract', async () => {
    const { ask } = portalUnderTest();
    const { result } = (await ask(REGISTER, { ...call, CRM_CREATE: 1 })).body;
    expect(contract[REGISTER].result.safeParse(result).error).toBeUndefined();
  });

  it('for the user of an extension', async () => {
    const { ask, portal } = portalUnderTest();
    await ask(REGISTER, { ...call, USER_ID: undefined, USER_PHONE_INNER: '1004' });
    expect(portal.state.calls.all).toMatchObject([{ userId: 4 }]);
  });

  it('to numbers sent as strings, too', async () => {
    const { ask, portal } = portalUnderTest();
    await ask(REGISTER, { USER_ID: '2', PHONE_NUMBER: STRANGER, TYPE: '1', SHOW: '0' });
    expect(portal.state.calls.all).toMatchObject([{ userId: 2, type: 1 }]);
    expect(portal.screens.userIds).toEqual([]);
  });
});

describe('CRM_CREATE', () => {
  it('is 0 by default', async () => {
    const { ask, portal } = portalUnderTest();
    const before = portal.company.crm.length;
    await ask(REGISTER, call);
    expect(portal.company.crm).toHaveLength(before);
  });

  it('makes a lead of a stranger, with the registered user responsible', async () => {
    const { ask, portal } = portalUnderTest();
    const { body } = await ask(REGISTER, { ...call, CRM_CREATE: 1, CRM_SOURCE: 'CALL' });
    expect(body.result).toMatchObject({
      CRM_CREATED_LEAD: 5001,
      CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: 5001 }],
      CRM_ENTITY_TYPE: 'LEAD',
      CRM_ENTITY_ID: 5001,
    });
    expect(portal.company.crm.at(-1)).toMatchObject({ type: 'LEAD', assignedById: 1, source: 'CALL' });
  });

  it('makes a contact and a deal where leads are off', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.crmMode = 'simple';
    const { body } = await ask(REGISTER, { ...call, CRM_CREATE: 1 });
    expect(body.result).toMatchObject({
      CRM_CREATED_LEAD: null,
      CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'CONTACT' }, { ENTITY_TYPE: 'DEAL' }],
      CRM_ENTITY_TYPE: 'CONTACT',
    });
  });

  it('makes nothing of a known client, nor for an explicit binding', async () => {
    const { ask } = portalUnderTest();
    const known = await ask(REGISTER, { ...call, PHONE_NUMBER: KNOWN, CRM_CREATE: 1 });
    expect(known.body.result).toMatchObject({ CRM_CREATED_ENTITIES: [] });
    const bound = await ask(REGISTER, {
      ...call,
      CRM_CREATE: 1,
      CRM_ENTITY_TYPE: 'LEAD',
      CRM_ENTITY_ID: 301,
    });
    expect(bound.body.result).toMatchObject({
      CRM_CREATED_ENTITIES: [],
      CRM_ENTITY_TYPE: 'LEAD',
      CRM_ENTITY_ID: 301,
    });
  });

  it('makes nothing for an outgoing call over a line that forbids it', async () => {
    const { ask } = portalUnderTest();
    const outgoing = { ...call, TYPE: 1, CRM_CREATE: 1 };
    const forbidden = await ask(REGISTER, { ...outgoing, LINE_NUMBER: 'line-2' });
    expect(forbidden.body.result).toMatchObject({ CRM_CREATED_LEAD: null });
    const allowed = await ask(REGISTER, { ...outgoing, LINE_NUMBER: 'line-1' });
    expect(allowed.body.result).toMatchObject({ CRM_CREATED_LEAD: 5001 });
  });

  it('may fail softly: LEAD_CREATION_ERROR inside a success', async () => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind: 'lead-creation-error', method: REGISTER, text: 'No rights' });
    const { status, body } = await ask(REGISTER, { ...call, CRM_CREATE: 1 });
    expect(status).toBe(200);
    expect(body.result).toMatchObject({ LEAD_CREATION_ERROR: 'No rights', CRM_CREATED_LEAD: null });
    expect(portal.state.calls.all).toHaveLength(1);
  });
});

describe('a repeated register', () => {
  const named = { ...call, LINE_NUMBER: 'line-1', EXTERNAL_CALL_ID: 'a' };

  it('gives the same CALL_ID for 30 minutes, and makes no second lead', async () => {
    const { ask, clock, portal } = portalUnderTest();
    const first = await ask(REGISTER, { ...named, CRM_CREATE: 1 });
    clock.advance(30 * MINUTE - 1);
    const second = await ask(REGISTER, { ...named, CRM_CREATE: 1 });
    expect(second.body.result).toEqual(first.body.result);
    expect(portal.state.calls.all).toHaveLength(1);
    clock.advance(1);
    expect(await registered(ask, named)).not.toBe((first.body.result as { CALL_ID: string }).CALL_ID);
  });

  it.each([
    ['user', { USER_ID: 2 }],
    ['phone', { PHONE_NUMBER: '+12025550199' }],
    ['type', { TYPE: 3 }],
    ['line', { LINE_NUMBER: 'line-2' }],
    ['external id', { EXTERNAL_CALL_ID: 'b' }],
  ])('with another %s is another call', async (_key, change) => {
    const { ask } = portalUnderTest();
    expect(await registered(ask, { ...named, ...change })).not.toBe(await registered(ask, named));
  });

  it('by another application is another call', async () => {
    const { ask, portal } = portalUnderTest();
    const mine = await ask(REGISTER, named);
    const theirs = await ask(REGISTER, named, portal.issueToken({ appId: '4' }));
    expect(theirs.body.result).not.toEqual(mine.body.result);
  });

  it('is the same call whatever its start and CRM binding', async () => {
    const { ask } = portalUnderTest();
    const changed = {
      ...named,
      CALL_START_DATE: '2026-03-07T10:20:30+03:00',
      CRM_ENTITY_TYPE: 'LEAD',
      CRM_ENTITY_ID: 301,
    };
    expect(await registered(ask, changed)).toBe(await registered(ask, named));
  });

  it('after finish is a new call', async () => {
    const { ask } = portalUnderTest();
    const first = await filed(ask, named);
    expect(await registered(ask, named)).not.toBe(first);
  });

  it('without an external id joins two parallel calls, and the second finish fails', async () => {
    const { ask } = portalUnderTest();
    const [one, two] = [await registered(ask), await registered(ask)];
    expect(one).toBe(two);
    expect((await ask(FINISH, { CALL_ID: one, USER_ID: 1 })).status).toBe(200);
    expect((await ask(FINISH, { CALL_ID: two, USER_ID: 1 })).status).toBe(400);
  });
});

describe('register tells', () => {
  it('ONVOXIMPLANTCALLINIT, once per call', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await registered(ask);
    expect(portal.state.events).toMatchObject([
      { event: 'ONVOXIMPLANTCALLINIT', data: { CALL_ID, CALL_TYPE: 2 } },
    ]);
  });

  it('the registered user in his chat, unless ADD_TO_CHAT=0', async () => {
    const { ask, portal } = portalUnderTest();
    const callId = await registered(ask);
    await registered(ask, { USER_ID: 2, ADD_TO_CHAT: 0 });
    expect(portal.state.chat).toEqual([{ userId: 1, callId, about: 'register' }]);
  });

  it('the registered user by a card, unless SHOW=0', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await registered(ask, { USER_ID: 2, SHOW: 0 });
    expect(portal.screens.openOn(1)).toMatchObject([{ callId: CALL_ID, by: 'register' }]);
    expect(portal.screens.of(2)).toEqual([]);
    expect((await ask(SHOW, { CALL_ID })).body.result).toBe(true);
  });
});
