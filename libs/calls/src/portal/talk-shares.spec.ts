import { officePolicy } from '../testing/office';
import { callOf } from '../testing/retell';
import { CLIENT_NUMBER, story, type Story } from '../testing/story';
import { desiredPortalCalls } from './desired-portal-calls';
import type { PortalPolicy } from './portal-policy';

const perTalk = (changes: Partial<PortalPolicy> = {}) =>
  officePolicy({ transfers: 'call-per-talk', ...changes });
const portalCallsOf = (told: Story, policy = perTalk()) => desiredPortalCalls(callOf(told), policy);

const talk = () =>
  story().comesIn('client').dials('1001').rings('1001').wait(3).talk('client', '1001').wait(9);
const handedOn = () =>
  talk()
    .unbridges('client', '1001')
    .ends('1001', 'NORMAL_CLEARING', { transferredAway: true })
    .dials('1002')
    .rings('1002')
    .wait(4);

describe('a portal call for each talk', () => {
  it('is the same one until somebody else talks, who sees the card of the first while his phone rings', () => {
    expect(portalCallsOf(handedOn())).toMatchObject([{ key: 'main', type: 2, cards: [2], filed: undefined }]);
  });

  it('ends with its talk, and the next is a call of type 3 of its own, which creates nothing in the CRM', () => {
    const told = handedOn().talk('client', '1002').wait(20);
    expect(portalCallsOf(told)).toMatchObject([
      { key: 'main', cards: [], filed: { userId: 1, durationSeconds: 9, statusCode: '200' } },
      {
        key: 'talk-2',
        externalCallId: 'call-of-client-2',
        type: 3,
        registerFor: 2,
        cards: [2],
        crmCreate: false,
        filed: undefined,
      },
    ]);
    expect(portalCallsOf(told.hangsUp('client').areDropped('1002'))).toMatchObject([
      { filed: { userId: 1, durationSeconds: 9 } },
      { filed: { userId: 2, durationSeconds: 20, statusCode: '200' } },
    ]);
  });

  it('of a client whom we called stays an outbound call', () => {
    const called = story().phones('1001', CLIENT_NUMBER).dials('gateway').talk('1001', 'gateway').wait(5);
    const told = called
      .ends('1001', 'NORMAL_CLEARING', { transferredAway: true })
      .dialsFor('1002', { linkedTo: ['gateway'] })
      .rings('1002')
      .talk('gateway', '1002');
    expect(portalCallsOf(told)).toMatchObject([
      { type: 1, filed: { userId: 1 } },
      { type: 1, registerFor: 2 },
    ]);
  });

  it('is not made for a transfer that nobody answered, nor for who comes back to his own client', () => {
    const nobody = handedOn().ends('1002', 'NO_ANSWER').ends('client');
    expect(portalCallsOf(nobody)).toMatchObject([{ key: 'main', filed: { userId: 1, durationSeconds: 9 } }]);
    const back = handedOn().ends('1002', 'NO_ANSWER').dials('1001-again').rings('1001-again');
    expect(portalCallsOf(back.talk('client', '1001-again'))).toMatchObject([{ key: 'main', cards: [1] }]);
  });

  it('is not made for a phone that the portal does not know: that talk goes with the one before', () => {
    const policy = perTalk({ userOf: (extension) => (extension === '1001' ? 1 : undefined) });
    const told = handedOn().talk('client', '1002').wait(20).hangsUp('client').areDropped('1002');
    expect(portalCallsOf(told, policy)).toMatchObject([{ key: 'main', filed: { userId: 1 } }]);
  });

  it('is one for all where the portal wants it so', () => {
    const told = handedOn().talk('client', '1002').wait(20).hangsUp('client').areDropped('1002');
    expect(portalCallsOf(told, officePolicy())).toMatchObject([
      { key: 'main', type: 2, filed: { userId: 2, durationSeconds: 33 } },
    ]);
  });
});
