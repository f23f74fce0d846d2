import type { ChannelSeen } from '@app/calls';
import { observeEvent } from './observe-event';
import { makeEvent } from './testing/make-event';

/** What CHANNEL_CREATE with these headers says of the channel. */
function created(headers: Readonly<Record<string, unknown>>): ChannelSeen {
  const [seen] = observeEvent(makeEvent('CHANNEL_CREATE', headers), 'fs1');
  if (seen?.type !== 'ChannelSeen') throw new Error('CHANNEL_CREATE tells of a channel');
  return seen;
}
const originOf = (headers: Readonly<Record<string, unknown>>) => created(headers).origin;
const outside = { kind: 'outside' };
const employee = (extension: string, domain?: string) => ({
  kind: 'employee',
  extension,
  ...(domain && { domain }),
});

describe('who is at the far end of a channel', () => {
  const inbound = { 'Call-Direction': 'inbound' };
  const outbound = { 'Call-Direction': 'outbound' };

  it.each<[string, Record<string, unknown>, object]>([
    ['a client over the trunk', inbound, outside],
    [
      'a phone that called in',
      { ...inbound, variable_user_name: '1001', variable_domain_name: 'office.example' },
      employee('1001', 'office.example'),
    ],
    [
      'a phone, by its presence',
      { ...inbound, 'Channel-Presence-ID': '1001@office.example' },
      employee('1001', 'office.example'),
    ],
    [
      'presence before what it authenticated as',
      { ...inbound, 'Channel-Presence-ID': '1001@a', variable_user_name: 'sip-device-7' },
      employee('1001', 'a'),
    ],
    [
      'presence as a variable only',
      { ...outbound, variable_presence_id: '1001@office.example' },
      employee('1001', 'office.example'),
    ],
    [
      "whom a caller's leg was last dialling is not who he is",
      { ...inbound, variable_dialed_user: '1003' },
      outside,
    ],
    [
      'a phone that is dialled',
      { ...outbound, variable_dialed_user: '1001', variable_dialed_domain: 'office.example' },
      employee('1001', 'office.example'),
    ],
    [
      'a phone dialled by its address',
      { ...outbound, 'Caller-Destination-Number': '1001' },
      employee('1001'),
    ],
    [
      'a number dialled over no gateway',
      { ...outbound, 'Caller-Destination-Number': '79161234567' },
      outside,
    ],
    ['nothing said of who is dialled', outbound, outside],
    [
      'a gateway, even where the mobile belongs to a user of ours',
      { ...outbound, variable_sip_gateway_name: 'carrier', 'Channel-Presence-ID': '1009@office.example' },
      outside,
    ],
    [
      'a gateway, where the dial plan says whose mobile it rings',
      {
        ...outbound,
        variable_sip_gateway_name: 'carrier',
        variable_connector_mobile_of: '1009@office.example',
      },
      employee('1009', 'office.example'),
    ],
    [
      'whose mobile a leg rings, on a leg that came in, which rings none',
      { ...inbound, variable_connector_mobile_of: '1009@office.example' },
      outside,
    ],
    [
      'a gateway variable on a leg that came in (inherited) says nothing',
      { ...inbound, variable_sip_gateway_name: 'carrier', variable_user_name: '1001' },
      employee('1001'),
    ],
    [
      'the outer half of a loopback pair',
      { ...outbound, 'Channel-Name': 'loopback/1001-a' },
      { kind: 'loopback' },
    ],
    [
      'the inner half, which knows the outer',
      { ...inbound, 'Channel-Name': 'loopback/1001-b', variable_other_loopback_leg_uuid: 'lo-a' },
      { kind: 'loopback', peerUuid: 'lo-a' },
    ],
    ['an address without a user', { ...inbound, 'Channel-Presence-ID': '@office.example' }, outside],
    [
      'presence that is not set',
      { ...inbound, 'Channel-Presence-ID': '_undef_', variable_presence_id: '' },
      outside,
    ],
    ['no direction: the switch made it', {}, outside],
  ])('%s', (_who, headers, party) => {
    expect(originOf(headers).party).toEqual(party);
  });

  it('hostile extensions and domains are cleaned, cut, and never empty', () => {
    const party = originOf({
      ...inbound,
      variable_user_name: `10\n01${'x'.repeat(10_000)}`,
      variable_domain_name: 'a\r\nb',
    }).party;
    expect(party).toEqual(employee(`10 01${'x'.repeat(59)}`, 'a b'));
    expect(originOf({ ...inbound, variable_user_name: '\n\u202e' }).party).toEqual(outside);
  });
});

