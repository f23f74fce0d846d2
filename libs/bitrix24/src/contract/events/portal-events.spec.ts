import { parse } from 'qs';
import { eventEnvelope } from './event-envelope';
import { isPortalEventName, portalEvents } from './portal-events';
import type { EventDataOf, PortalEventName } from './portal-events';

const AUTH =
  `auth[access_token]=ACCESS&auth[expires_in]=3600&auth[scope]=telephony&auth[domain]=portal.bitrix24.ru
&auth[server_endpoint]=https://oauth.bitrix24.tech/rest/&auth[status]=L&auth[client_endpoint]=https://portal.bitrix24.ru/rest/
&auth[member_id]=0123456789abcdef0123456789abcdef&auth[application_token]=APPTOKEN`.replaceAll('\n', '');

/** A form body, as the portal sends it and a server with `qs` reads it. */
const received = (data: string, event = 'ONAPPTEST', auth = AUTH): unknown =>
  parse(`event=${event}&event_handler_id=1055&${data}&ts=1773236988&${auth}`);

function dataOf<Name extends PortalEventName>(name: Name, data: string): EventDataOf<Name> {
  const envelope = eventEnvelope.parse(received(data, name));
  return portalEvents[name].data.parse(envelope.data) as EventDataOf<Name>;
}

const CALL_ID = 'externalCall.0123456789abcdef0123456789abcdef.1773236989';
const CLICK = [
  'data[PHONE_NUMBER]=%2B74950000000',
  'data[PHONE_NUMBER_INTERNATIONAL]=%2B74950000000',
  'data[EXTENSION]=',
  'data[USER_ID]=12',
  'data[CALL_LIST_ID]=0',
  'data[LINE_NUMBER]=line-1',
  'data[IS_MOBILE]=0',
  `data[CALL_ID]=${CALL_ID}`,
  'data[CRM_ENTITY_TYPE]=CONTACT',
  'data[CRM_ENTITY_ID]=797',
].join('&');

describe('every event', () => {
  it('says whose it is and what proves it', () => {
    expect(eventEnvelope.parse(received('data[A]=1', 'onAppTest'))).toEqual({
      event: 'ONAPPTEST',
      event_handler_id: 1055,
      data: { A: '1' },
      ts: 1773236988,
      auth: {
        member_id: '0123456789abcdef0123456789abcdef',
        application_token: 'APPTOKEN',
        access_token: 'ACCESS',
        refresh_token: null,
        expires_in: 3600,
        expires: null,
        scope: ['telephony'],
        domain: 'portal.bitrix24.ru',
        client_endpoint: 'https://portal.bitrix24.ru/rest/',
        server_endpoint: 'https://oauth.bitrix24.tech/rest/',
        status: 'L',
        user_id: null,
      },
    });
  });

  it('may come without data, binding, time and tokens', () => {
    const bare = { event: 'ONOFFLINEEVENT', auth: { member_id: 'm' } };
    expect(eventEnvelope.parse(bare)).toMatchObject({
      data: {},
      ts: null,
      event_handler_id: null,
      auth: { application_token: null, access_token: null, scope: [] },
    });
  });

  it('keeps what nobody has heard of', () => {
    const parsed = eventEnvelope.parse(received('data[NEW]=1&future[x]=y', 'ONNEWS', `${AUTH}&auth[new]=z`));
    expect(parsed).toMatchObject({
      event: 'ONNEWS',
      data: { NEW: '1' },
      future: { x: 'y' },
      auth: { new: 'z' },
    });
  });

  it.each([
    ['no event', { auth: { member_id: 'm' } }],
    ['an empty event', { event: '', auth: { member_id: 'm' } }],
    ['no auth', { event: 'ONAPPTEST' }],
    ['no portal', { event: 'ONAPPTEST', auth: { application_token: 't' } }],
    ['an empty portal', { event: 'ONAPPTEST', auth: { member_id: '' } }],
    ['data that is a text', { event: 'ONAPPTEST', data: 'x', auth: { member_id: 'm' } }],
    ['a portal that is a map', { event: 'ONAPPTEST', auth: { member_id: { a: 'm' } } }],
  ])('is none with %s', (_what, body) => expect(eventEnvelope.safeParse(body).success).toBe(false));

  it('is known by its name, and by no other property of objects', () => {
    expect(isPortalEventName('ONEXTERNALCALLSTART')).toBe(true);
    expect(isPortalEventName('ONCRMLEADADD')).toBe(false);
    expect(isPortalEventName('constructor')).toBe(false);
  });
});

