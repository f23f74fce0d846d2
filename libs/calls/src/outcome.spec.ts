import { outcomeOf } from './outcome';
import { callOf } from './testing/retell';
import { CLIENT_NUMBER, story, type Story } from './testing/story';

const outcomeIn = (told: Story) => outcomeOf(callOf(told));

/** An inbound call for one phone, which ends with this cause; the caller's leg ends with that one. */
function offeredTo1001(
  cause: string,
  callerCause: string,
  { rang = true, sip }: { rang?: boolean; sip?: number } = {},
) {
  const told = story().comesIn('client').dials('1001');
  if (rang) told.rings('1001').wait(5);
  return told
    .ends('1001', cause, sip ? { sipStatus: sip, endedBy: 'phone' } : {})
    .ends('client', callerCause);
}

/** An employee dials a client; the gateway's leg ends with this cause. */
function dialledOut(
  cause: string,
  callerCause: string,
  { rang = false, sip }: { rang?: boolean; sip?: number } = {},
) {
  const told = story().phones('1001', CLIENT_NUMBER).dials('gateway');
  if (rang) told.rings('gateway').wait(5);
  return told
    .ends('gateway', cause, sip ? { sipStatus: sip, endedBy: 'phone' } : {})
    .ends('1001', callerCause);
}

