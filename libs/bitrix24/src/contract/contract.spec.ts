import { requestLimitOf } from './app-info';
import { contract } from './contract';
import type { MethodName } from './contract';
import { errorEnvelope, successEnvelope } from './envelope';
import { uploadResult } from './external-call-attach-record';
import { crmSamples } from './testing/crm-samples';
import { eventSamples } from './testing/event-samples';
import { lineSamples } from './testing/line-samples';
import type { Samples } from './testing/samples';
import { systemSamples } from './testing/system-samples';

const CALL_ID = 'externalCall.0123456789abcdef0123456789abcdef.1773130779';

const registration = {
  USER_ID: 1269,
  PHONE_NUMBER: '+19062195047',
  TYPE: 2,
  CALL_START_DATE: '2026-03-07T10:20:30+03:00',
  CRM_CREATE: 1,
  SHOW: 0,
  LINE_NUMBER: 'line-1',
  EXTERNAL_CALL_ID: 'call-1',
};

const registered = {
  CALL_ID,
  CRM_CREATED_LEAD: null,
  CRM_CREATED_ENTITIES: [],
  CRM_ENTITY_TYPE: 'CONTACT',
  CRM_ENTITY_ID: 797,
};

const finished = {
  CALL_ID,
  EXTERNAL_CALL_ID: null,
  PORTAL_USER_ID: 1269,
  PHONE_NUMBER: '19062195047',
  PORTAL_NUMBER: '3',
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
  REST_APP_NAME: 'app',
  CRM_ACTIVITY_ID: 7943,
  COMMENT: null,
  CRM_ENTITY_TYPE: 'CONTACT',
  CRM_ENTITY_ID: 797,
  ID: 7,
};

const clientFound = {
  CRM_ENTITY_TYPE: 'CONTACT',
  CRM_ENTITY_ID: 651,
  ASSIGNED_BY_ID: 99,
  NAME: 'A B',
  ASSIGNED_BY: {
    ID: '99',
    TIMEMAN_STATUS: 'CLOSED',
    USER_PHONE_INNER: null,
    WORK_PHONE: null,
    PERSONAL_PHONE: null,
    PERSONAL_MOBILE: '19062195047',
  },
};

