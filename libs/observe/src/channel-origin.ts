import type { ChannelOrigin, Party } from '@app/calls';
import { present, variable, type ReadHeader } from './channel-headers';
import { cleanText } from './clean-text';

/**
 * Who is at the far end of a channel and how it came to be, read where the headers are right: at CHANNEL_CREATE, or in
 * a `uuid_dump` from the headers that do not change (freeswitch-facts, sections 1, 3 and 4).
 */
export function channelOrigin(read: ReadHeader): ChannelOrigin {
  const direction = read('Call-Direction') === 'inbound' ? 'inbound' : 'outbound';
  const callerNumber = cleanText(present(read('Caller-Caller-ID-Number')), LONGEST_NUMBER);
  const originalCallerNumber = cleanText(present(read('Caller-Orig-Caller-ID-Number')), LONGEST_NUMBER);
  const callerName = cleanText(
    unquoted(present(read('Caller-Orig-Caller-ID-Name')) ?? present(read('Caller-Caller-ID-Name'))),
  );
  return {
    direction,
    party: partyOf(read, direction),
    ...defined({
      callerNumber,
      originalCallerNumber,
      callerName: callerName === callerNumber ? undefined : callerName,
      dialled: cleanText(dialledOn(read), LONGEST_NUMBER),
      gateway: cleanText(variable(read, 'sip_gateway_name')),
      portal: cleanText(variable(read, 'crm_portal')),
    }),
  };
}

/** Channels that this one was created for, most trustworthy first. */
export function linkedChannels(read: ReadHeader): string[] {
  const links = [
    // mod_callcenter links its agents' legs by nothing else.
    variable(read, 'cc_member_session_uuid'),
    // The phones that mod_fifo rings for a waiting caller (strategy ringall) are nobody's leg: only this names him.
    variable(read, 'fifo_bridge_uuid'),
    // Enterprise groups (`:_:`) have only this one.
    variable(read, 'originating_leg_uuid'),
    variable(read, 'originator'),
    variable(read, 'other_loopback_from_uuid'),
    variable(read, 'other_loopback_leg_uuid'),
    present(read('Other-Leg-Unique-ID')),
  ];
  const own = read('Unique-ID');
  return [...new Set(links)].filter((link): link is string => link !== undefined && link !== own);
}

/** `connector_call_id`, put on the channel by our dial plan or originate; anything that is no id of ours is ignored. */
export function ownCallId(read: ReadHeader): string | undefined {
  const callId = variable(read, 'connector_call_id');
  return callId !== undefined && /^[A-Za-z0-9][A-Za-z0-9-]{7,63}$/.test(callId) ? callId : undefined;
}

const LONGEST_NUMBER = 64;

/** FreeSWITCH hands display names on with the escapes of the SIP quoted-string (RFC 3261, 25.1) still in them. */
function unquoted(name: string | undefined): string | undefined {
  return name?.replace(/\\(["\\])/g, '$1');
}

function partyOf(read: ReadHeader, direction: ChannelOrigin['direction']): Party {
  if (read('Channel-Name')?.startsWith('loopback/')) {
    return { kind: 'loopback', ...defined({ peerUuid: variable(read, 'other_loopback_leg_uuid') }) };
  }
  if (direction === 'outbound' && variable(read, 'sip_gateway_name')) return beyondGateway(read);
  const presence = present(read('Channel-Presence-ID')) ?? variable(read, 'presence_id');
  if (presence) return employee(presence);
  return direction === 'outbound' ? calledParty(read) : callingParty(read);
}

/** Somebody outside, unless the dial plan says that it is the mobile of an employee: he is called where he is. */
function beyondGateway(read: ReadHeader): Party {
  const owner = variable(read, 'connector_mobile_of');
  return owner === undefined ? { kind: 'outside' } : employee(owner);
}

/** `dialed_user` is also set on the caller's leg, and is the last dialled there: only right on a called leg. */
function calledParty(read: ReadHeader): Party {
  const user = variable(read, 'dialed_user');
  if (user) return employee(`${user}@${variable(read, 'dialed_domain') ?? ''}`);
  // `sofia/internal/1001@host`, dialled without the directory: only the short number tells a colleague.
  const dialled = read('Caller-Destination-Number') ?? '';
  return /^\d{2,6}$/.test(dialled) ? employee(dialled) : { kind: 'outside' };
}

function callingParty(read: ReadHeader): Party {
  const user = variable(read, 'user_name');
  return user ? employee(`${user}@${variable(read, 'domain_name') ?? ''}`) : { kind: 'outside' };
}

function employee(address: string): Party {
  const [extension, domain] = address.split('@', 2);
  const clean = cleanText(extension, LONGEST_NUMBER);
  if (!clean) return { kind: 'outside' };
  return { kind: 'employee', extension: clean, ...defined({ domain: cleanText(domain) }) };
}

/** The number the dial plan was asked for. Later in the call the destination is overwritten by every transfer. */
function dialledOn(read: ReadHeader): string | undefined {
  const isLater = read('Event-Name') !== 'CHANNEL_CREATE' && read('Call-Direction') === 'inbound';
  const requested = variable(read, 'sip_req_user');
  return (isLater ? requested : undefined) ?? present(read('Caller-Destination-Number')) ?? requested;
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
