import type { Call } from '@app/calls';
import { isoTime } from './call-row';

/** A leg as the table `channel` takes it. */
export function channelRows(call: Call): object[] {
  return call.legs.map(({ channelUuid, coreUuid, origin, created, rang, answered, ended }) => ({
    channel_uuid: channelUuid,
    call_id: call.callId,
    core_uuid: coreUuid,
    direction: origin.direction,
    party: origin.party.kind,
    ...(origin.party.kind === 'employee' && {
      extension: origin.party.extension,
      domain: origin.party.domain,
    }),
    caller_number: origin.callerNumber,
    dialled: origin.dialled,
    created_at: isoTime(created.at),
    rang_at: rang && isoTime(rang.at),
    answered_at: answered && isoTime(answered.at),
    ended_at: ended && isoTime(ended.moment.at),
    hangup_cause: ended?.hangupCause,
    sip_status: ended?.sipStatus,
  }));
}

/** A recording as the table `recording` takes it. */
export function recordingRows(call: Call): object[] {
  return call.recordings.map(({ path, channelUuid, started, stopped, lengthMs, discarded }) => ({
    call_id: call.callId,
    path,
    channel_uuid: channelUuid,
    started_at: started && isoTime(started.at),
    stopped_at: stopped && isoTime(stopped.at),
    length_ms: lengthMs,
    discarded,
  }));
}
