import { portalEvents } from '@app/bitrix24/contract';
import { ATTACH, FINISH, HIDE, KNOWN, REGISTER, STATISTICS, STRANGER, portalUnderTest } from '../testing/ask';
import { ListeningApp } from '../testing/listening-app';

const HANDLER = 'https://connector.example/events';

async function setUp() {
  const listener = new ListeningApp();
  const parts = portalUnderTest({ deliver: listener.fetch });
  for (const event of ['ONEXTERNALCALLSTART', 'ONEXTERNALCALLBACKSTART'])
    await parts.ask('event.bind', { event, handler: HANDLER });
  const told = async () => {
    await parts.portal.post.settled();
    return listener.events.map(({ event, data }) => ({ event, data: data as Record<string, string> }));
  };
  return { ...parts, listener, told };
}

describe('a click on a number', () => {
  it('is ONEXTERNALCALLSTART with a call that the portal has registered, without an EXTERNAL_CALL_ID', async () => {
    const { clock, portal, told } = await setUp();
    const callId = portal.click({
      userId: 4,
      phoneNumber: '+44 20 7946 0101',
      line: 'line-1',
      callListId: 12,
    });
    const [event] = await told();
    expect(event).toEqual({
      event: 'ONEXTERNALCALLSTART',
      data: {
        PHONE_NUMBER: '+44 20 7946 0101',
        PHONE_NUMBER_INTERNATIONAL: KNOWN,
        EXTENSION: '',
        USER_ID: '4',
        CALL_LIST_ID: '12',
        LINE_NUMBER: 'line-1',
        IS_MOBILE: '0',
        CALL_ID: callId,
        CRM_ENTITY_TYPE: 'CONTACT',
        CRM_ENTITY_ID: '101',
      },
    });
    expect(callId).toMatch(new RegExp(`^externalCall\\.[0-9a-f]{32}\\.${clock.now() / 1000}$`));
    expect(portal.state.calls.known(callId ?? '')).toMatchObject({ userId: 4, type: 1, externalId: null });
    expect(portalEvents.ONEXTERNALCALLSTART.data.safeParse(event?.data).error).toBeUndefined();
  });

  it('has no campaign, no line and no client unless it has one: 0 and empty texts', async () => {
    const { portal, told } = await setUp();
    portal.click({ userId: 4, phoneNumber: STRANGER });
    expect((await told())[0]?.data).toMatchObject({
      CALL_LIST_ID: '0',
      LINE_NUMBER: '',
      CRM_ENTITY_TYPE: '',
      CRM_ENTITY_ID: '0',
    });
  });

  it('may be about LEAD 0, as seen in the field', async () => {
    const { portal, told } = await setUp();
    const callId = portal.click({ userId: 4, phoneNumber: STRANGER, crm: { type: 'LEAD', id: 0 } });
    expect((await told())[0]?.data).toMatchObject({ CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: '0' });
    expect(portal.state.calls.known(callId ?? '')?.crm).toBeNull();
  });

  it('of older portals has no CALL_ID, and nothing is registered', async () => {
    const { portal, told } = await setUp();
    expect(portal.click({ userId: 4, phoneNumber: KNOWN, withoutCallId: true })).toBeUndefined();
    expect((await told())[0]?.data).not.toHaveProperty('CALL_ID');
    expect(portal.state.calls.all).toEqual([]);
  });

  it('shows the card to who clicked', async () => {
    const { portal } = await setUp();
    const callId = portal.click({ userId: 4, phoneNumber: KNOWN }) ?? '';
    expect(portal.screens.openOn(4)).toMatchObject([{ callId, by: 'click' }]);
  });

  it('is finished and recorded with the CALL_ID of the event', async () => {
    const { ask, portal, told } = await setUp();
    portal.click({ userId: 4, phoneNumber: KNOWN });
    const CALL_ID = (await told())[0]?.data.CALL_ID;
    expect((await ask(HIDE, { CALL_ID, USER_ID: 4 })).body.result).toBe(true);
    await ask(FINISH, { CALL_ID, USER_ID: 4, DURATION: 9 });
    expect((await ask(ATTACH, { CALL_ID, FILENAME: 'a.mp3', FILE_CONTENT: 'QUJD' })).status).toBe(200);
    expect((await ask(STATISTICS, { FILTER: { CALL_ID } })).body.result).toMatchObject([
      { EXTERNAL_CALL_ID: null, CALL_TYPE: '1', CALL_DURATION: '9', CRM_ENTITY_ID: '101' },
    ]);
    expect(portal.audit()).toEqual([]);
  });

  it('is never given out again by register', async () => {
    const { ask, portal } = await setUp();
    const callId = portal.click({ userId: 4, phoneNumber: KNOWN });
    const { body } = await ask(REGISTER, { USER_ID: 4, PHONE_NUMBER: KNOWN, TYPE: 1 });
    expect(body.result).not.toMatchObject({ CALL_ID: callId });
  });
});

