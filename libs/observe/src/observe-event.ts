import type { Moment, Observation } from '@app/calls';
import type { EslEvent } from '@app/esl';
import { present, variable, type ReadHeader } from './channel-headers';
import { channelOrigin, linkedChannels, ownCallId } from './channel-origin';
import { cleanText } from './clean-text';
import { observeCallcenter, observeFifo } from './observe-queues';
import { observeTransfers } from './observe-transfers';
import type { Seen } from './seen';

/**
 * What an event of the event socket says about calls; nothing for events that say nothing (HEARTBEAT, jobs, events of
 * no channel). This is the one place where FreeSWITCH's names meet the words of the domain. Never throws: an event
 * that lacks what it should have says less.
 *
 * @param switchId our name for the switch
 */
export function observeEvent(event: EslEvent, switchId: string): Observation[] {
  const channelUuid = event.get('Unique-ID');
  if (!channelUuid) return [];
  const moment: Moment = { at: event.timestampMs, seq: event.sequence };
  const seen: Seen = { switchId, coreUuid: event.coreUuid, moment, channelUuid };
  const read: ReadHeader = (name) => event.get(name);
  return event.name === 'CUSTOM' ? observeCustom(event, seen, read) : observeChannel(event, seen, read);
}

function observeChannel(event: EslEvent, seen: Seen, read: ReadHeader): Observation[] {
  switch (event.name) {
    case 'CHANNEL_CREATE':
      return [observeCreated(seen, read)];
    case 'CHANNEL_PROGRESS':
    case 'CHANNEL_PROGRESS_MEDIA':
      return [{ type: 'ChannelRang', ...seen }];
    case 'CHANNEL_ANSWER':
      return [{ type: 'ChannelAnswered', ...seen }];
    case 'CHANNEL_BRIDGE':
      return observeBridged(seen, read);
    case 'CHANNEL_UNBRIDGE':
      return [
        { type: 'ChannelsUnbridged', ...seen, otherUuid: bridgePartner(seen, read) },
        ...observeTransfers(event, seen),
      ];
    case 'CHANNEL_HOLD':
      return [{ type: 'ChannelHeld', ...seen }];
    case 'CHANNEL_UNHOLD':
      return [{ type: 'ChannelResumed', ...seen }];
    case 'RECORD_START':
    case 'RECORD_STOP':
      return observeRecording(event.name, seen, read);
    case 'CHANNEL_HANGUP_COMPLETE':
      return [...observeTransfers(event, seen), observeEnded(seen, read)];
    default:
      return [];
  }
}

function observeCreated(seen: Seen, read: ReadHeader): Observation {
  const callId = ownCallId(read);
  return {
    type: 'ChannelSeen',
    ...seen,
    origin: channelOrigin(read),
    linkedTo: linkedChannels(read),
    ...(callId !== undefined && { callId }),
  };
}

function observeBridged(seen: Seen, read: ReadHeader): Observation[] {
  const otherUuid = bridgePartner(seen, read);
  return otherUuid === undefined ? [] : [{ type: 'ChannelsBridged', ...seen, otherUuid }];
}

/**
 * The other channel of a bridge. `Other-Leg-Unique-ID` may already name the next partner in an attended transfer, so it
 * is only asked where the bridge's own headers are missing (bypass media).
 */
function bridgePartner(seen: Seen, read: ReadHeader): string | undefined {
  const ends = [read('Bridge-A-Unique-ID'), read('Bridge-B-Unique-ID')].map(present);
  const named = ends.find((uuid) => uuid !== undefined && uuid !== seen.channelUuid);
  return named ?? present(read('Other-Leg-Unique-ID'));
}

function observeRecording(name: 'RECORD_START' | 'RECORD_STOP', seen: Seen, read: ReadHeader): Observation[] {
  const path = present(read('Record-File-Path'));
  if (path === undefined) return [];
  if (name === 'RECORD_START') return [{ type: 'RecordingStarted', ...seen, path }];
  const lengthMs = wholeNumber(variable(read, 'record_ms'));
  const discarded = variable(read, 'RECORD_DISCARDED') === 'true';
  return [
    { type: 'RecordingStopped', ...seen, path, discarded, ...(lengthMs !== undefined && { lengthMs }) },
  ];
}

function observeEnded(seen: Seen, read: ReadHeader): Observation {
  const disposition = variable(read, 'sip_hangup_disposition');
  // Also set to 200 on the leg that received a BYE: only a refusal is an answer to the call.
  const sipStatus =
    disposition === 'recv_refuse' ? wholeNumber(variable(read, 'sip_term_status')) : undefined;
  const hangupCause = cleanText(present(read('Hangup-Cause')));
  const lastApplication = cleanText(variable(read, 'current_application'));
  return {
    type: 'ChannelEnded',
    ...seen,
    transferredAway: variable(read, 'endpoint_disposition') === 'BLIND_TRANSFER',
    ...(hangupCause !== undefined && { hangupCause }),
    ...(sipStatus !== undefined && { sipStatus }),
    ...(disposition !== undefined && {
      endedBy: disposition.startsWith('recv_') ? ('phone' as const) : ('switch' as const),
    }),
    ...(lastApplication !== undefined && { lastApplication }),
  };
}

function observeCustom(event: EslEvent, seen: Seen, read: ReadHeader): Observation[] {
  const action = read('Action');
  switch (event.subclass) {
    case 'valet_parking::info': {
      const slot = cleanText(present(read('Valet-Extension')));
      return action === 'hold' && slot !== undefined ? [{ type: 'ChannelParked', ...seen, slot }] : [];
    }
    case 'callcenter::info':
      return observeCallcenter(seen, read);
    case 'fifo::info':
      return observeFifo(seen, read);
    case 'conference::maintenance': {
      const room = cleanText(present(read('Conference-Name')));
      if (room === undefined) return [];
      if (action === 'add-member') return [{ type: 'RoomEntered', ...seen, room }];
      return action === 'del-member' ? [{ type: 'RoomLeft', ...seen, room }] : [];
    }
    default:
      return [];
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
