import { observeEvent } from './observe-event';
import { makeEvent, SEEN } from './testing/make-event';

const observed = (name: string, headers: Readonly<Record<string, unknown>> = {}) =>
  observeEvent(makeEvent(name, headers), 'fs1');

describe('what an event says', () => {
  it.each([
    ['CHANNEL_PROGRESS', 'ChannelRang'],
    ['CHANNEL_PROGRESS_MEDIA', 'ChannelRang'],
    ['CHANNEL_ANSWER', 'ChannelAnswered'],
    ['CHANNEL_HOLD', 'ChannelHeld'],
    ['CHANNEL_UNHOLD', 'ChannelResumed'],
  ])('%s: %s', (name, type) => {
    expect(observed(name)).toEqual([{ type, ...SEEN }]);
  });

  it('CHANNEL_CREATE: a channel is there', () => {
    expect(
      observed('CHANNEL_CREATE', { 'Call-Direction': 'inbound', variable_connector_call_id: 'call-0001' }),
    ).toEqual([
      {
        type: 'ChannelSeen',
        ...SEEN,
        origin: { direction: 'inbound', party: { kind: 'outside' } },
        linkedTo: [],
        callId: 'call-0001',
      },
    ]);
  });

  it.each([
    'HEARTBEAT',
    'BACKGROUND_JOB',
    'CHANNEL_STATE',
    'CHANNEL_DESTROY',
    'CHANNEL_PARK',
    'A_NAME_OF_THE_FUTURE',
    'CUSTOM',
  ])('%s: nothing of calls', (name) => {
    expect(observed(name)).toEqual([]);
  });

  it('an event of no channel says nothing, whatever its name', () => {
    for (const name of ['CHANNEL_CREATE', 'CHANNEL_HANGUP_COMPLETE', 'CUSTOM']) {
      expect(observed(name, { 'Unique-ID': '' })).toEqual([]);
      expect(observed(name, { 'Unique-ID': undefined })).toEqual([]);
    }
  });

  it('an event without its time and counter still says what happened', () => {
    const headers = { 'Event-Date-Timestamp': 'yesterday', 'Event-Sequence': '-1', 'Core-UUID': undefined };
    expect(observed('CHANNEL_ANSWER', headers)).toEqual([
      { type: 'ChannelAnswered', ...SEEN, coreUuid: '', moment: { at: 0, seq: 0 } },
    ]);
  });
});

describe('bridges', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'the other end by its own header',
      { 'Bridge-A-Unique-ID': 'leg-1', 'Bridge-B-Unique-ID': 'leg-2' },
      'leg-2',
    ],
    ['told by the B end', { 'Bridge-A-Unique-ID': 'leg-2', 'Bridge-B-Unique-ID': 'leg-1' }, 'leg-2'],
    [
      'rather than the partner that comes next',
      { 'Bridge-A-Unique-ID': 'leg-1', 'Bridge-B-Unique-ID': 'leg-2', 'Other-Leg-Unique-ID': 'leg-3' },
      'leg-2',
    ],
    [
      'by the other leg, where there is nothing else (bypass media)',
      { 'Other-Leg-Unique-ID': 'leg-2' },
      'leg-2',
    ],
  ])('%s', (_what, headers, otherUuid) => {
    expect(observed('CHANNEL_BRIDGE', headers)).toEqual([{ type: 'ChannelsBridged', ...SEEN, otherUuid }]);
    expect(observed('CHANNEL_UNBRIDGE', headers)).toEqual([
      { type: 'ChannelsUnbridged', ...SEEN, otherUuid },
    ]);
  });

  it('a bridge with nobody is none; the end of a bridge with nobody ends whatever there was', () => {
    expect(observed('CHANNEL_BRIDGE')).toEqual([]);
    expect(observed('CHANNEL_UNBRIDGE')).toEqual([
      { type: 'ChannelsUnbridged', ...SEEN, otherUuid: undefined },
    ]);
  });
});

describe('recordings', () => {
  const path = { 'Record-File-Path': '/r/a.wav' };

  it('begin and end', () => {
    expect(observed('RECORD_START', path)).toEqual([{ type: 'RecordingStarted', ...SEEN, path: '/r/a.wav' }]);
    expect(observed('RECORD_STOP', { ...path, variable_record_ms: '4040' })).toEqual([
      { type: 'RecordingStopped', ...SEEN, path: '/r/a.wav', discarded: false, lengthMs: 4040 },
    ]);
  });

  it('are thrown away when too short', () => {
    expect(observed('RECORD_STOP', { ...path, variable_RECORD_DISCARDED: 'true' })).toMatchObject([
      { discarded: true },
    ]);
    expect(observed('RECORD_STOP', { ...path, variable_RECORD_DISCARDED: 'false' })).toMatchObject([
      { discarded: false },
    ]);
  });

  it.each(['', '_undef_', '-1', '4.5', '1e9', '99999999999', 'long'])(
    'a length of %j is none',
    (record_ms) => {
      expect(observed('RECORD_STOP', { ...path, variable_record_ms: record_ms })[0]).not.toHaveProperty(
        'lengthMs',
      );
    },
  );

  it('without a file are none', () => {
    expect(observed('RECORD_START')).toEqual([]);
    expect(observed('RECORD_STOP', { 'Record-File-Path': '' })).toEqual([]);
  });
});

