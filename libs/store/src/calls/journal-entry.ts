import type { CallEvent, Moment } from '@app/calls';
import { isoTime } from './call-row';

/** An event of a call, and the event of the switch that told it. */
export interface JournalEntry {
  readonly event: CallEvent;
  readonly coreUuid: string;
  /** `Event-Sequence`; 0 for what no event told. */
  readonly sequence: number;
  /** Epoch ms, by our clock. */
  readonly observedAt: number;
}

/**
 * An entry as the table `call_event` takes it. Its key is made of the event alone, never of its place in a group: written
 * again, alone or in other company, it is the same row.
 *
 * @throws RangeError when a time is no time.
 */
export function eventRow(callId: string, { event, coreUuid, sequence, observedAt }: JournalEntry): object {
  const occurredAt = isoTime(momentOf(event).at);
  return {
    core_uuid: coreUuid,
    event_sequence: sequence,
    kind: event.type,
    subject: subjectOf(callId, event),
    event_day: occurredAt.slice(0, occurredAt.indexOf('T')),
    call_id: callId,
    occurred_at: occurredAt,
    observed_at: isoTime(observedAt),
    body: event,
  };
}

function momentOf(event: CallEvent): Moment {
  switch (event.type) {
    case 'LegJoined':
      return event.leg.created;
    case 'LegsBridged':
      return event.bridge.moment;
    case 'LegsUnbridged':
      return event.unbridge.moment;
    case 'LegTransferred':
      return event.transfer.moment;
    case 'CallRouted':
      return event.note.moment;
    case 'LegQueued':
      return event.move.moment;
    case 'LegEnded':
    case 'ClickEnded':
      return event.end.moment;
    default:
      return event.moment;
  }
}

/** What an event is about. One event of the switch may tell the same of several channels (all are lost, for example). */
function subjectOf(callId: string, event: CallEvent): string {
  switch (event.type) {
    case 'LegJoined':
      return event.leg.channelUuid;
    case 'LegsBridged':
      return `${event.bridge.a} ${event.bridge.b}`;
    case 'LegsUnbridged':
      return `${event.unbridge.a} ${event.unbridge.b ?? ''}`;
    case 'LegTransferred':
      return `${event.transfer.channelUuid} ${event.transfer.transferId}`;
    case 'CallRouted':
      return `${event.note.channelUuid} ${event.note.moment.at}`;
    case 'RecordingStarted':
    case 'RecordingStopped':
      return event.path;
    case 'RoomEntered':
    case 'RoomLeft':
      return `${event.channelUuid} ${event.room}`;
    case 'CallAbsorbed':
      return event.other.callId;
    case 'CallMerged':
    case 'ClickTaken':
    case 'ClickEnded':
      return callId;
    default:
      return event.channelUuid;
  }
}
