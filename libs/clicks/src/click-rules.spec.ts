import type { ClickPhone } from '@app/calls';
import { clickRules, type ClickDefaults, type PortalClickSettings } from './click-rules';

const DEFAULTS: ClickDefaults = {
  staleMs: 15_000,
  callbackStaleMs: 60_000,
  allowedPrefixes: ['+'],
  deniedPrefixes: [],
  perUserPerMinute: 10,
  perPortalPerMinute: 60,
  callsPerUser: 2,
  ringSeconds: 30,
};

const AUTO_ANSWER: PortalClickSettings['autoAnswer'] = {
  everybody: 'call-info',
  users: { '12': { alertInfo: 'info=alert-autoanswer' } },
  extensions: { '1002': 'never', '1003': { alertInfo: 'Ring-Answer' } },
};

const { autoAnswerOf } = clickRules(DEFAULTS, { phone: 'desk', mobiles: {}, autoAnswer: AUTO_ANSWER });
const desk = (extension: string): ClickPhone => ({ kind: 'extension', extension });

describe('whether a phone is told to answer by itself is said', () => {
  it.each<[string, number, ClickPhone, ReturnType<typeof autoAnswerOf>]>([
    ['for everybody', 13, desk('1004'), { kind: 'call-info' }],
    ['for a user before that', 12, desk('1001'), { kind: 'alert-info', text: 'info=alert-autoanswer' }],
    ['for an extension before its user', 12, desk('1003'), { kind: 'alert-info', text: 'Ring-Answer' }],
    ['against it too', 12, desk('1002'), undefined],
    [
      'for his mobile by the user alone',
      12,
      { kind: 'mobile', number: '+79160000012' },
      { kind: 'alert-info', text: 'info=alert-autoanswer' },
    ],
  ])('%s', (_what, userId, phone, header) => {
    expect(autoAnswerOf(userId, phone)).toEqual(header);
  });
});
