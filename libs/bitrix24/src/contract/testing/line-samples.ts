import type { Samples } from './samples';

/** Samples of the documentation pages of external lines, and what must not pass. */
export const lineSamples = {
  'telephony.externalLine.add': {
    goodParams: [{ NUMBER: 'line-1' }, { NUMBER: '+74950000000', NAME: 'Sales', CRM_AUTO_CREATE: 'N' }],
    badParams: [{}, { NUMBER: 'line-1', CRM_AUTO_CREATE: 'yes' }],
    goodResults: [{ ID: 7 }, { ID: '7' }],
    badResults: [{}, [], true],
  },
  'telephony.externalLine.update': {
    goodParams: [
      { NUMBER: 'line-1', NAME: 'Support' },
      { NUMBER: 'line-1', CRM_AUTO_CREATE: 'Y' },
    ],
    badParams: [{ NUMBER: 'line-1' }, { NAME: 'Support' }],
    goodResults: [{ ID: 7 }],
    badResults: [{}, []],
  },
  'telephony.externalLine.delete': {
    goodParams: [{ NUMBER: 'line-1' }],
    badParams: [{}],
    goodResults: [[], {}],
    badResults: [null, true],
  },
  'telephony.externalLine.get': {
    goodParams: [{}],
    badParams: [null],
    goodResults: [[], [{ NUMBER: 'line-1', NAME: 'Sales', CRM_AUTO_CREATE: 'Y' }], [{ NUMBER: 5, NAME: '' }]],
    badResults: [{}, [{ NAME: 'Sales' }]],
  },
  'voximplant.line.outgoing.get': {
    goodParams: [{}],
    badParams: [null],
    goodResults: ['reg150907', 'REST_APP:3', '', null],
    badResults: [{}, [], true],
  },
} as const satisfies Record<string, Samples>;