describe('how an inbound call ended', () => {
  it('has no outcome while a leg lives', () => {
    const told = story().comesIn('client').dials('1001').talk('client', '1001').hangsUp('client');
    expect(outcomeIn(told)).toBeUndefined();
    expect(outcomeIn(told.areDropped('1001'))).toBe('answered');
  });

  // freeswitch-facts, section 6: cause of B, cause of A.
  it.each([
    ['486 after ringing', 'USER_BUSY', 'USER_BUSY', { sip: 486 }, 'busy'],
    ['486 at once', 'USER_BUSY', 'USER_BUSY', { sip: 486, rang: false }, 'busy'],
    ['603', 'CALL_REJECTED', 'CALL_REJECTED', { sip: 603 }, 'declined'],
    ['a rejection without its SIP status', 'CALL_REJECTED', 'CALL_REJECTED', {}, 'declined'],
    ['the caller gives up while it rings', 'ORIGINATOR_CANCEL', 'ORIGINATOR_CANCEL', {}, 'missed'],
    [
      'the caller gives up before it rings',
      'ORIGINATOR_CANCEL',
      'ORIGINATOR_CANCEL',
      { rang: false },
      'missed',
    ],
    ['call_timeout', 'NO_ANSWER', 'NORMAL_CLEARING', {}, 'missed'],
    ['leg_timeout', 'ALLOTTED_TIMEOUT', 'ALLOTTED_TIMEOUT', {}, 'missed'],
    ['480 after ringing', 'NO_USER_RESPONSE', 'NORMAL_CLEARING', { sip: 480 }, 'missed'],
    [
      '480 at once (do not disturb)',
      'NO_USER_RESPONSE',
      'NORMAL_CLEARING',
      { sip: 480, rang: false },
      'failed',
    ],
    ['404', 'UNALLOCATED_NUMBER', 'UNALLOCATED_NUMBER', { sip: 404, rang: false }, 'failed'],
    ['604', 'NO_ROUTE_DESTINATION', 'NO_ROUTE_DESTINATION', { sip: 604, rang: false }, 'failed'],
    ['484', 'INVALID_NUMBER_FORMAT', 'INVALID_NUMBER_FORMAT', { sip: 484, rang: false }, 'failed'],
    ["403, which is no person's word", 'CALL_REJECTED', 'CALL_REJECTED', { sip: 403, rang: false }, 'failed'],
    ['402', 'CALL_REJECTED', 'CALL_REJECTED', { sip: 402, rang: false }, 'failed'],
    ['423', 'INTERWORKING', 'INTERWORKING', { sip: 423, rang: false }, 'failed'],
    ['410', 'NUMBER_CHANGED', 'NUMBER_CHANGED', { sip: 410, rang: false }, 'failed'],
    ['408', 'RECOVERY_ON_TIMER_EXPIRE', 'RECOVERY_ON_TIMER_EXPIRE', { sip: 408, rang: false }, 'failed'],
    ['488', 'INCOMPATIBLE_DESTINATION', 'INCOMPATIBLE_DESTINATION', { sip: 488, rang: false }, 'failed'],
    ['500', 'NORMAL_TEMPORARY_FAILURE', 'NORMAL_TEMPORARY_FAILURE', { sip: 500, rang: false }, 'failed'],
    ['shutdown of the switch while it rings', 'SYSTEM_SHUTDOWN', 'SYSTEM_SHUTDOWN', {}, 'failed'],
  ])('%s', (_what, cause, callerCause, details, outcome) => {
    expect(outcomeIn(offeredTo1001(cause, callerCause, details))).toBe(outcome);
  });

  it('nobody registered: no second leg at all', () => {
    expect(outcomeIn(story().comesIn('client').ends('client', 'USER_NOT_REGISTERED'))).toBe('failed');
  });

  it.each(['NORMAL_CLEARING', 'NO_ROUTE_DESTINATION', 'UNALLOCATED_NUMBER'])(
    'the dial plan ends with %s',
    (cause) => {
      expect(outcomeIn(story().comesIn('client').ends('client', cause))).toBe('failed');
    },
  );

  it('a shutdown in mid-talk ends an answered call', () => {
    const told = story().comesIn('client').dials('1001').talk('client', '1001').wait(2);
    expect(outcomeIn(told.ends('1001', 'SYSTEM_SHUTDOWN').ends('client', 'SYSTEM_SHUTDOWN'))).toBe(
      'answered',
    );
  });

  it('only a menu or an announcement answered: he waited and nobody came', () => {
    expect(outcomeIn(story().comesIn('client').answers('client').wait(3).hangsUp('client'))).toBe('missed');
  });

  it("the queue is abandoned: the agent's phone is cancelled", () => {
    const told = story()
      .comesIn('client')
      .answers('client')
      .dials('1001')
      .rings('1001')
      .wait(9)
      .hangsUp('client');
    expect(outcomeIn(told.ends('1001', 'ORIGINATOR_CANCEL'))).toBe('missed');
  });

  it('the queue agent answered but the caller was gone: nobody talked', () => {
    const told = story()
      .comesIn('client')
      .answers('client')
      .dials('1001')
      .rings('1001')
      .wait(9)
      .hangsUp('client');
    expect(outcomeIn(told.answers('1001').wait(0.1).areDropped('1001'))).toBe('missed');
  });

  it('group confirm: answered, the key never pressed, never bridged', () => {
    const told = story().comesIn('client').dials('1001', '1002').rings('1002').answers('1002').wait(9);
    told.ends('1001', 'ALLOTTED_TIMEOUT').ends('1002', 'ALLOTTED_TIMEOUT').ends('client', 'ALLOTTED_TIMEOUT');
    expect(outcomeIn(told)).toBe('missed');
  });

  it('one of a group was busy, another rang in vain: missed', () => {
    const told = story()
      .comesIn('client')
      .dials('1001', '1002')
      .ends('1001', 'USER_BUSY', { sipStatus: 486 })
      .rings('1002');
    expect(outcomeIn(told.wait(9).ends('1002', 'NO_ANSWER').ends('client'))).toBe('missed');
  });

  it('the first of a sequence is busy, the second declines: busy, for somebody was', () => {
    const told = story().comesIn('client').dials('1001').ends('1001', 'USER_BUSY', { sipStatus: 486 });
    told
      .dials('1002')
      .rings('1002')
      .wait(2)
      .ends('1002', 'CALL_REJECTED', { sipStatus: 603 })
      .ends('client', 'CALL_REJECTED');
    expect(outcomeIn(told)).toBe('busy');
  });

  it("a winner's rivals explain nothing", () => {
    const told = story().comesIn('client').dials('1001', '1002').rings('1001', '1002').talk('client', '1002');
    told.ends('1001', 'LOSE_RACE').wait(9).hangsUp('client').areDropped('1002');
    expect(outcomeIn(told)).toBe('answered');
  });

  it('a redirection (302) to a colleague who is busy', () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .ends('1001', 'REDIRECTION_TO_NEW_DESTINATION', { sipStatus: 302 });
    told.dials('1002').ends('1002', 'REDIRECTION_TO_NEW_DESTINATION', { sipStatus: 302 });
    expect(
      outcomeIn(told.dials('1003').ends('1003', 'USER_BUSY', { sipStatus: 486 }).ends('client', 'USER_BUSY')),
    ).toBe('busy');
  });

  it.each([
    ['declines', 'CALL_REJECTED', 603, 'declined'],
    ['is busy', 'USER_BUSY', 486, 'busy'],
    ['does not answer', 'NO_ANSWER', undefined, 'missed'],
    ['is switched off', 'NO_USER_RESPONSE', 480, 'failed'],
  ])('forwarded to a mobile which %s', (_what, cause, sipStatus, outcome) => {
    const told = story().comesIn('client').dials('mobile');
    if (outcome !== 'failed') told.rings('mobile').wait(9);
    expect(outcomeIn(told.ends('mobile', cause, { sipStatus }).ends('client', 'NORMAL_CLEARING'))).toBe(
      outcome,
    );
  });

  it("nobody saw the end of the client's leg: lost, even after a talk", () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .talk('client', '1001')
      .wait(9)
      .isLost('client')
      .isLost('1001');
    expect(outcomeIn(told)).toBe('lost');
  });

  it("a colleague's lost leg does not make it a lost call", () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .talk('client', '1001')
      .wait(9)
      .hangsUp('client')
      .isLost('1001');
    expect(outcomeIn(told)).toBe('answered');
  });

  it('the switch tells the end after all: the loss is corrected', () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .talk('client', '1001')
      .wait(9)
      .isLost('client')
      .areDropped('1001');
    expect(outcomeIn(told.hangsUp('client'))).toBe('answered');
  });
});

