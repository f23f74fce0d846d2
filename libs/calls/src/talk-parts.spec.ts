import { callFacts } from './call-facts';
import { callOf } from './testing/retell';
import { CLIENT_NUMBER, story, type Story } from './testing/story';

/** `1001 10`: extension and seconds; `1001 with 1002 8` a consultation. */
const partsIn = (told: Story): string[] =>
  callFacts(callOf(told), told.observations.at(-1)!.moment.at).talkParts.map((part) =>
    [part.extension, ...(part.with ? ['with', part.with] : []), String(part.seconds)].join(' '),
  );

const talkWith1001 = () =>
  story().comesIn('client').dials('1001').rings('1001').talk('client', '1001').wait(10);

describe('talks of two people', () => {
  it('a plain talk is one part; while it goes on, up to now', () => {
    expect(partsIn(talkWith1001().rings('client'))).toEqual(['1001 10']);
    expect(partsIn(talkWith1001().hangsUp('client').areDropped('1001'))).toEqual(['1001 10']);
  });

  it('hold is part of the talk, also when the client puts down on hold', () => {
    const told = talkWith1001()
      .holds('1001')
      .wait(5)
      .resumes('1001')
      .wait(5)
      .holds('1001')
      .wait(3)
      .resumes('1001');
    expect(partsIn(told.hangsUp('client').areDropped('1001'))).toEqual(['1001 23']);
  });

  it('a blind transfer makes two parts', () => {
    const told = talkWith1001()
      .unbridges('client', '1001')
      .areDropped('1001')
      .wait(4)
      .dials('1002')
      .rings('1002')
      .wait(2);
    expect(partsIn(told.talk('client', '1002').wait(7).hangsUp('client'))).toEqual(['1001 10', '1002 7']);
  });

  it('att_xfer: the talk ends where the colleague is dialled', () => {
    const told = talkWith1001()
      .dialsFor('1002', { linkedTo: ['1001'] })
      .rings('1002')
      .wait(2)
      .talk('1001', '1002')
      .wait(8);
    told
      .hangsUp('1001')
      .unbridges('1001', '1002')
      .bridges('1002', 'client')
      .wait(20)
      .hangsUp('client')
      .areDropped('1002');
    expect(partsIn(told)).toEqual(['1001 10', '1001 with 1002 8', '1002 20']);
  });

  it('REFER with Replaces: the talk ends where the client was put on hold, the consultation is on another line', () => {
    const told = talkWith1001()
      .holds('1001')
      .wait(3)
      .phones('1001-line2', '1002')
      .dialsFor('1002', { linkedTo: ['1001-line2'] });
    told
      .rings('1002')
      .wait(2)
      .talk('1001-line2', '1002')
      .wait(8)
      .unbridges('1001-line2', '1002')
      .hangsUp('1001-line2');
    told
      .resumes('1001')
      .hangsUp('1001')
      .unbridges('client', '1001')
      .bridges('client', '1002')
      .wait(20)
      .hangsUp('client');
    expect(partsIn(told.areDropped('1002'))).toEqual(['1001 10', '1001 with 1002 8', '1002 20']);
  });

  it('two colleagues asked one after the other, with the client on hold', () => {
    const told = talkWith1001();
    for (const colleague of ['1002', '1003']) {
      const line = `1001-asks-${colleague}`;
      told
        .holds('1001')
        .phones(line, colleague, { linkedTo: ['client'] })
        .dialsFor(colleague, { linkedTo: [line] });
      told
        .talk(line, colleague)
        .wait(8)
        .unbridges(line, colleague)
        .hangsUp(colleague)
        .areDropped(line)
        .resumes('1001')
        .wait(10);
    }
    expect(partsIn(told.hangsUp('client').areDropped('1001'))).toEqual([
      '1001 10',
      '1001 with 1002 8',
      '1001 10',
      '1001 with 1003 8',
      '1001 10',
    ]);
  });

  it('a consultation counts once, though the clock of the switch gave both its legs the same time', () => {
    const told = talkWith1001()
      .holds('1001')
      .phones('1001-line2', '1002', { linkedTo: ['client'] })
      .dialsFor('1002', { linkedTo: ['client'] });
    const [line2, asked] = told.observations
      .splice(-2)
      .map((seen) => ({ ...seen, moment: { at: seen.moment.at, seq: 0 } }));
    told.observations.push(asked!, line2!);
    expect(partsIn(told.talk('1001-line2', '1002').wait(8).rings('client'))).toEqual([
      '1001 10',
      '1001 with 1002 8',
    ]);
  });

  it('an earlier hold that was taken back does not shorten the talk before a consultation', () => {
    const told = talkWith1001()
      .holds('1001')
      .wait(3)
      .resumes('1001')
      .wait(40)
      .dialsFor('1002', { linkedTo: ['1001'] });
    told
      .talk('1001', '1002')
      .wait(8)
      .hangsUp('1001')
      .unbridges('1001', '1002')
      .bridges('1002', 'client')
      .wait(5);
    expect(partsIn(told.hangsUp('client'))).toEqual(['1001 53', '1001 with 1002 8', '1002 5']);
  });

  it('a refused consultation leaves one talk with a short silence in it, or none', () => {
    const told = talkWith1001()
      .dialsFor('1002', { linkedTo: ['1001'] })
      .ends('1002', 'USER_BUSY', { sipStatus: 486 })
      .wait(10);
    expect(partsIn(told.hangsUp('client').areDropped('1001'))).toEqual(['1001 20']);
  });

  it('the re-plugging of legs for a few milliseconds is no talk', () => {
    const told = talkWith1001()
      .unbridges('client', '1001')
      .wait(0.1)
      .bridges('client', '1001')
      .wait(0.15)
      .hangsUp('client');
    expect(partsIn(told)).toEqual(['1001 10']);
  });

  it('a mobile has no extension, a conference room no parts', () => {
    expect(
      partsIn(story().comesIn('client').dials('mobile').talk('client', 'mobile').wait(9).hangsUp('client')),
    ).toEqual([]);
    const told = talkWith1001()
      .unbridges('client', '1001')
      .enters('client', '3001')
      .enters('1001', '3001')
      .wait(20);
    expect(partsIn(told.hangsUp('client').areDropped('1001'))).toEqual(['1001 10']);
  });

  it('internal: what the colleague talked with the caller', () => {
    const told = story()
      .phones('1001', '1002')
      .dials('1002')
      .talk('1001', '1002')
      .wait(6)
      .hangsUp('1001')
      .areDropped('1002');
    expect(partsIn(told)).toEqual(['1002 6']);
  });

  it('outbound: what the employee talked with the client', () => {
    const told = story()
      .phones('1001', CLIENT_NUMBER)
      .dials('gateway')
      .talk('1001', 'gateway')
      .wait(6)
      .hangsUp('gateway');
    expect(partsIn(told.areDropped('1001'))).toEqual(['1001 6']);
  });
});