describe('the end of a channel', () => {
  const ended = (headers: Readonly<Record<string, unknown>>) =>
    observed('CHANNEL_HANGUP_COMPLETE', headers)[0];
  const disposition = (variable_sip_hangup_disposition: string) => ended({ variable_sip_hangup_disposition });

  it('says no more than the switch does', () => {
    expect(ended({})).toEqual({ type: 'ChannelEnded', ...SEEN, transferredAway: false });
  });

  it.each([
    ['recv_bye', 'phone'],
    ['recv_cancel', 'phone'],
    ['recv_refuse', 'phone'],
    ['send_bye', 'switch'],
    ['send_cancel', 'switch'],
    ['send_refuse', 'switch'],
  ])('%s: by the %s', (told, endedBy) => {
    expect(disposition(told)).toMatchObject({ endedBy });
  });

  it('its SIP status counts only where it refused: 200 there means that a BYE came', () => {
    const status = { variable_sip_term_status: '486' };
    expect(ended({ ...status, variable_sip_hangup_disposition: 'recv_refuse' })).toMatchObject({
      sipStatus: 486,
    });
    expect(ended({ ...status, variable_sip_hangup_disposition: 'recv_bye' })).not.toHaveProperty('sipStatus');
    expect(
      ended({ variable_sip_hangup_disposition: 'recv_refuse', variable_sip_term_status: 'busy' }),
    ).not.toHaveProperty('sipStatus');
  });

  it('its cause, its last application, and whether it left by a REFER', () => {
    expect(
      ended({
        'Hangup-Cause': 'USER_BUSY',
        variable_current_application: 'transfer',
        variable_endpoint_disposition: 'BLIND_TRANSFER',
      }),
    ).toEqual({
      type: 'ChannelEnded',
      ...SEEN,
      transferredAway: true,
      hangupCause: 'USER_BUSY',
      lastApplication: 'transfer',
    });
  });

  it('hostile values stay on one line', () => {
    expect(ended({ 'Hangup-Cause': 'A\nB', variable_current_application: ['x\r\ny', 'z'] })).toMatchObject({
      hangupCause: 'A B',
      lastApplication: 'x y',
    });
    expect(ended({ 'Hangup-Cause': '_undef_' })).not.toHaveProperty('hangupCause');
  });
});

describe('parking', () => {
  const valet = (headers: Readonly<Record<string, unknown>>) =>
    observed('CUSTOM', { 'Event-Subclass': 'valet_parking::info', 'Valet-Extension': '6001', ...headers });

  it('into a slot', () => {
    expect(valet({ Action: 'hold' })).toEqual([{ type: 'ChannelParked', ...SEEN, slot: '6001' }]);
  });

  it('out of it, or without a slot, says nothing: a bridge follows', () => {
    expect(valet({ Action: 'bridge' })).toEqual([]);
    expect(valet({ Action: 'exit' })).toEqual([]);
    expect(valet({ Action: 'hold', 'Valet-Extension': '' })).toEqual([]);
  });
});

describe('queues', () => {
  const callcenter = (headers: Readonly<Record<string, unknown>>) =>
    observed('CUSTOM', { 'Event-Subclass': 'callcenter::info', 'CC-Queue': 'support@pbx', ...headers });
  const fifo = (action: string, name = 'q1@pbx') =>
    observed('CUSTOM', { 'Event-Subclass': 'fifo::info', 'FIFO-Name': name, 'FIFO-Action': action });

  it('of mod_callcenter: a caller comes in, and leaves for a reason', () => {
    expect(callcenter({ 'CC-Action': 'member-queue-start' })).toEqual([
      { type: 'QueueEntered', ...SEEN, queue: 'support' },
    ]);
    const end = { 'CC-Action': 'member-queue-end', 'CC-Cause': 'Cancel' };
    expect(callcenter({ ...end, 'CC-Cancel-Reason': 'BREAK_OUT' })).toEqual([
      { type: 'QueueLeft', ...SEEN, queue: 'support', why: 'BREAK_OUT' },
    ]);
    expect(callcenter({ ...end, 'CC-Cause': 'Terminated' })).toMatchObject([{ why: 'Terminated' }]);
  });

  it('of mod_fifo: a caller comes in, is taken or gives up', () => {
    expect(fifo('push')).toEqual([{ type: 'QueueEntered', ...SEEN, queue: 'q1' }]);
    expect(fifo('caller_pop')).toEqual([{ type: 'QueueLeft', ...SEEN, queue: 'q1', why: '' }]);
    expect(fifo('abort')).toMatchObject([{ why: 'abort' }]);
  });

  it('whose event says nothing of a caller, or names no queue, says nothing', () => {
    expect(callcenter({ 'CC-Action': 'agent-offering' })).toEqual([]);
    expect(callcenter({ 'CC-Action': 'member-queue-start', 'CC-Queue': '' })).toEqual([]);
    expect(fifo('consumer_start')).toEqual([]);
    expect(fifo('push', '')).toEqual([]);
  });
});

describe('conference rooms', () => {
  const conference = (headers: Readonly<Record<string, unknown>>) =>
    observed('CUSTOM', {
      'Event-Subclass': 'conference::maintenance',
      'Conference-Name': '3001-office',
      ...headers,
    });

  it('entered and left', () => {
    expect(conference({ Action: 'add-member' })).toEqual([
      { type: 'RoomEntered', ...SEEN, room: '3001-office' },
    ]);
    expect(conference({ Action: 'del-member' })).toEqual([
      { type: 'RoomLeft', ...SEEN, room: '3001-office' },
    ]);
  });

  it('what else happens in them, and a room without a name, says nothing', () => {
    expect(conference({ Action: 'start-talking' })).toEqual([]);
    expect(conference({ Action: 'add-member', 'Conference-Name': undefined })).toEqual([]);
    expect(
      observed('CUSTOM', { 'Event-Subclass': 'fifo::info', Action: 'add-member', 'Conference-Name': 'x' }),
    ).toEqual([]);
  });

  it('a hostile name is cleaned', () => {
    expect(conference({ Action: 'add-member', 'Conference-Name': '30\n01' })).toMatchObject([
      { room: '30 01' },
    ]);
  });
});
