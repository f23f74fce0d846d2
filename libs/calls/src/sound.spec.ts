import { hearingsOf } from './sound';
import { callOf } from './testing/retell';
import { story, STORY_BEGINS, type Story } from './testing/story';

/** Whom a leg heard, and from which second to which: `1001 5-65`; one that goes on has no end. */
function heardBy(leg: string, told: Story): string[] {
  return hearingsOf(callOf(told), leg).map(({ from, until, heard, inRoom }) => {
    const second = (at: number | undefined) => (at === undefined ? '' : String((at - STORY_BEGINS) / 1000));
    return `${[...heard].sort().join('+')} ${second(from.at)}-${second(until?.at)}${inRoom ? ' in a room' : ''}`;
  });
}

describe('who hears whom', () => {
  it('a plain call: from the bridge to the end', () => {
    const told = story().comesIn('client').dials('1001').rings('1001').wait(5).talk('client', '1001');
    expect(heardBy('client', told)).toEqual(['1001 5-']);
    told.wait(60).hangsUp('client').unbridges('client', '1001').areDropped('1001');
    expect(heardBy('client', told)).toEqual(['1001 5-65']);
    expect(heardBy('1001', told)).toEqual(['client 5-65']);
  });

  it('a ringing phone, an answered menu and a channel of no call hear nobody', () => {
    const told = story().comesIn('client').answers('client').wait(3).dials('1001').rings('1001');
    expect(heardBy('client', told)).toEqual([]);
    expect(heardBy('1001', told)).toEqual([]);
    expect(hearingsOf(callOf(told), 'somebody-else')).toEqual([]);
  });

  it('early media is no talk: the bridge comes with the 183, both answers two seconds later', () => {
    const told = story()
      .phones('1001', '+79161234567')
      .dials('gateway')
      .rings('gateway')
      .bridges('1001', 'gateway');
    expect(heardBy('1001', told)).toEqual([]);
    told.wait(2).answers('gateway', '1001').wait(8).hangsUp('gateway');
    expect(heardBy('1001', told)).toEqual(['gateway 2-10']);
    expect(heardBy('gateway', told)).toEqual(['1001 2-10']);
  });

  it('early media that nobody answers is silence', () => {
    const told = story()
      .phones('1001', '+79161234567')
      .dials('gateway')
      .rings('gateway')
      .bridges('1001', 'gateway');
    told
      .wait(3)
      .ends('1001', 'ORIGINATOR_CANCEL')
      .unbridges('1001', 'gateway')
      .ends('gateway', 'ORIGINATOR_CANCEL');
    expect(heardBy('1001', told)).toEqual([]);
    expect(heardBy('gateway', told)).toEqual([]);
  });

  it('a phone that was answered but not bridged (group confirm) hears nobody', () => {
    const told = story().comesIn('client').answers('client').dials('1001').rings('1001').answers('1001');
    expect(heardBy('client', told)).toEqual([]);
  });

  it('att_xfer: the agent is bridged to a colleague while the client still is to the agent', () => {
    const told = story().comesIn('client').dials('1001').talk('client', '1001').wait(10);
    told
      .dialsFor('1002', { linkedTo: ['1001'] })
      .rings('1002')
      .wait(2)
      .talk('1001', '1002');
    expect(heardBy('client', told)).toEqual(['1001 0-12']);
    told
      .wait(8)
      .hangsUp('1001')
      .unbridges('1001', '1002')
      .unbridges('client', '1001')
      .bridges('1002', 'client');
    expect(heardBy('client', told)).toEqual(['1001 0-12', '1002 20-']);
    expect(heardBy('1002', told)).toEqual(['1001 12-20', 'client 20-']);
  });

  it('att_xfer taken back: the client hears the agent again without a new bridge', () => {
    const told = story().comesIn('client').dials('1001').talk('client', '1001').wait(10);
    told
      .dialsFor('1002', { linkedTo: ['1001'] })
      .talk('1001', '1002')
      .wait(5)
      .hangsUp('1002')
      .unbridges('1001', '1002');
    expect(heardBy('client', told)).toEqual(['1001 0-10', '1001 15-']);
  });

  it('a loopback pair is looked through', () => {
    const told = story().comesIn('client').loopback('lo-a', 'lo-b', 'client').wait(1);
    told
      .dialsFor('mobile', { linkedTo: ['lo-b'] })
      .rings('mobile')
      .wait(5)
      .answers('mobile', 'lo-b', 'lo-a', 'client');
    told.bridges('lo-b', 'mobile').bridges('client', 'lo-a');
    expect(heardBy('client', told)).toEqual(['mobile 6-']);
    expect(heardBy('mobile', told)).toEqual(['client 6-']);
  });

  it('a loopback pair that bows out changes nothing for those who talk', () => {
    const told = story().comesIn('client').loopback('lo-a', 'lo-b', 'client');
    told.dialsFor('mobile', { linkedTo: ['lo-b'] }).answers('mobile', 'lo-b', 'lo-a', 'client');
    told.bridges('lo-b', 'mobile').bridges('client', 'lo-a').wait(2);
    told.bridges('client', 'mobile').ends('lo-a').ends('lo-b').wait(10).hangsUp('client');
    expect(heardBy('client', told)).toEqual(['mobile 0-12']);
  });

  it('a loopback pair with nobody behind it is silence', () => {
    const told = story()
      .comesIn('client')
      .loopback('lo-a', 'lo-b', 'client')
      .answers('lo-b', 'lo-a', 'client');
    expect(heardBy('client', told.bridges('client', 'lo-a'))).toEqual([]);
  });

  it('a loopback leg of which the other half is not known leads nowhere', () => {
    const origin = { party: { kind: 'loopback' } } as const;
    const told = story()
      .comesIn('client')
      .dialsFor('lo-a', { linkedTo: ['client'], origin })
      .talk('client', 'lo-a');
    expect(heardBy('client', told)).toEqual([]);
  });

  it('loopback pairs plugged into a ring end the search', () => {
    const told = story()
      .comesIn('client')
      .loopback('lo-a', 'lo-b', 'client')
      .loopback('lp-a', 'lp-b', 'client');
    told.answers('client', 'lo-a', 'lo-b', 'lp-a', 'lp-b').bridges('lo-b', 'lp-a').bridges('lp-b', 'lo-a');
    expect(heardBy('client', told.bridges('client', 'lo-a'))).toEqual([]);
  });

  it('bypass media: the UNBRIDGE names nobody and ends whatever bridge there was', () => {
    const told = story().comesIn('client').dials('1001').talk('client', '1001').wait(7).unbridges('client');
    expect(heardBy('client', told)).toEqual(['1001 0-7']);
  });

  it('an UNBRIDGE that names the next partner instead of the last does not keep the old bridge alive', () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .talk('client', '1001')
      .wait(7)
      .dials('1002')
      .answers('1002');
    told.unbridges('client', '1002').hangsUp('1001').wait(1).bridges('client', '1002');
    expect(heardBy('client', told)).toEqual(['1001 0-7', '1002 8-']);
  });

  it('the same pair bridged a second time talks twice', () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .talk('client', '1001')
      .wait(5)
      .unbridges('client', '1001');
    told.wait(3).bridges('client', '1001').wait(4).unbridges('1001', 'client');
    expect(heardBy('client', told)).toEqual(['1001 0-5', '1001 8-12']);
  });

  it('the end of the partner comes before the UNBRIDGE (fifo)', () => {
    const told = story().comesIn('client').answers('client').phones('1001', '5902').answers('1001');
    told
      .bridges('1001', 'client')
      .wait(9)
      .hangsUp('client')
      .wait(0.018)
      .unbridges('1001', 'client')
      .areDropped('1001');
    expect(heardBy('1001', told)).toEqual(['client 0-9']);
  });

  it('an UNBRIDGE told before its BRIDGE belongs to an earlier bridge', () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .answers('1001', 'client')
      .unbridges('client', '1001')
      .wait(2);
    expect(heardBy('client', told.bridges('client', '1001'))).toEqual(['1001 2-']);
  });

  it('a bridge with a channel that belongs to no call is silence', () => {
    const told = story().comesIn('client').answers('client').bridges('client', 'never-seen');
    expect(heardBy('client', told)).toEqual([]);
  });
});

