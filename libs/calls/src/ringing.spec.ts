import { rungExtensions } from './ringing';
import { callOf } from './testing/retell';
import { CLIENT_NUMBER, story, type Story } from './testing/story';

const rungIn = (told: Story) => rungExtensions(callOf(told));

describe('which extensions rang', () => {
  it('in the order in which the phones began to ring, not in which they were dialled', () => {
    const told = story()
      .comesIn('client')
      .dials('1001', '1002', '1003')
      .rings('1003')
      .wait(0.1)
      .rings('1001', '1002');
    expect(rungIn(told)).toEqual(['1003', '1001', '1002']);
  });

  it('an early observation that comes late is put where it belongs', () => {
    const { observations } = story()
      .comesIn('client')
      .dials('1001', '1002')
      .rings('1001')
      .wait(1)
      .rings('1002');
    const [incoming, first, second, ring1, ring2] = observations;
    expect(rungExtensions(callOf([incoming!, first!, second!, ring2!, ring1!]))).toEqual(['1001', '1002']);
  });

  it('a phone that was dialled and refused at once never rang', () => {
    expect(
      rungIn(story().comesIn('client').dials('1001').ends('1001', 'USER_BUSY', { sipStatus: 486 })),
    ).toEqual([]);
  });

  it('two devices of one employee, or a second round of the queue, count once', () => {
    const told = story().comesIn('client').dials('1001', '1001-softphone').rings('1001', '1001-softphone');
    told.wait(9).ends('1001', 'NO_ANSWER').ends('1001-softphone', 'NO_ANSWER').dials('1002').rings('1002');
    expect(rungIn(told.wait(9).ends('1002', 'NO_ANSWER').dials('1001-again').rings('1001-again'))).toEqual([
      '1001',
      '1002',
    ]);
  });

  it('a mobile is no extension, a caller does not ring', () => {
    const told = story().phones('1001', CLIENT_NUMBER).rings('1001').dials('mobile').rings('mobile');
    expect(rungIn(told)).toEqual([]);
  });

  it("in a click-to-call the employee's own phone rings", () => {
    expect(rungIn(story().originates('1001').rings('1001'))).toEqual(['1001']);
  });
});