/** The samples of the documentation pages, and what must not pass. */
const samples: Record<MethodName, Samples> = {
  ...crmSamples,
  ...eventSamples,
  ...lineSamples,
  ...systemSamples,
  'telephony.externalCall.register': {
    goodParams: [
      registration,
      { USER_PHONE_INNER: '1001', PHONE_NUMBER: '+1', TYPE: '5' },
      { ...registration, USER_ID: '1269', CALL_START_DATE: '2026-03-07T07:20:30Z' },
    ],
    badParams: [
      { PHONE_NUMBER: '+1', TYPE: 2 },
      { ...registration, TYPE: 6 },
      { ...registration, CALL_START_DATE: '2026-03-07T10:20:30' },
      { ...registration, CALL_START_DATE: '07.03.2026 10:20:30' },
      { ...registration, CRM_ENTITY_TYPE: 'DEAL' },
      { ...registration, SHOW: 2 },
      { ...registration, PHONE_NUMBER: undefined },
    ],
    goodResults: [
      registered,
      { ...registered, CRM_ENTITY_TYPE: '', CRM_ENTITY_ID: null },
      {
        ...registered,
        CRM_CREATED_LEAD: '5',
        CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: '5' }],
      },
      { ...registered, LEAD_CREATION_ERROR: 'No rights' },
    ],
    badResults: [{}, [], null, { ...registered, CALL_ID: '' }, { ...registered, CALL_ID: 5 }],
  },
  'telephony.externalCall.show': {
    goodParams: [{ CALL_ID }, { CALL_ID, USER_ID: 5 }, { CALL_ID, USER_ID: [5, '6'] }],
    badParams: [{}, { CALL_ID, USER_ID: 'all' }],
    goodResults: [true, false],
    badResults: [null, {}, 'shown'],
  },
  'telephony.externalCall.hide': {
    goodParams: [
      { CALL_ID, USER_ID: 5 },
      { CALL_ID, USER_ID: [5, 6] },
    ],
    badParams: [{ USER_ID: 5 }, { CALL_ID, USER_ID: -1 }],
    goodResults: [true, false],
    badResults: [null, {}],
  },
  'telephony.externalCall.finish': {
    goodParams: [
      { CALL_ID, USER_ID: 1269 },
      { CALL_ID, USER_PHONE_INNER: '1001', DURATION: 95, STATUS_CODE: '603-S', VOTE: 5, ADD_TO_CHAT: 1 },
      { CALL_ID, USER_ID: '1269', DURATION: '0', COST: '1.5', VOTE: null, STATUS_CODE: 'OTHER' },
    ],
    badParams: [
      { USER_ID: 1269 },
      { CALL_ID },
      { CALL_ID: 5, USER_ID: 1269 },
      { CALL_ID, USER_ID: 1269, STATUS_CODE: '200 OK' },
      { CALL_ID, USER_ID: 1269, DURATION: -1 },
      { CALL_ID, USER_ID: 1269, DURATION: 1.5 },
      { CALL_ID, USER_ID: 1269, VOTE: 6 },
    ],
    goodResults: [
      finished,
      { ...finished, REST_APP_ID: 3, CALL_FAILED_CODE: 304, COST: '0.0000' },
      { CALL_ID, COST: 'a lot' },
    ],
    badResults: [{}, [], true, { ...finished, CALL_ID: null }],
  },
  'telephony.externalCall.attachRecord': {
    goodParams: [
      { CALL_ID, FILENAME: 'talk.mp3', FILE_CONTENT: 'QUJD' },
      { CALL_ID, FILENAME: 'talk.wav' },
      { CALL_ID, RECORD_URL: 'https://pbx.example/talk.mp3' },
    ],
    badParams: [{ CALL_ID }, { FILENAME: 'talk.mp3' }, { CALL_ID, FILE_CONTENT: 'QUJD' }],
    goodResults: [
      { FILE_ID: 9079 },
      { FILE_ID: '9079' },
      {
        uploadUrl: 'https://company.bitrix24.com/rest/upload.json?auth=a&token=telephony|b',
        fieldName: 'file',
      },
    ],
    badResults: [{}, [], true, { fieldName: 'file' }],
  },
  'telephony.externalCall.searchCrmEntities': {
    goodParams: [{ PHONE_NUMBER: '+19062195047' }],
    badParams: [{}, { PHONE_NUMBER: null }],
    goodResults: [
      [],
      [clientFound],
      [
        {
          ...clientFound,
          CRM_ENTITY_ID: '651',
          ASSIGNED_BY: { ...clientFound.ASSIGNED_BY, TIMEMAN_STATUS: 'X' },
        },
      ],
    ],
    badResults: [{}, null, [{ CRM_ENTITY_TYPE: 'CONTACT' }]],
  },
  'voximplant.statistic.get': {
    goodParams: [
      {},
      { FILTER: { CALL_ID }, SORT: 'ID', ORDER: 'DESC', start: 50 },
      { FILTER: { '>=CALL_START_DATE': '2026-03-07', '!CALL_FAILED_CODE': ['200', '304'] }, start: -1 },
    ],
    badParams: [
      { FILTER: { NOT_A_FIELD: 1 } },
      { FILTER: { '~CALL_ID': 1 } },
      { SORT: 'CALL_TYPE' },
      { ORDER: 'UP' },
    ],
    goodResults: [
      [],
      [
        {
          ID: '7',
          CALL_ID,
          CALL_DURATION: '95',
          CALL_TYPE: '2',
          CALL_FAILED_CODE: '200',
          RECORD_FILE_ID: 9079,
        },
      ],
    ],
    badResults: [{}, null, [{ ID: '7' }]],
  },
  'user.get': {
    goodParams: [{}, { FILTER: { ACTIVE: true }, select: ['ID', 'UF_PHONE_INNER'], start: 50 }],
    badParams: [{ FILTER: 'ACTIVE' }, { select: 'ID' }, { order: 'up' }],
    goodResults: [
      [],
      [{ ID: '1', ACTIVE: true, NAME: 'A', UF_PHONE_INNER: '1001', UF_DEPARTMENT: [1], TIMESTAMP_X: {} }],
      [{ ID: 1 }, { ID: '2', UF_PHONE_INNER: null, ACTIVE: 'N' }],
    ],
    badResults: [{}, [{ NAME: 'A' }]],
  },
};

