import type { Samples } from './samples';

const source = {
  ID: '101',
  ENTITY_ID: 'SOURCE',
  STATUS_ID: 'CALL',
  NAME: 'Call',
  NAME_INIT: '',
  SORT: '10',
  SYSTEM: 'Y',
  CATEGORY_ID: null,
  COLOR: '#39A8EF',
  SEMANTICS: null,
  EXTRA: { SEMANTICS: 'process', COLOR: '#39A8EF' },
};

const lead = {
  id: 250,
  assignedById: 1,
  companyId: 0,
  contactId: 0,
  stageId: 'IN_PROCESS',
  title: 'Lead #250',
  name: 'Admin',
  lastName: 'Admins',
  phone: '+6111111111',
  phoneWork: '+6111111111',
  fm: [{ id: 101, valueType: 'WORK', value: '+6111111111', typeId: 'PHONE' }],
  observers: [],
  contactIds: [],
  ufCrm_1720019876534: '321',
};

/** UPPER_CASE, values as strings. */
const oldClient = {
  goodParams: [{ id: 250 }, { id: '250' }],
  badParams: [{}, { id: 'LEAD' }],
  goodResults: [
    { ID: '250', ASSIGNED_BY_ID: '1', NAME: 'Admin', PHONE: [{ ID: '1', VALUE: '+6111111111' }] },
    { ID: '250', ASSIGNED_BY_ID: null },
  ],
  badResults: [{}, [], { ASSIGNED_BY_ID: '1' }],
};

/** Samples of the documentation pages of crm.* and im.*, and what must not pass. */
export const crmSamples = {
  'crm.item.get': {
    goodParams: [
      { entityTypeId: 1, id: 250 },
      { entityTypeId: '128', id: '7', useOriginalUfNames: 'Y' },
    ],
    badParams: [{ id: 250 }, { entityTypeId: 1 }, { entityTypeId: 'LEAD', id: 250 }],
    goodResults: [{ item: lead }, { item: { id: '250', fm: 'none' } }],
    badResults: [{}, lead, { item: { title: 'Lead' } }],
  },
  'crm.lead.get': oldClient,
  'crm.contact.get': oldClient,
  'crm.company.get': oldClient,
  'crm.status.list': {
    goodParams: [{}, { filter: { ENTITY_ID: 'SOURCE' }, order: { SORT: 'ASC' } }],
    badParams: [{ order: { SORT: 1 } }],
    goodResults: [[], [source], [{ ...source, EXTRA: [] }]],
    badResults: [{}, [{ NAME: 'Call' }]],
  },
  'im.notify.system.add': {
    goodParams: [
      { USER_ID: 1, MESSAGE: 'The portal is red' },
      { USER_ID: '1', MESSAGE: 'm', TAG: 't', ATTACH: {} },
    ],
    badParams: [{ USER_ID: 1 }, { MESSAGE: 'm' }],
    goodResults: [123, '123', false],
    badResults: [true, {}, null],
  },
} as const satisfies Record<string, Samples>;
