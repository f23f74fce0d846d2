import { callFacts } from './call-facts';
import { callOf } from './testing/retell';
import { CLIENT_NUMBER, story, type Story } from './testing/story';

/** `blind 1001->1002`, with `!` when the client talked to nobody after it. */
const transfersIn = (told: Story): string[] =>
  callFacts(callOf(told), 0).transfers.map(
    ({ kind, by, to, answered }) => `${kind} ${by}->${to}${answered ? '' : '!'}`,
  );

const talkWith1001 = () =>
  story().comesIn('client').dials('1001').rings('1001').wait(5).talk('client', '1001').wait(10);
const talkWith1002 = (told: Story) => told.dials('1002').rings('1002').wait(3).talk('client', '1002').wait(9);

describe('blind transfers', () => {
  it('by REFER: the phone names itself', () => {
    const told = talkWith1001().ends('1001', 'NORMAL_CLEARING', { transferredAway: true, endedBy: 'phone' });
    told.isTransferred('client', '1002', '1001').unbridges('client', '1001');
    expect(transfersIn(talkWith1002(told).hangsUp('client').areDropped('1002'))).toEqual([
      'blind 1001->1002',
    ]);
  });

  it('by a feature code: its application is the last on the leg of who transferred', () => {
    const told = talkWith1001().isTransferred('client', '1002').unbridges('client', '1001');
    told.ends('1001', 'NORMAL_CLEARING', { endedBy: 'switch', lastApplication: 'execute_extension' });
    expect(transfersIn(talkWith1002(told).hangsUp('client'))).toEqual(['blind 1001->1002']);
  });

  it('over the API: neither phone did it', () => {
    const told = talkWith1001()
      .isTransferred('client', '1002')
      .unbridges('client', '1001')
      .areDropped('1001');
    expect(transfersIn(talkWith1002(told).hangsUp('1002'))).toEqual(['blind api->1002']);
  });

  it('after a short talk: what brought him to the first employee is routing', () => {
    const told = story().comesIn('client').isTransferred('client', '1001').dials('1001').rings('1001');
    told.wait(0.2).talk('client', '1001').wait(1.1).isTransferred('client', '1002');
    told.unbridges('client', '1001').areDropped('1001');
    expect(transfersIn(talkWith1002(told).hangsUp('1002'))).toEqual(['blind api->1002']);
  });

  it('are not what a group was rung by, however short the talk', () => {
    const told = story().comesIn('client').isTransferred('client', '2001').dials('1001').rings('1001');
    told.wait(1.3).talk('client', '1001').wait(0.4).hangsUp('client').areDropped('1001');
    expect(transfersIn(told)).toEqual([]);
  });

  it('written down a moment after the talk has ended', () => {
    const told = talkWith1001().wait(0.98).unbridges('client', '1001').areDropped('1001');
    told.wait(0.03).isTransferred('client', '1002');
    expect(transfersIn(talkWith1002(told).hangsUp('1002'))).toEqual(['blind api->1002']);
  });

  it('into nothing: the client is lost', () => {
    const told = talkWith1001().ends('1001', 'NORMAL_CLEARING', { transferredAway: true });
    told
      .isTransferred('client', '1002', '1001')
      .unbridges('client', '1001')
      .ends('client', 'NORMAL_CLEARING');
    expect(transfersIn(told)).toEqual(['blind 1001->1002!']);
  });

  it('the target does not answer', () => {
    const told = talkWith1001().ends('1001', 'NORMAL_CLEARING', { transferredAway: true });
    told
      .isTransferred('client', '1002', '1001')
      .unbridges('client', '1001')
      .dials('1002')
      .rings('1002')
      .wait(20);
    expect(transfersIn(told.ends('1002', 'NO_ANSWER').ends('client', 'NO_ANSWER'))).toEqual([
      'blind 1001->1002!',
    ]);
  });

  it('there and back to the first employee, each told with every later event', () => {
    const told = talkWith1001().ends('1001', 'NORMAL_CLEARING', { transferredAway: true });
    told.isTransferred('client', '1002', '1001').unbridges('client', '1001');
    talkWith1002(told).ends('1002', 'NORMAL_CLEARING', { transferredAway: true });
    told
      .isTransferred('client', '1001', '1002')
      .unbridges('client', '1002')
      .dials('1001-again')
      .talk('client', '1001-again')
      .wait(9);
    const repeated = told.observations.filter((seen) => seen.type === 'ChannelTransferred');
    told.observations.push(...repeated);
    expect(transfersIn(told.hangsUp('client').areDropped('1001-again'))).toEqual([
      'blind 1001->1002',
      'blind 1002->1001',
    ]);
  });

  it('of the client whom an employee had dialled', () => {
    const told = story().phones('1001', CLIENT_NUMBER).dials('gateway').talk('1001', 'gateway').wait(9);
    told.ends('1001', 'NORMAL_CLEARING', { transferredAway: true }).isTransferred('gateway', '1002', '1001');
    expect(
      transfersIn(
        told
          .dialsFor('1002', { linkedTo: ['gateway'] })
          .talk('gateway', '1002')
          .wait(9),
      ),
    ).toEqual(['blind 1001->1002']);
  });

  it('behind a loopback, before it bows out: its inner half is what is transferred', () => {
    const told = story().comesIn('client').loopback('lo-a', 'lo-b', 'client');
    told
      .dialsFor('1001', { linkedTo: ['lo-b'] })
      .rings('1001')
      .wait(5)
      .answers('1001', 'lo-a', 'lo-b');
    told.bridges('lo-b', '1001').answers('client').bridges('client', 'lo-a').wait(1);
    told.ends('1001', 'NORMAL_CLEARING', { transferredAway: true, endedBy: 'switch' });
    told.isTransferred('lo-b', '1002', '1001').unbridges('lo-b', '1001');
    told
      .dialsFor('1002', { linkedTo: ['lo-b'] })
      .rings('1002')
      .wait(3)
      .talk('lo-b', '1002')
      .wait(9);
    expect(transfersIn(told.hangsUp('client'))).toEqual(['blind 1001->1002']);
  });

  it('learns who asked for it from a later event', () => {
    const told = talkWith1001()
      .isTransferred('client', '1002')
      .isTransferred('client', '1002', '1001')
      .unbridges('client', '1001');
    expect(transfersIn(talkWith1002(told.areDropped('1001')))).toEqual(['blind 1001->1002']);
  });
});

