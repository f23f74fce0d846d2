/** What Bitrix24 posts, after the samples of its documentation. */

export const MEMBER = 'a223c6b3710f85df22e9377d6c4f7553';
export const APPLICATION_TOKEN = '51856fefc120afa4b628cc82d3935cce';
export const REFRESH_TOKEN = '4s386p3q0tr8dy89xvmt96234v3dljg8';
export const ACCESS_TOKEN = 's6p6eclrvim6da22ft9ch94ekreb52lv';

/** Every secret that these payloads hold. */
export const SECRETS = [APPLICATION_TOKEN, REFRESH_TOKEN, ACCESS_TOKEN];

const auth = {
  domain: 'acme.bitrix24.com',
  server_endpoint: 'https://oauth.bitrix.info/rest/',
  client_endpoint: 'https://acme.bitrix24.com/rest/',
  status: 'L',
  member_id: MEMBER,
  application_token: APPLICATION_TOKEN,
};
const tokens = {
  access_token: ACCESS_TOKEN,
  refresh_token: REFRESH_TOKEN,
  expires_in: '3600',
  scope: 'telephony',
};

type Fields = Readonly<Record<string, unknown>>;

/** ONAPPINSTALL, with other fields in `auth`. */
export function appInstall(changes: Fields = {}) {
  return {
    event: 'ONAPPINSTALL',
    data: { VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'en' },
    ts: '1696527000',
    auth: { ...auth, ...tokens, ...changes },
  };
}

/** ONAPPUPDATE, with other fields in `auth`. */
export function appUpdate(changes: Fields = {}) {
  return {
    event: 'ONAPPUPDATE',
    data: { VERSION: '2', PREVIOUS_VERSION: '1', LANGUAGE_ID: 'en' },
    ts: '1696527100',
    auth: { ...auth, ...tokens, ...changes },
  };
}

/** ONAPPUNINSTALL, which brings no tokens. */
export function appUninstall(clean: '0' | '1', changes: Fields = {}) {
  return {
    event: 'ONAPPUNINSTALL',
    data: { LANGUAGE_ID: 'en', CLEAN: clean },
    ts: '1696527200',
    auth: { ...auth, ...changes },
  };
}

/** ONEXTERNALCALLSTART: somebody has clicked a number. */
export function callStart(changes: Fields = {}) {
  return {
    event: 'ONEXTERNALCALLSTART',
    event_handler_id: '1055',
    data: {
      PHONE_NUMBER: '+74950000000',
      PHONE_NUMBER_INTERNATIONAL: '+74950000000',
      EXTENSION: '',
      USER_ID: '12',
      CALL_LIST_ID: '0',
      LINE_NUMBER: 'line-1',
      IS_MOBILE: '0',
      CALL_ID: 'externalCall.0123456789abcdef0123456789abcdef.1773236989',
      CRM_ENTITY_TYPE: 'CONTACT',
      CRM_ENTITY_ID: '797',
    },
    ts: '1773236988',
    auth: { ...auth, access_token: ACCESS_TOKEN, expires_in: '3600', ...changes },
  };
}

/** Any other event. */
export function portalEvent(event: string, data: Fields = {}, changes: Fields = {}) {
  return { event, data, ts: '1773236990', auth: { ...auth, ...changes } };
}

/** The body of a frame: every opening of the application, the first one too. */
export function frame(changes: Fields = {}) {
  return {
    AUTH_ID: ACCESS_TOKEN,
    AUTH_EXPIRES: '3600',
    REFRESH_ID: REFRESH_TOKEN,
    SERVER_ENDPOINT: 'https://oauth.bitrix.info/rest/',
    APPLICATION_TOKEN,
    APPLICATION_SCOPE: 'telephony,user_basic',
    member_id: MEMBER,
    status: 'L',
    PLACEMENT: 'DEFAULT',
    ...changes,
  };
}

/** The query of a frame. */
export const frameQuery = {
  DOMAIN: 'acme.bitrix24.com',
  PROTOCOL: '1',
  LANG: 'en',
  APP_SID: 'dd8cec11e347088f',
};
