import { outcomeOf } from '../outcome';
import { partiesOf } from '../parties';
import { talksOf } from '../talks';
import { callOf } from '../testing/retell';
import { CLIENT_NUMBER, story, type Story } from '../testing/story';
import { failedReason, portalStatusCode } from './status-code';

/** The portal's status code, and the reason shown to people: `486 busy: USER_BUSY, SIP 486`. */
function filedAs(told: Story, unanswered: 'missed' | 'exact' = 'missed'): string {
  const call = callOf(told);
  const parties = partiesOf(call);
  const outcome = outcomeOf(call, parties)!;
  const talked = talksOf(call, parties).length > 0;
  const ended = { call, parties, outcome, talked };
  const reason = failedReason(ended);
  return [portalStatusCode(ended, unanswered), ...(reason ? [reason] : [])].join(' ');
}

const dialledOut = () => story().phones('1001', CLIENT_NUMBER).dials('gateway');
const refused = (cause: string, sipStatus?: number) =>
  dialledOut().ends('gateway', cause, { sipStatus }).ends('1001', cause);

describe("the portal's word for an outbound call", () => {
  // freeswitch-facts, section 6.
  it.each<[string, Story, string]>([
    ['talked', dialledOut().talk('1001', 'gateway').wait(9).hangsUp('gateway').areDropped('1001'), '200'],
    ['486', refused('USER_BUSY', 486), '486 busy: USER_BUSY, SIP 486'],
    ['603', refused('CALL_REJECTED', 603), '603 declined: CALL_REJECTED, SIP 603'],
    ['403', refused('CALL_REJECTED', 403), '403 failed: CALL_REJECTED, SIP 403'],
    ['402', refused('CALL_REJECTED', 402), '402 failed: CALL_REJECTED, SIP 402'],
    [
      '401, the network does not know us',
      refused('CALL_REJECTED', 401),
      '403 failed: CALL_REJECTED, SIP 401',
    ],
    ['407', refused('CALL_REJECTED', 407), '403 failed: CALL_REJECTED, SIP 407'],
    ['423', refused('INTERWORKING', 423), '423 failed: INTERWORKING, SIP 423'],
    ['given up while ringing', refused('ORIGINATOR_CANCEL'), '603-S cancelled: ORIGINATOR_CANCEL'],
    ['call_timeout', refused('NO_ANSWER'), '480 no-answer: NO_ANSWER'],
    ['leg_timeout', refused('ALLOTTED_TIMEOUT'), '480 no-answer: ALLOTTED_TIMEOUT'],
    ['480', refused('NO_USER_RESPONSE', 480), '480 failed: NO_USER_RESPONSE, SIP 480'],
    ['408', refused('RECOVERY_ON_TIMER_EXPIRE', 408), '480 failed: RECOVERY_ON_TIMER_EXPIRE, SIP 408'],
    ['404', refused('UNALLOCATED_NUMBER', 404), '404 failed: UNALLOCATED_NUMBER, SIP 404'],
    ['604', refused('NO_ROUTE_DESTINATION', 604), '404 failed: NO_ROUTE_DESTINATION, SIP 604'],
    ['410', refused('NUMBER_CHANGED', 410), '404 failed: NUMBER_CHANGED, SIP 410'],
    ['484', refused('INVALID_NUMBER_FORMAT', 484), '484 failed: INVALID_NUMBER_FORMAT, SIP 484'],
    ['488', refused('INCOMPATIBLE_DESTINATION', 488), 'OTHER failed: INCOMPATIBLE_DESTINATION, SIP 488'],
    ['500, 503', refused('NORMAL_TEMPORARY_FAILURE', 503), '503 failed: NORMAL_TEMPORARY_FAILURE, SIP 503'],
    ['a gateway that is down', refused('GATEWAY_DOWN'), '503 failed: GATEWAY_DOWN'],
    ['shutdown', refused('SYSTEM_SHUTDOWN'), 'OTHER failed: SYSTEM_SHUTDOWN'],
    ['a cause that is not in the table', refused('CRASH'), 'OTHER failed: CRASH'],
    [
      'no gateway to be had',
      story().phones('1001', CLIENT_NUMBER).ends('1001', 'NO_ROUTE_DESTINATION'),
      '404 failed: NO_ROUTE_DESTINATION',
    ],
    ['nobody saw its end', dialledOut().isLost('gateway').isLost('1001'), 'OTHER lost'],
    [
      'no cause at all',
      dialledOut().ends('gateway', undefined, { hangupCause: undefined }).ends('1001'),
      'OTHER failed',
    ],
  ])('%s', (_what, told, filed) => {
    expect(filedAs(told)).toBe(filed);
  });

  it('the last gateway decides', () => {
    const told = dialledOut()
      .ends('gateway', 'NORMAL_TEMPORARY_FAILURE', { sipStatus: 503 })
      .dials('gateway-2');
    expect(
      filedAs(told.ends('gateway-2', 'USER_BUSY', { sipStatus: 486 }).ends('1001', 'USER_BUSY')),
    ).toMatch(/^486/);
  });
});