describe('what is no transfer to another person', () => {
  it("the dial plan's own routing before the first talk", () => {
    const told = story()
      .comesIn('client')
      .isTransferred('client', '1001')
      .wait(1.5)
      .dials('1001')
      .talk('client', '1001')
      .wait(9);
    expect(transfersIn(told.hangsUp('client'))).toEqual([]);
  });

  it('routing to a phone that answers by itself, in the same second', () => {
    const told = story()
      .comesIn('client')
      .isTransferred('client', '1001')
      .wait(0.3)
      .dials('1001')
      .talk('client', '1001')
      .wait(9);
    expect(transfersIn(told.hangsUp('client').areDropped('1001'))).toEqual([]);
  });

  it('the survey that the dial plan puts the client through when the employee has hung up', () => {
    const told = talkWith1001()
      .hangsUp('1001')
      .unbridges('client', '1001')
      .wait(0.2)
      .isTransferred('client', 'survey')
      .wait(9);
    expect(transfersIn(told.hangsUp('client'))).toEqual([]);
  });

  it('a parking slot, from which a colleague takes the client', () => {
    const told = talkWith1001()
      .isTransferred('client', '6001')
      .unbridges('client', '1001')
      .areDropped('1001')
      .parks('client', '6001');
    told.wait(20).phones('1002', '6001').answers('1002').bridges('client', '1002').wait(9);
    expect(transfersIn(told.hangsUp('client').areDropped('1002'))).toEqual([]);
  });

  it('a free slot that the switch chose, and parking a second time', () => {
    const told = talkWith1001()
      .isTransferred('client', '6000')
      .unbridges('client', '1001')
      .areDropped('1001')
      .parks('client', '6017');
    told.wait(20).phones('1002', '6017').answers('1002').bridges('client', '1002').wait(9);
    told
      .isTransferred('client', '6000')
      .unbridges('client', '1002')
      .areDropped('1002')
      .parks('client', '6018')
      .wait(5);
    told.phones('1003', '6018').answers('1003').bridges('client', '1003').wait(9);
    expect(transfersIn(told.hangsUp('client').areDropped('1003'))).toEqual([]);
  });

  it('a conference room', () => {
    const told = talkWith1001().isTransferred('client', '3001').unbridges('client', '1001');
    told.enters('client', '3001-office.example').enters('1001', '3001-office.example').wait(9);
    expect(transfersIn(told.hangsUp('client').areDropped('1001'))).toEqual([]);
  });

  it("a colleague's leg that is sent somewhere", () => {
    const told = talkWith1001().isTransferred('1001', 'moh').wait(3);
    expect(transfersIn(told.hangsUp('client').areDropped('1001'))).toEqual([]);
  });

  it('anything in an internal call, and in one that nobody answered', () => {
    const told = story()
      .phones('1001', '1002')
      .dials('1002')
      .talk('1001', '1002')
      .wait(5)
      .isTransferred('1001', '1003');
    expect(
      transfersIn(told.unbridges('1001', '1002').hangsUp('1002').dials('1003').talk('1001', '1003').wait(5)),
    ).toEqual([]);
    expect(
      transfersIn(story().comesIn('client').isTransferred('client', '1001').wait(3).hangsUp('client')),
    ).toEqual([]);
  });
});