describe.each(Object.entries(samples))('%s', (method, { goodParams, badParams, goodResults, badResults }) => {
  const { params, result } = contract[method as MethodName];

  it.each(goodParams)('takes %j', (sample) => expect(params.safeParse(sample).error).toBeUndefined());
  it.each(badParams)('refuses to take %j', (sample) => expect(params.safeParse(sample).success).toBe(false));
  it.each(goodResults.map((sample) => ({ sample })))('reads $sample', ({ sample }) =>
    expect(result.safeParse(sample).error).toBeUndefined(),
  );
  it.each(badResults.map((sample) => ({ sample })))('refuses to read $sample', ({ sample }) =>
    expect(result.safeParse(sample).success).toBe(false),
  );
});

describe('one form for each value', () => {
  it('in a finished call', () => {
    const { result } = contract['telephony.externalCall.finish'];
    expect(result.parse({ ...finished, CALL_FAILED_CODE: 304 })).toMatchObject({
      REST_APP_ID: 3,
      CALL_START_DATE: null,
      CALL_FAILED_CODE: '304',
      COST_CURRENCY: null,
      EXTERNAL_CALL_ID: null,
    });
    expect(result.parse({ CALL_ID, COST: 'a lot' }).COST).toBeNull();
  });

  it('in a client found by his number', () => {
    const { result } = contract['telephony.externalCall.searchCrmEntities'];
    expect(result.parse([clientFound])[0]?.ASSIGNED_BY).toMatchObject({ ID: 99, USER_PHONE_INNER: null });
  });

  it('in an employee without an extension, however the portal says so', () => {
    const { result } = contract['user.get'];
    const users = result.parse([
      { ID: '1', UF_PHONE_INNER: null },
      { ID: '2', UF_PHONE_INNER: '' },
      { ID: '3' },
    ]);
    expect(users.map((user) => user.UF_PHONE_INNER)).toEqual([null, null, null]);
  });

  it('in a client: an id of 0 is none', () => {
    const { item } = contract['crm.item.get'].result.parse({ item: { id: '250', companyId: 0, uf: 'kept' } });
    expect(item).toMatchObject({ id: 250, companyId: null, title: null, uf: 'kept' });
  });

  it('in an owner of a token who was dismissed', () => {
    expect(contract.profile.result.parse([])).toMatchObject({ ID: null });
  });

  it('in a notice that was not made', () => {
    expect(contract['im.notify.system.add'].result.parse(false)).toBeNull();
  });

  it('in an offline event', () => {
    const record = { ID: '1', EVENT_NAME: 'OnCrmLeadAdd', EVENT_DATA: false, MESSAGE_ID: 1 };
    const { events } = contract['event.offline.get'].result.parse({ events: [record] });
    expect(events[0]).toMatchObject({
      ID: 1,
      EVENT_NAME: 'ONCRMLEADADD',
      EVENT_DATA: null,
      EVENT_ADDITIONAL: null,
    });
  });

  it('in a binding', () => {
    const binding = { event: 'onAppTest', handler: 'https://calls.example/', auth_type: '0', offline: '1' };
    expect(contract['event.get'].result.parse([binding])).toEqual([
      { event: 'ONAPPTEST', handler: 'https://calls.example/', auth_type: 0, offline: true },
    ]);
  });
});

describe('the request limit', () => {
  it.each([
    ['ent', 250, 5],
    ['std', 50, 2],
    [null, 50, 2],
  ])('of the plan family %p is %d, losing %d a second', (family, capacity, drainPerSecond) =>
    expect(requestLimitOf(family)).toEqual({ capacity, drainPerSecond }),
  );
});

describe('the envelope', () => {
  it('has result, total, next and time', () => {
    const body = {
      result: [],
      total: 51,
      next: 50,
      time: { operating: 0.5, operating_reset_at: 1773130779 },
    };
    expect(successEnvelope.parse(body)).toEqual(body);
    expect(successEnvelope.parse({ result: false }).result).toBe(false);
    expect(successEnvelope.safeParse({}).success).toBe(false);
  });

  it('is an error when the key is there, even empty', () => {
    expect(errorEnvelope.parse({ error: '', error_description: 'Call is not found' }).error).toBe('');
    expect(errorEnvelope.safeParse({ result: true }).success).toBe(false);
  });

  it('of an upload may be anything', () => {
    expect(uploadResult.parse({ FILE_ID: '5' }).FILE_ID).toBe(5);
    expect(uploadResult.parse('ok')).toEqual({});
  });
});