describe('how an outbound call ended', () => {
  it.each([
    ['486', 'USER_BUSY', 'USER_BUSY', { sip: 486 }, 'busy'],
    ['603', 'CALL_REJECTED', 'CALL_REJECTED', { sip: 603, rang: true }, 'declined'],
    ["403, the network's word", 'CALL_REJECTED', 'CALL_REJECTED', { sip: 403 }, 'failed'],
    [
      'the employee gives up while it rings',
      'ORIGINATOR_CANCEL',
      'ORIGINATOR_CANCEL',
      { rang: true },
      'cancelled',
    ],
    ['call_timeout', 'NO_ANSWER', 'NORMAL_CLEARING', { rang: true }, 'no-answer'],
    ['leg_timeout', 'ALLOTTED_TIMEOUT', 'ALLOTTED_TIMEOUT', { rang: true }, 'no-answer'],
    ['480', 'NO_USER_RESPONSE', 'NORMAL_CLEARING', { sip: 480 }, 'failed'],
    ['404', 'UNALLOCATED_NUMBER', 'UNALLOCATED_NUMBER', { sip: 404 }, 'failed'],
    ['484', 'INVALID_NUMBER_FORMAT', 'INVALID_NUMBER_FORMAT', { sip: 484 }, 'failed'],
    ['408', 'RECOVERY_ON_TIMER_EXPIRE', 'RECOVERY_ON_TIMER_EXPIRE', { sip: 408 }, 'failed'],
    ['503', 'NORMAL_TEMPORARY_FAILURE', 'NORMAL_TEMPORARY_FAILURE', { sip: 503 }, 'failed'],
    ['shutdown', 'SYSTEM_SHUTDOWN', 'SYSTEM_SHUTDOWN', { rang: true }, 'failed'],
  ])('%s', (_what, cause, callerCause, details, outcome) => {
    expect(outcomeIn(dialledOut(cause, callerCause, details))).toBe(outcome);
  });

  it('the employee puts down before any gateway was called', () => {
    expect(outcomeIn(story().phones('1001', CLIENT_NUMBER).ends('1001', 'ORIGINATOR_CANCEL'))).toBe(
      'cancelled',
    );
  });

  it('no gateway was to be had', () => {
    expect(outcomeIn(story().phones('1001', CLIENT_NUMBER).ends('1001', 'NO_ROUTE_DESTINATION'))).toBe(
      'failed',
    );
  });

  it('the first gateway is down, the second says busy', () => {
    const told = story()
      .phones('1001', CLIENT_NUMBER)
      .dials('gateway-1')
      .ends('gateway-1', 'NORMAL_TEMPORARY_FAILURE');
    told.dials('gateway-2').ends('gateway-2', 'USER_BUSY', { sipStatus: 486 }).ends('1001', 'USER_BUSY');
    expect(outcomeIn(told)).toBe('busy');
  });

  it('early media, given up', () => {
    const told = story()
      .phones('1001', CLIENT_NUMBER)
      .dials('gateway')
      .rings('gateway')
      .bridges('1001', 'gateway')
      .wait(3);
    expect(outcomeIn(told.ends('1001', 'ORIGINATOR_CANCEL').ends('gateway', 'ORIGINATOR_CANCEL'))).toBe(
      'cancelled',
    );
  });
});

