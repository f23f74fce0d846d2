import { partiesOf } from '../parties';
import { officePolicy } from '../testing/office';
import { callOf } from '../testing/retell';
import { CLIENT_NUMBER, story, type Story } from '../testing/story';
import { cardHolders } from './card-holders';
import type { PortalPolicy } from './portal-policy';

function cardsIn(told: Story, policy: PortalPolicy = officePolicy()): number[] {
  const call = callOf(told);
  return cardHolders(call, partiesOf(call), policy);
}

/** Adds to a story, and says who sees the card then. */
const whoSees = (told: Story, policy?: PortalPolicy) => (next: (told: Story) => Story) =>
  cardsIn(next(told), policy);

const inTalkWith1001 = () =>
  story().comesIn('client').dials('1001').rings('1001').wait(3).talk('client', '1001').wait(9);

describe('who sees the card of an inbound call', () => {
  it('whose phone rings, not whose phone is being dialled', () => {
    const then = whoSees(story().comesIn('client').dials('1001'));
    expect(then((told) => told)).toEqual([]);
    expect(then((told) => told.rings('1001'))).toEqual([1]);
  });

  it('all of a group; on the answer only who answered, before the other legs end', () => {
    const then = whoSees(
      story().comesIn('client').dials('1001', '1002', '1003').rings('1001', '1003', '1002'),
    );
    expect(then((told) => told)).toEqual([1, 2, 3]);
    expect(then((told) => told.wait(3).answers('1002'))).toEqual([1, 2, 3]);
    expect(then((told) => told.talk('client', '1002'))).toEqual([2]);
    expect(then((told) => told.ends('1001', 'LOSE_RACE').ends('1003', 'LOSE_RACE').wait(60))).toEqual([2]);
    expect(then((told) => told.hangsUp('client').areDropped('1002'))).toEqual([]);
  });

  it('one after the other of a sequence, of which the first is busy', () => {
    const then = whoSees(
      story().comesIn('client').dials('1001').ends('1001', 'USER_BUSY', { sipStatus: 486 }),
    );
    expect(then((told) => told.dials('1002').rings('1002').wait(5))).toEqual([2]);
    expect(then((told) => told.ends('1002', 'ALLOTTED_TIMEOUT'))).toEqual([]);
    expect(then((told) => told.dials('1003').rings('1003'))).toEqual([3]);
  });

  it('a second phone that joins the ringing later (follow me)', () => {
    const then = whoSees(story().comesIn('client').dials('1001').rings('1001').wait(3));
    expect(then((told) => told.dials('1002').rings('1002'))).toEqual([1, 2]);
  });

  it('one user with two devices sees one card, and keeps it when the other device stops ringing', () => {
    const then = whoSees(
      story().comesIn('client').dials('1001', '1001-softphone').rings('1001', '1001-softphone'),
    );
    expect(then((told) => told)).toEqual([1]);
    expect(then((told) => told.talk('client', '1001-softphone').ends('1001', 'LOSE_RACE'))).toEqual([1]);
  });

  it('group confirm: who lifted but did not press the key sees it as ringing, until the key decides', () => {
    const then = whoSees(
      story().comesIn('client').dials('1001', '1002').rings('1001', '1002').answers('1001').wait(2),
    );
    expect(then((told) => told)).toEqual([1, 2]);
    expect(then((told) => told.talk('client', '1001'))).toEqual([1]);
  });

  it('an agent of a queue who answers when the caller is gone talks to nobody; no card is left behind', () => {
    const told = story()
      .comesIn('client')
      .answers('client')
      .dials('1001')
      .rings('1001')
      .wait(5)
      .hangsUp('client');
    expect(whoSees(told)((later) => later.answers('1001').areDropped('1001'))).toEqual([]);
  });

  it('early media and a phone that rings with 183 ring like any other', () => {
    expect(cardsIn(story().comesIn('client').dials('1001').rings('1001').bridges('client', '1001'))).toEqual([
      1,
    ]);
  });

  it('who talks keeps it on hold', () => {
    const then = whoSees(inTalkWith1001());
    expect(then((told) => told.holds('1001').wait(60))).toEqual([1]);
    expect(then((told) => told.resumes('1001').hangsUp('client'))).toEqual([1]);
    expect(then((told) => told.areDropped('1001'))).toEqual([]);
  });

  it('who picks a ringing call up sees it, the other no more, before his phone stops ringing', () => {
    const then = whoSees(story().comesIn('client').dials('1001').rings('1001').wait(3));
    expect(then((told) => told)).toEqual([1]);
    expect(then((told) => told.phones('1002', '**1001').talk('client', '1002'))).toEqual([2]);
    expect(then((told) => told.ends('1001', 'PICKED_OFF'))).toEqual([2]);
  });

  it('an eavesdropping supervisor never sees it', () => {
    expect(
      cardsIn(
        inTalkWith1001()
          .phones('1003', '*881001', { linkedTo: ['client'] })
          .answers('1003'),
      ),
    ).toEqual([1]);
  });
});