describe('conference rooms', () => {
  const threeInARoom = () =>
    story()
      .comesIn('client')
      .dials('1001')
      .talk('client', '1001')
      .wait(5)
      .unbridges('client', '1001')
      .enters('client', '3001')
      .enters('1001', '3001')
      .wait(10)
      .phones('1002', '3001')
      .answers('1002')
      .enters('1002', '3001');

  it('everybody in the room hears everybody', () => {
    const told = threeInARoom().wait(20);
    expect(heardBy('client', told)).toEqual(['1001 0-5', '1001 5-15 in a room', '1001+1002 15- in a room']);
    told.leaves('1001', '3001').hangsUp('1001').wait(5).leaves('client', '3001').hangsUp('client');
    expect(heardBy('1002', told)).toEqual(['1001+client 15-35 in a room', 'client 35-40 in a room']);
  });

  it('who comes back into the room is heard again', () => {
    const told = threeInARoom().wait(5).leaves('1001', '3001').wait(5).enters('1001', '3001').wait(5);
    expect(heardBy('client', told).slice(2)).toEqual([
      '1001+1002 15-20 in a room',
      '1002 20-25 in a room',
      '1001+1002 25- in a room',
    ]);
  });

  it('people in different rooms do not hear each other', () => {
    const told = story().comesIn('client').dials('1001').answers('client', '1001');
    expect(heardBy('client', told.enters('client', '3001').enters('1001', '3002'))).toEqual([]);
  });

  it('a leg that died in the room without leaving it (crash) is heard no more', () => {
    const told = threeInARoom().wait(5).isLost('1002').wait(5).leaves('1001', '3001');
    expect(heardBy('client', told).slice(2)).toEqual(['1001+1002 15-20 in a room', '1001 20-25 in a room']);
  });

  it('a room is not heard until the leg is answered', () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .answers('1001')
      .enters('1001', '3001')
      .enters('client', '3001');
    expect(heardBy('client', told)).toEqual([]);
    expect(heardBy('client', told.wait(1).answers('client'))).toEqual(['1001 1- in a room']);
  });
});
