import type { EventRecord } from '../../captured-calls/captured-event';
import { profileHeaders, type CallerProfile } from './caller-profile';
import type { Channel } from './channel';
import { CALL_STATES, stateNumber } from './channel-states';

/** Events that carry all variables (switch_channel_event_set_extended_data); the others have the headers alone. */
const WITH_VARIABLES = new Set(
  `CHANNEL_CREATE CHANNEL_ORIGINATE CHANNEL_UUID CHANNEL_ANSWER CHANNEL_PARK CHANNEL_UNPARK CHANNEL_BRIDGE
  CHANNEL_UNBRIDGE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_DATA
  CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_DESTROY SESSION_HEARTBEAT API RECORD_START RECORD_STOP
  PLAYBACK_START PLAYBACK_STOP CALL_UPDATE CHANNEL_HOLD CHANNEL_UNHOLD CUSTOM`.split(/\s+/),
);

export function carriesVariables(eventName: string): boolean {
  return WITH_VARIABLES.has(eventName);
}

/** What every event of a channel says (switch_channel_event_set_basic_data), in the order of a real switch. */
export function channelHeaders(channel: Channel): EventRecord {
  const { variables, endpoint } = channel;
  const profile = newestProfile(channel);
  const codec = endpoint.codec;
  return {
    'Channel-State': channel.runningState,
    'Channel-Call-State': channel.callState,
    'Channel-State-Number': String(stateNumber(channel.state)),
    'Channel-Name': channel.name,
    'Unique-ID': channel.uuid,
    'Call-Direction': channel.direction,
    'Presence-Call-Direction': channel.direction,
    'Channel-HIT-Dialplan': String(channel.direction === 'inbound' || channel.has('DIALPLAN')),
    ...optional('Channel-Presence-ID', variables.get('presence_id')),
    ...optional('Channel-Presence-Data', variables.get('presence_data')),
    'Channel-Call-UUID': variables.get('call_uuid') ?? channel.uuid,
    'Answer-State': answerState(channel),
    ...optional('Hangup-Cause', channel.hangupCause),
    ...(codec && codecHeaders(codec)),
    ...(profile && profileHeaders(profile, 'Caller')),
    ...otherLeg(channel),
  };
}

/** `variable_...`, in the order in which they were set. */
export function variableHeaders(channel: Channel): EventRecord {
  return Object.fromEntries(channel.variables.entries().map(([name, value]) => [`variable_${name}`, value]));
}

/** The number that goes with a call state in CHANNEL_CALLSTATE. */
export function callStateNumber(channel: Channel): string {
  return String(CALL_STATES.indexOf(channel.callState));
}

function answerState(channel: Channel): string {
  if (!channel.isUp) return 'hangup';
  if (channel.has('ANSWERED')) return 'answered';
  return channel.has('EARLY_MEDIA') ? 'early' : 'ringing';
}

function codecHeaders(codec: string): EventRecord {
  return {
    'Channel-Read-Codec-Name': codec,
    'Channel-Read-Codec-Rate': '8000',
    'Channel-Read-Codec-Bit-Rate': '64000',
    'Channel-Write-Codec-Name': codec,
    'Channel-Write-Codec-Rate': '8000',
    'Channel-Write-Codec-Bit-Rate': '64000',
  };
}

function otherLeg(channel: Channel): EventRecord {
  const profile = newestProfile(channel);
  const other = profile?.[channel.lastProfileType];
  return other ? { 'Other-Type': channel.lastProfileType, ...profileHeaders(other, 'Other-Leg') } : {};
}

/** undefined before there is one at all. */
function newestProfile({ profiles }: Channel): CallerProfile | undefined {
  return profiles[0];
}

function optional(header: string, value: string | undefined): EventRecord {
  return value === undefined ? {} : { [header]: value };
}