describe('who sees the card when the client is handed on', () => {
  it('blind: the phone that rings next, and no more who handed on once his phone is gone', () => {
    const then = whoSees(inTalkWith1001().unbridges('client', '1001'));
    expect(then((told) => told.dials('1002').rings('1002'))).toEqual([1, 2]);
    expect(then((told) => told.ends('1001', 'NORMAL_CLEARING', { transferredAway: true }))).toEqual([2]);
    expect(then((told) => told.wait(3).talk('client', '1002'))).toEqual([2]);
  });

  it('a colleague who is asked sees it while he is asked, and keeps it when he takes over', () => {
    const then = whoSees(
      inTalkWith1001()
        .dialsFor('1002', { linkedTo: ['1001'] })
        .rings('1002'),
    );
    expect(then((told) => told.wait(2).talk('1001', '1002'))).toEqual([1, 2]);
    expect(then((told) => told.hangsUp('1001').unbridges('1001', '1002').bridges('1002', 'client'))).toEqual([
      2,
    ]);
  });

  it('a colleague who was asked in vain sees it no more', () => {
    const then = whoSees(
      inTalkWith1001()
        .dialsFor('1002', { linkedTo: ['1001'] })
        .rings('1002')
        .talk('1001', '1002')
        .wait(5),
    );
    expect(then((told) => told.hangsUp('1002').unbridges('1001', '1002'))).toEqual([1]);
  });

  it('from hand to hand and back to the first', () => {
    const then = whoSees(
      inTalkWith1001().unbridges('client', '1001').ends('1001', 'NORMAL_CLEARING', { transferredAway: true }),
    );
    expect(then((told) => told.dials('1002').rings('1002').wait(2).talk('client', '1002').wait(5))).toEqual([
      2,
    ]);
    expect(
      then((told) =>
        told.unbridges('client', '1002').areDropped('1002').dials('1001-again').rings('1001-again'),
      ),
    ).toEqual([1]);
  });

  it('parked: nobody; who takes him from the slot', () => {
    const then = whoSees(
      inTalkWith1001().unbridges('client', '1001').areDropped('1001').parks('client', '6001'),
    );
    expect(then((told) => told.wait(20))).toEqual([]);
    expect(then((told) => told.phones('1002', '6001').answers('1002').bridges('client', '1002'))).toEqual([
      2,
    ]);
  });

  it("everybody in the client's conference", () => {
    const then = whoSees(
      inTalkWith1001().unbridges('client', '1001').enters('client', '3001').enters('1001', '3001'),
    );
    expect(then((told) => told.phones('1002', '3001').answers('1002').enters('1002', '3001'))).toEqual([
      1, 2,
    ]);
  });
});