describe('a click on a number', () => {
  it('is read as the page shows it', () => {
    expect(dataOf('ONEXTERNALCALLSTART', CLICK)).toEqual({
      USER_ID: 12,
      CALL_ID,
      PHONE_NUMBER: '+74950000000',
      PHONE_NUMBER_INTERNATIONAL: '+74950000000',
      EXTENSION: null,
      CALL_LIST_ID: null,
      LINE_NUMBER: 'line-1',
      IS_MOBILE: false,
      CRM_ENTITY_TYPE: 'CONTACT',
      CRM_ENTITY_ID: 797,
    });
  });

  it.each([
    ['1', true],
    ['Y', true],
    ['0', false],
    ['N', false],
    ['perhaps', false],
  ])('with IS_MOBILE=%s', (wire, mobile) =>
    expect(
      dataOf('ONEXTERNALCALLSTART', CLICK.replace('[IS_MOBILE]=0', `[IS_MOBILE]=${wire}`)).IS_MOBILE,
    ).toBe(mobile),
  );

  it('without IS_MOBILE is none in the mobile app', () => {
    expect(dataOf('ONEXTERNALCALLSTART', CLICK.replace('data[IS_MOBILE]=0&', '')).IS_MOBILE).toBe(false);
  });

  it('on LEAD 0 is about no client', () => {
    const data = CLICK.replace('CONTACT', 'LEAD').replace('797', '0');
    expect(dataOf('ONEXTERNALCALLSTART', data)).toMatchObject({ CRM_ENTITY_TYPE: null, CRM_ENTITY_ID: null });
  });

  it('of an older portal has no CALL_ID', () => {
    const data = CLICK.split('&').filter((part) => !part.startsWith('data[CALL_ID]='));
    expect(dataOf('ONEXTERNALCALLSTART', data.join('&'))).toMatchObject({ CALL_ID: null });
  });

  it.each(['USER_ID', 'PHONE_NUMBER'])('without %s cannot be dialled', (field) => {
    const data = CLICK.split('&').filter((part) => !part.startsWith(`data[${field}]=`));
    expect(() => dataOf('ONEXTERNALCALLSTART', data.join('&'))).toThrow(field);
  });
});

describe('the other events', () => {
  it('a callback names a number and nobody to call', () => {
    const data =
      'data[PHONE_NUMBER]=%2B1&data[TEXT]=a%26b&data[VOICE]=v&data[CRM_ENTITY_TYPE]=&data[CRM_ENTITY_ID]=0';
    expect(dataOf('ONEXTERNALCALLBACKSTART', data)).toMatchObject({
      PHONE_NUMBER: '+1',
      TEXT: 'a&b',
      LINE_NUMBER: null,
      CRM_ENTITY_TYPE: null,
    });
  });

  it('an installation that waits for its last page', () => {
    const data = 'data[VERSION]=1&data[ACTIVE]=Y&data[INSTALLED]=N&data[LANGUAGE_ID]=ru';
    expect(dataOf('ONAPPINSTALL', data)).toMatchObject({ VERSION: '1', ACTIVE: true, INSTALLED: false });
  });

  it.each([
    ['data[CLEAN]=1', true],
    ['data[CLEAN]=0', false],
    ['data[CLEAN]=wipe', false],
    ['data[LANGUAGE_ID]=ru', false],
  ])('an uninstallation with %s erases: %p', (data, clean) =>
    expect(dataOf('ONAPPUNINSTALL', data).CLEAN).toBe(clean),
  );

  it('an update names both versions', () => {
    const data = 'data[VERSION]=2&data[PREVIOUS_VERSION]=1';
    expect(dataOf('ONAPPUPDATE', data)).toMatchObject({ VERSION: '2', PREVIOUS_VERSION: '1' });
  });

  it('a test brings back what it was given', () => {
    expect(dataOf('ONAPPTEST', 'data[QUERY][any]=data').QUERY).toEqual({ any: 'data' });
    expect(dataOf('ONAPPTEST', 'data[LANGUAGE_ID]=ru').QUERY).toEqual({});
  });

  it('a payment', () => {
    const data = 'data[CODE]=app&data[VERSION]=1&data[STATUS]=S&data[PAYMENT_EXPIRED]=N&data[DAYS]=30';
    expect(dataOf('ONAPPPAYMENT', data)).toMatchObject({ STATUS: 'S', PAYMENT_EXPIRED: false, DAYS: 30 });
  });

  it('a new user, with whatever else the portal tells of him', () => {
    expect(dataOf('ONUSERADD', 'data[ID]=7&data[EMAIL]=&data[UF_DEPARTMENT][0]=1')).toMatchObject({
      ID: 7,
      EMAIL: null,
      UF_DEPARTMENT: ['1'],
    });
  });

  it('a notice of offline events is empty', () => {
    expect(dataOf('ONOFFLINEEVENT', '')).toEqual({});
  });
});
