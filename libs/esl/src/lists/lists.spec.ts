import { CHANNEL_CALL_STATES, CHANNEL_STATES, isChannelCallState, isChannelState } from './channel-states';
import { EVENT_NAMES, isEventName } from './event-names';
import { HANGUP_CAUSES, isHangupCause, q850Of } from './hangup-causes';

/** Counts and members of FreeSWITCH 1.11 (switch_event.c, switch_channel.c, switch_types.h). */
describe('the switch’s own lists', () => {
  it('event names: 93, without ALL', () => {
    expect(EVENT_NAMES).toHaveLength(93);
    expect(new Set(EVENT_NAMES).size).toBe(93);
    expect([EVENT_NAMES[0], EVENT_NAMES.at(-1)]).toEqual(['CUSTOM', 'CERT_RELOAD']);
    expect(['CHANNEL_HANGUP_COMPLETE', 'BACKGROUND_JOB', 'SHUTDOWN_REQUESTED'].every(isEventName)).toBe(true);
    expect(['ALL', 'channel_create', 'toString', ''].some(isEventName)).toBe(false);
  });

  it('hangup causes: 82 with their numbers', () => {
    expect(Object.keys(HANGUP_CAUSES)).toHaveLength(82);
    expect(HANGUP_CAUSES).toMatchObject({
      NONE: 0,
      UNALLOCATED_NUMBER: 1,
      NORMAL_CLEARING: 16,
      USER_BUSY: 17,
      NO_ANSWER: 19,
      CALL_REJECTED: 21,
      NORMAL_TEMPORARY_FAILURE: 41,
      INTERWORKING: 127,
      ORIGINATOR_CANCEL: 487,
      LOSE_RACE: 702,
      PICKED_OFF: 805,
      USER_NOT_REGISTERED: 806,
      REJECT_ALL: 825,
    });
    expect(isHangupCause('ALLOTTED_TIMEOUT')).toBe(true);
    expect(['BRAND_NEW', 'toString', ''].some(isHangupCause)).toBe(false);
  });

  it('Q.850 numbers: only for causes a carrier knows', () => {
    expect([q850Of('USER_BUSY'), q850Of('INTERWORKING')]).toEqual([17, 127]);
    expect([q850Of('NONE'), q850Of('SUCCESS'), q850Of('LOSE_RACE')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('channel states: 14, call states: 9', () => {
    expect(CHANNEL_STATES).toHaveLength(14);
    expect(CHANNEL_CALL_STATES).toHaveLength(9);
    expect([isChannelState('CS_EXCHANGE_MEDIA'), isChannelState('EXCHANGE_MEDIA')]).toEqual([true, false]);
    expect([isChannelCallState('RING_WAIT'), isChannelCallState('CCS_HELD')]).toEqual([true, false]);
  });
});