describe("the portal's word for a click-to-call", () => {
  it.each<[string, Story, string]>([
    [
      'the employee declines',
      story().originates('1001').rings('1001').ends('1001', 'CALL_REJECTED', { sipStatus: 603 }),
      '603 agent-declined: CALL_REJECTED, SIP 603',
    ],
    [
      'the employee does not lift',
      story().originates('1001').rings('1001').ends('1001', 'NO_ANSWER'),
      '480 agent-no-answer: NO_ANSWER',
    ],
    [
      'the client is busy',
      story()
        .originates('1001')
        .answers('1001')
        .dials('gateway')
        .ends('gateway', 'USER_BUSY', { sipStatus: 486 })
        .ends('1001', 'USER_BUSY'),
      '486 busy: USER_BUSY, SIP 486',
    ],
    [
      "the employee gives up while the client's phone rings",
      story()
        .originates('1001')
        .answers('1001')
        .dials('gateway')
        .rings('gateway')
        .hangsUp('1001')
        .ends('gateway', 'NORMAL_CLEARING'),
      '603-S cancelled',
    ],
  ])('%s', (_what, told, filed) => {
    expect(filedAs(told)).toBe(filed);
  });
});

describe("the portal's word for an inbound call", () => {
  const offered = () => story().comesIn('client').dials('1001').rings('1001').wait(5);

  it.each<[string, Story, string]>([
    ['talked', offered().talk('client', '1001').wait(3).hangsUp('client').areDropped('1001'), '200'],
    ['talked, its end lost', offered().talk('client', '1001').wait(3).isLost('client').isLost('1001'), '200'],
    ['nobody came', offered().ends('1001', 'NO_ANSWER').ends('client'), '304 missed: NO_ANSWER'],
    [
      'busy',
      offered().ends('1001', 'USER_BUSY', { sipStatus: 486 }).ends('client', 'USER_BUSY'),
      '304 busy: USER_BUSY, SIP 486',
    ],
    [
      'declined',
      offered().ends('1001', 'CALL_REJECTED', { sipStatus: 603 }).ends('client', 'CALL_REJECTED'),
      '304 declined: CALL_REJECTED, SIP 603',
    ],
    [
      'given up',
      offered().ends('client', 'ORIGINATOR_CANCEL').ends('1001', 'ORIGINATOR_CANCEL'),
      '304 missed: ORIGINATOR_CANCEL',
    ],
    [
      'nobody registered',
      story().comesIn('client').ends('client', 'USER_NOT_REGISTERED'),
      '304 failed: USER_NOT_REGISTERED',
    ],
    ['a menu only', story().comesIn('client').answers('client').wait(3).hangsUp('client'), '304 missed'],
    ['lost while it rang', offered().isLost('client').isLost('1001'), '304 lost'],
    [
      'a queue, in which nobody was called',
      story()
        .comesIn('client')
        .answers('client')
        .waitsIn('client', 'support')
        .wait(9)
        .leavesQueue('client', 'support', 'BREAK_OUT')
        .hangsUp('client'),
      '304 missed: queue support, BREAK_OUT',
    ],
  ])('%s', (_what, told, filed) => {
    expect(filedAs(told)).toBe(filed);
  });

  it('a redirection explains nothing: the phone it led to does', () => {
    const told = offered()
      .ends('1001', 'REDIRECTION_TO_NEW_DESTINATION', { sipStatus: 302 })
      .dials('1002')
      .rings('1002');
    expect(filedAs(told.ends('1002', 'NO_ANSWER').ends('client', 'NO_ANSWER'))).toBe('304 missed: NO_ANSWER');
  });
});

describe("the portal's exact word for an inbound call, where it wants to know", () => {
  const offered = () => story().comesIn('client').dials('1001').rings('1001').wait(5);

  it.each<[string, Story, string]>([
    ['busy', offered().ends('1001', 'USER_BUSY', { sipStatus: 486 }).ends('client'), '486 '],
    ['declined', offered().ends('1001', 'CALL_REJECTED', { sipStatus: 603 }).ends('client'), '603 '],
    ['nobody came', offered().ends('1001', 'NO_ANSWER').ends('client'), '304 '],
    ['nobody registered', story().comesIn('client').ends('client', 'USER_NOT_REGISTERED'), '480 '],
    ['no such number', story().comesIn('client').ends('client', 'UNALLOCATED_NUMBER'), '404 '],
    ['lost while it rang', offered().isLost('client').isLost('1001'), 'OTHER '],
    ['talked', offered().talk('client', '1001').wait(3).hangsUp('client').areDropped('1001'), '200'],
  ])('%s', (_what, told, code) => {
    expect(filedAs(told, 'exact').startsWith(code)).toBe(true);
    expect(filedAs(told)).toMatch(/^(304|200)/);
  });
});
