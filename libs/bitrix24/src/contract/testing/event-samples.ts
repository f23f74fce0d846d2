import type { Samples } from './samples';

const record = {
  ID: '1',
  TIMESTAMP_X: '2024-07-18T12:32:31+02:00',
  EVENT_NAME: 'ONCRMLEADADD',
  EVENT_DATA: false,
  EVENT_ADDITIONAL: false,
  MESSAGE_ID: '1',
};

/** Samples of the documentation pages of event.*, and what must not pass. */
export const eventSamples = {
  'event.bind': {
    goodParams: [
      { event: 'ONEXTERNALCALLSTART', handler: 'https://calls.example/events' },
      { event: 'ONEXTERNALCALLBACKSTART', event_type: 'offline' },
      { event: 'ONOFFLINEEVENT', handler: 'https://calls.example/events', options: { minTimeout: 0 } },
    ],
    badParams: [
      { event: 'ONEXTERNALCALLSTART' },
      { event: '', handler: 'https://calls.example/events' },
      { event: 'ONEXTERNALCALLSTART', handler: 'https://calls.example/events', event_type: 'later' },
    ],
    goodResults: [true, 1],
    badResults: [null, {}],
  },
  'event.unbind': {
    goodParams: [{ event: 'ONEXTERNALCALLSTART', handler: 'https://calls.example/events', auth_type: '' }],
    badParams: [{ event: 'ONEXTERNALCALLSTART' }, { handler: 'https://calls.example/events' }],
    goodResults: [{ count: 1 }, { count: '0' }],
    badResults: [true, {}],
  },
  'event.get': {
    goodParams: [{}],
    badParams: [null],
    goodResults: [
      [],
      [{ event: 'ONCRMLEADADD', handler: 'https://calls.example/events', auth_type: '15', offline: 0 }],
    ],
    badResults: [{}, [{ event: 'ONCRMLEADADD' }]],
  },
  'event.test': {
    goodParams: [{}, { any: 'data' }],
    badParams: [null],
    goodResults: [1, true],
    badResults: [{}, null],
  },
  events: {
    goodParams: [{}, { SCOPE: 'telephony' }, { FULL: 'true' }],
    badParams: [{ SCOPE: 5 }],
    goodResults: [[], ['ONEXTERNALCALLSTART']],
    badResults: [{}, [null]],
  },
  'event.offline.list': {
    goodParams: [{}, { filter: { '=EVENT_NAME': 'ONCRMLEADADD' }, order: { ID: 'ASC' }, start: 50 }],
    badParams: [{ order: { ID: 'up' } }],
    goodResults: [
      [],
      [{ ...record, PROCESS_ID: '', ERROR: 0 }],
      [{ ...record, PROCESS_ID: 'yh3gu929sf0d32lsfysqas2y1hlpp09q', ERROR: '1' }],
    ],
    badResults: [{}, [{ EVENT_NAME: 'ONCRMLEADADD' }]],
  },
  'event.offline.get': {
    goodParams: [
      {},
      { filter: { '=EVENT_NAME': 'ONCRMLEADADD', '>=ID': 1 }, order: { ID: 'ASC' }, limit: 10, clear: 0 },
      { process_id: 'yh3gu929sf0d32lsfysqas2y1hlpp09q', clear: '0', error: 1 },
    ],
    badParams: [{ clear: 2 }, { order: { ID: 'up' } }],
    goodResults: [
      { process_id: null, events: [] },
      { process_id: 'yh3gu929sf0d32lsfysqas2y1hlpp09q', events: [record] },
      { process_id: null, events: [{ ...record, EVENT_DATA: { PHONE_NUMBER: '+1' }, EVENT_ADDITIONAL: [] }] },
    ],
    badResults: [[], { process_id: null }],
  },
  'event.offline.clear': {
    goodParams: [
      { process_id: 'yh3g' },
      { process_id: 'yh3g', id: [2] },
      { process_id: 'yh3g', message_id: ['1'] },
    ],
    badParams: [{}, { process_id: '' }, { process_id: 'yh3g', id: 2 }],
    goodResults: [true, false],
    badResults: [null, {}],
  },
} as const satisfies Record<string, Samples>;