describe('numbers and names', () => {
  it('of the caller and of what was dialled, as they were when the channel was created', () => {
    expect(
      originOf({
        'Call-Direction': 'inbound',
        'Caller-Caller-ID-Number': '+79161234567',
        'Caller-Caller-ID-Name': 'Anna',
        'Caller-Orig-Caller-ID-Number': '+79161234567',
        'Caller-Destination-Number': '74951234567',
        variable_crm_portal: 'office.bitrix24.example',
      }),
    ).toEqual({
      direction: 'inbound',
      party: outside,
      callerNumber: '+79161234567',
      originalCallerNumber: '+79161234567',
      callerName: 'Anna',
      dialled: '74951234567',
      portal: 'office.bitrix24.example',
    });
  });

  it('nothing said is nothing known', () => {
    expect(originOf({ 'Call-Direction': 'inbound' })).toEqual({ direction: 'inbound', party: outside });
    expect(
      originOf({
        'Call-Direction': 'inbound',
        'Caller-Caller-ID-Number': '',
        'Caller-Caller-ID-Name': '_undef_',
      }),
    ).toEqual({
      direction: 'inbound',
      party: outside,
    });
  });

  it("the first caller's name is the whole one: later ones the switch may have cut", () => {
    const names = { 'Caller-Orig-Caller-ID-Name': 'y ^^:x:y % end', 'Caller-Caller-ID-Name': 'y % end' };
    expect(originOf(names).callerName).toBe('y ^^:x:y % end');
  });

  it('a name that only repeats the number is none', () => {
    expect(
      originOf({ 'Caller-Caller-ID-Number': '79161234567', 'Caller-Caller-ID-Name': '79161234567' })
        .callerName,
    ).toBeUndefined();
  });

  it('quotes lose the escapes of SIP, control characters become spaces, ten thousand letters 255', () => {
    expect(originOf({ 'Caller-Caller-ID-Name': 'Anna \\"the\\" \\\\ Great' }).callerName).toBe(
      'Anna "the" \\ Great',
    );
    expect(originOf({ 'Caller-Caller-ID-Name': 'Evil\nHangup-Cause: FAKE' }).callerName).toBe(
      'Evil Hangup-Cause: FAKE',
    );
    expect(originOf({ 'Caller-Caller-ID-Name': 'Ж'.repeat(10_000) }).callerName).toHaveLength(255);
    expect(originOf({ 'Caller-Caller-ID-Number': '7'.repeat(10_000) }).callerNumber).toHaveLength(64);
  });

  it('a header with several values is read as its first', () => {
    expect(originOf({ 'Caller-Caller-ID-Number': ['+7916', '+7917'] }).callerNumber).toBe('+7916');
    expect(originOf({ 'Caller-Caller-ID-Number': [] }).callerNumber).toBeUndefined();
    expect(originOf({ 'Caller-Caller-ID-Number': { number: 1 } }).callerNumber).toBeUndefined();
  });

  it('the destination of a channel just created is what was dialled on it', () => {
    const headers = {
      'Call-Direction': 'inbound',
      'Caller-Destination-Number': '1001',
      variable_sip_req_user: '74951234567',
    };
    expect(originOf(headers).dialled).toBe('1001');
    expect(originOf({ 'Call-Direction': 'inbound', variable_sip_req_user: '74951234567' }).dialled).toBe(
      '74951234567',
    );
  });
});

describe('what a channel was created for', () => {
  it('every link that the switch gives, most trustworthy first, each once', () => {
    expect(
      created({
        'Other-Leg-Unique-ID': 'other',
        variable_other_loopback_leg_uuid: 'loopback-leg',
        variable_other_loopback_from_uuid: 'loopback-from',
        variable_originator: 'originator',
        variable_originating_leg_uuid: 'originator',
        variable_fifo_bridge_uuid: 'waiting',
        variable_cc_member_session_uuid: 'member',
      }).linkedTo,
    ).toEqual(['member', 'waiting', 'originator', 'loopback-from', 'loopback-leg', 'other']);
  });

  it('never itself, nor what is not set', () => {
    expect(created({ variable_originator: 'leg-1', 'Other-Leg-Unique-ID': '_undef_' }).linkedTo).toEqual([]);
  });
});

describe('our own id on a channel', () => {
  it.each([
    ['0f8fad5b-d9cb-469f-a165-70867728950e', true],
    ['call-0001', true],
    ['short', false],
    [`a${'b'.repeat(64)}`, false],
    ['with spaces 1', false],
    ['with\nbreaks', false],
    ["'; drop table call", false],
    ['-dash-first', false],
    ['${uuid}-not-expanded', false],
    ['_undef_', false],
    ['', false],
  ])('%j', (callId, isOurs) => {
    expect(created({ variable_connector_call_id: callId }).callId).toBe(isOurs ? callId : undefined);
  });
});
