import { StoreError } from '../store-error';
import { readPortalSettings } from './portal-settings';

describe('portal settings', () => {
  it('need the default user, and have what is usual for the rest', () => {
    expect(readPortalSettings({ defaultUserId: 1 })).toEqual({
      defaultUserId: 1,
      anonymousNumber: '00000000',
      crm: { inbound: { create: true, source: 'CALL' }, outbound: { create: true, source: 'CALL' } },
      addToChat: { inbound: false, outbound: false },
      cards: { users: {} },
      calls: {
        transfers: 'one-call',
        unanswered: 'missed',
        missed: { responsible: 'last-rung', notify: false },
        ignore: { numbers: [], lines: [] },
      },
      phones: [],
      clicks: {
        phone: 'desk',
        mobiles: {},
        autoAnswer: { everybody: 'never', users: {}, extensions: {} },
        callbackUsers: {},
      },
    });
  });

  it('are the same when they are read again', () => {
    const settings = readPortalSettings({
      defaultUserId: 7,
      cards: { everybody: 'answered', users: { '12': 'never' } },
    });
    expect(readPortalSettings(settings)).toEqual(settings);
  });

  it.each([
    [{}, 'defaultUserId'],
    [{ defaultUserId: 0 }, 'defaultUserId'],
    [{ defaultUserId: '1' }, 'defaultUserId'],
    [{ defaultUserId: 1, defaultRegion: 'ru' }, 'defaultRegion'],
    [{ defaultUserId: 1, finishWhen: 'never' }, 'finishWhen'],
    [{ defaultUserId: 1, crm: { inbound: { source: '' } } }, 'crm.inbound.source'],
    [{ defaultUserId: 1, cards: { users: { anna: 'never' } } }, 'cards.users.anna'],
    [{ defaultUserId: 1, phones: [{ switchId: '' }] }, 'phones.0.switchId'],
    [{ defaultUserId: 1, clicks: { allowedPrefixes: ['7'] } }, 'clicks.allowedPrefixes'],
    [{ defaultUserId: 1, clicks: { mobiles: { '1': '8916' } } }, 'clicks.mobiles.1'],
    [
      { defaultUserId: 1, clicks: { autoAnswer: { extensions: { '10 01': 'never' } } } },
      'clicks.autoAnswer.extensions.10 01',
    ],
    [{ defaultUserId: 1, calls: { transfers: 'two' } }, 'calls.transfers'],
    [{ defaultUserId: 1, calls: { ignore: { numbers: ['anonymous'] } } }, 'calls.ignore.numbers.0'],
    [{ defaultUserId: 1, colour: 'red' }, 'colour'],
    [[], ''],
  ])('%j are refused for %s', (settings, where) => {
    expect(() => readPortalSettings(settings)).toThrow(StoreError);
    expect(() => readPortalSettings(settings)).toThrow(where);
  });
});