describe('who sees the card of an outbound call', () => {
  it('who dialled, from the moment the outside is dialled, until he puts down', () => {
    const then = whoSees(story().phones('1001', CLIENT_NUMBER));
    expect(then((told) => told)).toEqual([]);
    expect(then((told) => told.dials('gateway'))).toEqual([1]);
    expect(then((told) => told.rings('gateway').talk('1001', 'gateway').wait(5))).toEqual([1]);
    expect(then((told) => told.hangsUp('1001'))).toEqual([]);
  });

  it('click-to-call: from the ring of his own phone', () => {
    const then = whoSees(story().originates('1001'));
    expect(then((told) => told)).toEqual([]);
    expect(then((told) => told.rings('1001'))).toEqual([1]);
    expect(then((told) => told.answers('1001').dials('gateway').rings('gateway'))).toEqual([1]);
    expect(
      then((told) => told.ends('gateway', 'GATEWAY_DOWN').dials('gateway-2').talk('1001', 'gateway-2')),
    ).toEqual([1]);
  });

  it('a phone that answers a click-to-call by itself does not ring', () => {
    expect(cardsIn(story().originates('1001').answers('1001'))).toEqual([1]);
  });

  it('the colleague whom the client is handed on to', () => {
    const told = story().phones('1001', CLIENT_NUMBER).dials('gateway').talk('1001', 'gateway').wait(5);
    const then = whoSees(told.ends('1001', 'NORMAL_CLEARING', { transferredAway: true }));
    expect(then((later) => later.dialsFor('1002', { linkedTo: ['gateway'] }).rings('1002'))).toEqual([2]);
    expect(then((later) => later.wait(1).talk('gateway', '1002'))).toEqual([2]);
  });

  it('nobody sees one of an internal call', () => {
    const then = whoSees(story().phones('1001', '1002').dials('1002').rings('1002'));
    // The ringing colleague would be a holder; internal calls are not filed, so nobody asks.
    expect(then((told) => told.hangsUp('1001').ends('1002'))).toEqual([]);
  });
});

describe('what the portal and its users want', () => {
  const policyOf = (wish: 'answered' | 'never') =>
    officePolicy({ cardPolicyOf: (userId) => (userId === 1 ? wish : 'ringing') });

  it('"when answered" hides the ring, also of who lifted a queue call that has nobody in it', () => {
    const then = whoSees(
      story().comesIn('client').dials('1001', '1002').rings('1001', '1002'),
      policyOf('answered'),
    );
    expect(then((told) => told)).toEqual([2]);
    expect(then((told) => told.answers('1001'))).toEqual([2]);
    expect(then((told) => told.talk('client', '1001'))).toEqual([1]);
  });

  it('"when answered" still shows it to who dialled: he is on the phone already', () => {
    expect(cardsIn(story().phones('1001', CLIENT_NUMBER).dials('gateway'), policyOf('answered'))).toEqual([
      1,
    ]);
  });

  it('"never" is never', () => {
    expect(cardsIn(inTalkWith1001(), policyOf('never'))).toEqual([]);
    expect(cardsIn(story().phones('1001', CLIENT_NUMBER).dials('gateway'), policyOf('never'))).toEqual([]);
  });

  it('an extension that the portal does not know has no card, and takes none from others', () => {
    const then = whoSees(story().comesIn('client').dials('1001', '999').rings('999', '1001'));
    expect(then((told) => told)).toEqual([1]);
    expect(then((told) => told.talk('client', '999'))).toEqual([]);
  });

  it('extensions are told apart by their domain', () => {
    const policy = officePolicy({
      userOf: (_extension, domain) => (domain === 'office.example' ? 1 : undefined),
    });
    const origin = { party: { kind: 'employee', extension: '1001', domain: 'other.example' } } as const;
    expect(cardsIn(story().comesIn('client').dials('1001').rings('1001'), policy)).toEqual([1]);
    expect(
      cardsIn(
        story()
          .comesIn('client')
          .dialsFor('1001', { origin, linkedTo: ['client'] })
          .rings('1001'),
        policy,
      ),
    ).toEqual([]);
  });
});