describe('attended transfers', () => {
  it('att_xfer: the asked colleague takes the client', () => {
    const told = talkWith1001()
      .dialsFor('1002', { linkedTo: ['1001'] })
      .rings('1002')
      .wait(2)
      .talk('1001', '1002')
      .wait(8);
    told
      .hangsUp('1001')
      .unbridges('1001', '1002')
      .unbridges('client', '1001')
      .bridges('1002', 'client')
      .wait(9);
    expect(transfersIn(told.hangsUp('client').areDropped('1002'))).toEqual(['attended 1001->1002']);
  });

  it('REFER with Replaces: two calls of the employee become one', () => {
    const told = talkWith1001()
      .holds('1001')
      .phones('1001-line2', '1002')
      .dialsFor('1002', { linkedTo: ['1001-line2'] });
    told
      .rings('1002')
      .talk('1001-line2', '1002')
      .wait(8)
      .unbridges('1001-line2', '1002')
      .hangsUp('1001-line2')
      .resumes('1001');
    told.hangsUp('1001').unbridges('client', '1001').bridges('client', '1002').wait(9);
    expect(transfersIn(told.hangsUp('client').areDropped('1002'))).toEqual(['attended 1001->1002']);
  });

  it('a refused consultation is none', () => {
    const told = talkWith1001()
      .dialsFor('1002', { linkedTo: ['1001'] })
      .rings('1002')
      .ends('1002', 'USER_BUSY', { sipStatus: 486 });
    expect(transfersIn(told.wait(9).hangsUp('client').areDropped('1001'))).toEqual([]);
  });

  it('a consultation after which the client stays with the first', () => {
    const told = talkWith1001()
      .dialsFor('1002', { linkedTo: ['1001'] })
      .talk('1001', '1002')
      .wait(5)
      .hangsUp('1002');
    expect(transfersIn(told.unbridges('1001', '1002').wait(9).hangsUp('client').areDropped('1001'))).toEqual(
      [],
    );
  });

  it('on and on: each who was asked takes it', () => {
    const told = talkWith1001()
      .dialsFor('1002', { linkedTo: ['1001'] })
      .talk('1001', '1002')
      .wait(5);
    told.hangsUp('1001').unbridges('1001', '1002').bridges('1002', 'client').wait(9);
    told
      .dialsFor('1001-again', { linkedTo: ['1002'] })
      .talk('1002', '1001-again')
      .wait(5);
    told.hangsUp('1002').unbridges('1002', '1001-again').bridges('1001-again', 'client').wait(9);
    expect(transfersIn(told.hangsUp('client').areDropped('1001-again'))).toEqual([
      'attended 1001->1002',
      'attended 1002->1001',
    ]);
  });
});
