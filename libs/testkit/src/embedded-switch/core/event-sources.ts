import type { EventRecord } from '../../captured-calls/captured-event';

/** Where FreeSWITCH 1.11 fires its events from, as the captured events tell: file, function, line. */
const SOURCES: Readonly<Record<string, readonly [string, string, string]>> = {
  CALL_UPDATE: ['mod_sofia.c', 'sofia_receive_message', '2133'],
  CHANNEL_ANSWER: ['switch_channel.c', 'switch_channel_perform_mark_answered', '3848'],
  CHANNEL_BRIDGE: ['switch_ivr_bridge.c', 'switch_ivr_multi_threaded_bridge', '1689'],
  CHANNEL_CALLSTATE: ['switch_channel.c', 'switch_channel_perform_set_callstate', '302'],
  CHANNEL_CREATE: ['switch_core_state_machine.c', 'switch_core_session_run', '626'],
  CHANNEL_DESTROY: ['switch_core_session.c', 'switch_core_session_perform_destroy', '1588'],
  CHANNEL_EXECUTE: ['switch_core_session.c', 'switch_core_session_exec', '2949'],
  CHANNEL_EXECUTE_COMPLETE: ['switch_core_session.c', 'switch_core_session_exec', '2972'],
  CHANNEL_HANGUP: ['switch_channel.c', 'switch_channel_perform_hangup', '3447'],
  CHANNEL_HANGUP_COMPLETE: ['switch_core_state_machine.c', 'switch_core_session_reporting_state', '943'],
  CHANNEL_HOLD: ['switch_channel.c', 'switch_channel_mark_hold', '876'],
  CHANNEL_ORIGINATE: ['switch_core_state_machine.c', 'switch_core_session_run', '632'],
  CHANNEL_OUTGOING: ['switch_core_session.c', 'switch_core_session_outgoing_channel', '768'],
  CHANNEL_PARK: ['switch_ivr.c', 'switch_ivr_park', '1002'],
  CHANNEL_PROGRESS: ['switch_channel.c', 'switch_channel_perform_mark_ring_ready_value', '3507'],
  CHANNEL_PROGRESS_MEDIA: ['switch_channel.c', 'switch_channel_perform_mark_pre_answered', '3562'],
  CHANNEL_STATE: ['switch_channel.c', 'switch_channel_perform_set_running_state', '2409'],
  CHANNEL_UNBRIDGE: ['switch_ivr_bridge.c', 'switch_ivr_multi_threaded_bridge', '1879'],
  CHANNEL_UNHOLD: ['switch_channel.c', 'switch_channel_mark_hold', '876'],
  CHANNEL_UNPARK: ['switch_ivr.c', 'switch_ivr_park', '1213'],
  DTMF: ['switch_channel.c', 'switch_channel_dequeue_dtmf', '678'],
  PLAYBACK_START: ['switch_ivr_play_say.c', 'switch_ivr_play_file', '1649'],
  PLAYBACK_STOP: ['switch_ivr_play_say.c', 'switch_ivr_play_file', '2023'],
  RECORD_START: ['switch_ivr_async.c', 'record_callback', '1482'],
  RECORD_STOP: ['switch_ivr_async.c', 'send_record_stop_event', '1241'],
  SHUTDOWN: ['switch_core.c', 'switch_core_destroy', '3033'],
  'sofia::register': ['sofia_reg.c', 'sofia_reg_handle_register_token', '2059'],
  'sofia::unregister': ['sofia_reg.c', 'sofia_reg_handle_register_token', '2122'],
  'valet_parking::info': ['mod_valet_parking.c', 'valet_parking_function', '579'],
  'conference::maintenance': ['conference_member.c', 'conference_member_add', '962'],
  'fifo::info': ['mod_fifo.c', 'fifo_function', '2743'],
  'callcenter::info': ['mod_callcenter.c', 'callcenter_function', '3113'],
};

/** Headers that tell where an event comes from; none for events whose place is not known. */
export function eventSource(name: string, subclass?: string): EventRecord {
  const [file, func, line] = SOURCES[subclass ?? name] ?? [];
  if (file === undefined || func === undefined || line === undefined) return {};
  return {
    'Event-Calling-File': file,
    'Event-Calling-Function': func,
    'Event-Calling-Line-Number': line,
  };
}
