import type { EventName } from './lists/event-names';

/** What to subscribe to: event names, and the subclasses of `CUSTOM` events. */
export interface EslSubscription {
  readonly events: readonly EventName[];
  readonly customSubclasses: readonly string[];
}

/**
 * The least that tells every call apart: a quarter of the events and bytes of `ALL`. Left out on purpose: STATE, CALLSTATE
 * and EXECUTE (68 % of all events, nothing the others do not say) and DESTROY (HANGUP_COMPLETE once more, 11 KB a leg).
 * `conference::maintenance` is in because a talk moved into a conference has no CHANNEL_BRIDGE: without it the talk
 * would seem to end with the UNBRIDGE before it.
 */
export const MINIMAL_SUBSCRIPTION = {
  events: [
    'CHANNEL_CREATE',
    'CHANNEL_PROGRESS',
    'CHANNEL_PROGRESS_MEDIA',
    'CHANNEL_ANSWER',
    'CHANNEL_BRIDGE',
    'CHANNEL_UNBRIDGE',
    'CHANNEL_HANGUP_COMPLETE',
    'CHANNEL_HOLD',
    'CHANNEL_UNHOLD',
    'CHANNEL_PARK',
    'CHANNEL_UNPARK',
    'RECORD_START',
    'RECORD_STOP',
    'BACKGROUND_JOB',
    'HEARTBEAT',
    'SHUTDOWN',
  ],
  customSubclasses: ['callcenter::info', 'fifo::info', 'valet_parking::info', 'conference::maintenance'],
} as const satisfies EslSubscription;

/**
 * The `event json ...` command. `CUSTOM` stands last: mod_event_socket takes every word after it for a subclass.
 * HEARTBEAT and BACKGROUND_JOB are always asked for, the link lives on them.
 */
export function subscribeCommand(subscription: EslSubscription): string {
  const names = new Set<string>([...subscription.events, 'HEARTBEAT', 'BACKGROUND_JOB']);
  names.delete('CUSTOM');
  const custom = subscription.customSubclasses.length > 0 ? ['CUSTOM', ...subscription.customSubclasses] : [];
  return ['event', 'json', ...names, ...custom].join(' ');
}