describe('who is told of a click', () => {
  it('the application that is chosen for calls out, and no other', async () => {
    const { ask, listener, portal } = await setUp();
    const other = portal.apps.add();
    const { appId } = portal.apps.install(other);
    const handler = 'https://other.example/';
    await ask('event.bind', { event: 'ONEXTERNALCALLSTART', handler }, portal.issueToken({ appId }));
    portal.chooseOutgoing(other, { line: 'line-9' });
    portal.click({ userId: 4, phoneNumber: KNOWN });
    await portal.post.settled();
    expect(listener.received).toMatchObject([{ url: handler, form: { data: { LINE_NUMBER: 'line-9' } } }]);
  });

  it('may be another one for single users', async () => {
    const { listener, portal } = await setUp();
    portal.chooseOutgoing(undefined);
    portal.chooseOutgoing(portal.app, { userId: 4 });
    expect(portal.click({ userId: 5, phoneNumber: KNOWN })).toBeUndefined();
    expect(portal.click({ userId: 4, phoneNumber: KNOWN })).toBeDefined();
    await portal.post.settled();
    expect(listener.received).toHaveLength(1);
  });
});

describe('a callback form', () => {
  it('is ONEXTERNALCALLBACKSTART with neither a call nor a user', async () => {
    const { portal, told } = await setUp();
    portal.submitCallbackForm({
      phoneNumber: KNOWN,
      text: 'Call me',
      voice: 'eurgermanmale',
      line: 'line-1',
    });
    const [event] = await told();
    expect(event).toEqual({
      event: 'ONEXTERNALCALLBACKSTART',
      data: {
        PHONE_NUMBER: KNOWN,
        TEXT: 'Call me',
        VOICE: 'eurgermanmale',
        CRM_ENTITY_TYPE: 'CONTACT',
        CRM_ENTITY_ID: '101',
        LINE_NUMBER: 'line-1',
      },
    });
    expect(portalEvents.ONEXTERNALCALLBACKSTART.data.safeParse(event?.data).error).toBeUndefined();
    expect(portal.state.calls.all).toEqual([]);
  });
});

describe('the audit of clicks', () => {
  it('complains about one that was taken and never finished', async () => {
    const { portal } = await setUp();
    portal.click({ userId: 4, phoneNumber: KNOWN });
    await portal.post.settled();
    expect(portal.audit()).toMatchObject([{ kind: 'never-finished' }, { kind: 'card-left-open' }]);
  });

  it('excuses one that never arrived', async () => {
    const { portal } = await setUp();
    portal.post.inject({ kind: 'lose' });
    portal.click({ userId: 4, phoneNumber: KNOWN });
    await portal.post.settled();
    expect(portal.audit()).toEqual([]);
  });

  it('complains about one that was registered again', async () => {
    const { ask, portal } = await setUp();
    const CALL_ID = portal.click({ userId: 4, phoneNumber: KNOWN });
    await portal.post.settled();
    const again = { USER_ID: 4, PHONE_NUMBER: KNOWN, TYPE: 1, EXTERNAL_CALL_ID: 'a' };
    const { result } = (await ask(REGISTER, again)).body;
    await ask(FINISH, { CALL_ID: (result as { CALL_ID: string }).CALL_ID, USER_ID: 4 });
    await ask(FINISH, { CALL_ID, USER_ID: 4 });
    expect(portal.audit()).toMatchObject([{ kind: 'click-registered-again' }]);
  });
});