describe('how a click-to-call ended', () => {
  it.each([
    ['does not lift', 'NO_ANSWER', undefined, 'agent-no-answer'],
    ['declines', 'CALL_REJECTED', 603, 'agent-declined'],
    ['is busy', 'USER_BUSY', 486, 'agent-declined'],
    ['has a phone that the network refuses', 'CALL_REJECTED', 403, 'agent-no-answer'],
  ])('the employee %s', (_what, cause, sipStatus, outcome) => {
    expect(
      outcomeIn(story().originates('1001').rings('1001').wait(9).ends('1001', cause, { sipStatus })),
    ).toBe(outcome);
  });

  const agentWaits = () => story().originates('1001').rings('1001').answers('1001').dials('gateway');

  it('the client is busy, though both legs end with that cause', () => {
    expect(
      outcomeIn(agentWaits().ends('gateway', 'USER_BUSY', { sipStatus: 486 }).ends('1001', 'USER_BUSY')),
    ).toBe('busy');
  });

  it('the client does not lift', () => {
    expect(
      outcomeIn(agentWaits().rings('gateway').ends('gateway', 'NO_ANSWER').ends('1001', 'NO_ANSWER')),
    ).toBe('no-answer');
  });

  it("the employee gives up while the client's phone rings", () => {
    const told = agentWaits().rings('gateway').wait(5).hangsUp('1001');
    expect(outcomeIn(told.ends('gateway', 'NORMAL_CLEARING'))).toBe('cancelled');
    const cancelled = agentWaits().rings('gateway').wait(5).hangsUp('1001');
    expect(outcomeIn(cancelled.ends('gateway', 'ORIGINATOR_CANCEL'))).toBe('cancelled');
  });

  it('the first gateway fails, over the second they talk', () => {
    const told = agentWaits()
      .ends('gateway', 'NORMAL_TEMPORARY_FAILURE', { sipStatus: 503 })
      .dials('gateway-2');
    expect(
      outcomeIn(
        told.rings('gateway-2').talk('1001', 'gateway-2').wait(9).hangsUp('gateway-2').areDropped('1001'),
      ),
    ).toBe('answered');
  });

  it('the employee took it on his second device, the client did not lift', () => {
    const told = story().originates('1001', CLIENT_NUMBER, { callId: 'click-0001' });
    told
      .originates('1001-softphone', CLIENT_NUMBER, { callId: 'click-0001' })
      .rings('1001', '1001-softphone')
      .wait(2);
    told.answers('1001-softphone').ends('1001', 'LOSE_RACE').dials('gateway').rings('gateway').wait(20);
    expect(outcomeIn(told.ends('gateway', 'NO_ANSWER').ends('1001-softphone', 'NO_ANSWER'))).toBe(
      'no-answer',
    );
  });
});

describe('how an internal call ended', () => {
  it.each([
    ['USER_BUSY', 486, 'busy'],
    ['CALL_REJECTED', 603, 'declined'],
    ['NO_ANSWER', undefined, 'missed'],
  ])('%s', (cause, sipStatus, outcome) => {
    const told = story().phones('1001', '1002').dials('1002').rings('1002').wait(9);
    expect(outcomeIn(told.ends('1002', cause, { sipStatus }).ends('1001', cause))).toBe(outcome);
  });

  it('talked', () => {
    const told = story().phones('1001', '1002').dials('1002').rings('1002').talk('1001', '1002').wait(9);
    expect(outcomeIn(told.hangsUp('1001').areDropped('1002'))).toBe('answered');
  });

  it('nobody saw its end', () => {
    expect(outcomeIn(story().phones('1001', '1002').dials('1002').isLost('1002').isLost('1001'))).toBe(
      'lost',
    );
  });
});
