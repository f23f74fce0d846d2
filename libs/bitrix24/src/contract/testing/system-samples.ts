import type { Samples } from './samples';

const application = {
  ID: 5,
  CODE: 'telefum24.kp10',
  VERSION: 4,
  STATUS: 'F',
  INSTALLED: true,
  PAYMENT_EXPIRED: 'N',
  DAYS: null,
  LANGUAGE_ID: 'de',
  LICENSE: 'de_ent10000',
  LICENSE_TYPE: 'ent10000',
  LICENSE_FAMILY: 'ent',
};

const owner = { ID: '1', ADMIN: true, NAME: 'A', LAST_NAME: 'B', PERSONAL_GENDER: '', TIME_ZONE: '' };

/** Samples of the documentation pages of system methods, and what must not pass. */
export const systemSamples = {
  'app.info': {
    goodParams: [{}],
    badParams: [null],
    goodResults: [application, { ...application, DAYS: -3, PAYMENT_EXPIRED: 'Y' }, {}],
    badResults: [[], true, { INSTALLED: 'maybe' }],
  },
  'user.current': {
    goodParams: [{}],
    badParams: [null],
    goodResults: [{ ID: '1', ACTIVE: true, UF_PHONE_INNER: '1001', TIMESTAMP_X: {} }],
    badResults: [[], {}],
  },
  profile: {
    goodParams: [{}],
    badParams: [null],
    goodResults: [owner, []],
    badResults: [[owner], true],
  },
  scope: {
    goodParams: [{}, { full: true }],
    badParams: [{ full: 'all' }],
    goodResults: [[], ['telephony', 'user_basic']],
    badResults: [{}, 'telephony'],
  },
  'method.get': {
    goodParams: [{ name: 'telephony.externalcall.register' }, {}],
    badParams: [{ name: 5 }],
    goodResults: [{ isExisting: true, isAvailable: false }],
    badResults: [{}, true],
  },
  'server.time': {
    goodParams: [{}],
    badParams: [null],
    goodResults: ['2024-07-18T12:48:40+02:00'],
    badResults: [{}, '', 1721299720],
  },
  batch: {
    goodParams: [{ cmd: { a: 'user.current' }, halt: 0 }, { cmd: ['scope', 'profile'] }],
    badParams: [{}, { cmd: 'scope' }, { cmd: { a: { method: 'scope' } } }],
    goodResults: [
      { result: { a: true }, result_error: [], result_total: [], result_next: [], result_time: { a: {} } },
      { result: [], result_error: { a: { error: 'insufficient_scope', error_description: '' } } },
      { result: [true, false], result_error: [] },
    ],
    badResults: [[], { result: {} }, { result: 'ok', result_error: [] }],
  },
} as const satisfies Record<string, Samples>;
