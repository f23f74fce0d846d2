/**
 * Where a channel is in the switch's state machine: `Channel-State` of an event, `state` of `show channels`
 * (`state_names` of FreeSWITCH 1.11 `switch_channel.c`).
 */
export const CHANNEL_STATES = [
  'CS_NEW',
  'CS_INIT',
  'CS_ROUTING',
  'CS_SOFT_EXECUTE',
  'CS_EXECUTE',
  'CS_EXCHANGE_MEDIA',
  'CS_PARK',
  'CS_CONSUME_MEDIA',
  'CS_HIBERNATE',
  'CS_RESET',
  'CS_HANGUP',
  'CS_REPORTING',
  'CS_DESTROY',
  'CS_NONE',
] as const;

/** A channel state this release knows. */
export type ChannelState = (typeof CHANNEL_STATES)[number];

/**
 * What the phone of a channel is doing: `Channel-Call-State` of an event, `callstate` of `show channels`
 * (`CALLSTATE_CHART` of FreeSWITCH 1.11 `switch_channel.c`).
 */
export const CHANNEL_CALL_STATES = [
  'DOWN',
  'DIALING',
  'RINGING',
  'EARLY',
  'ACTIVE',
  'HELD',
  'RING_WAIT',
  'HANGUP',
  'UNHELD',
] as const;

/** A channel call state this release knows. */
export type ChannelCallState = (typeof CHANNEL_CALL_STATES)[number];

const states: ReadonlySet<string> = new Set(CHANNEL_STATES);
const callStates: ReadonlySet<string> = new Set(CHANNEL_CALL_STATES);

/** True for a name of {@link CHANNEL_STATES}. */
export function isChannelState(name: string): name is ChannelState {
  return states.has(name);
}

/** True for a name of {@link CHANNEL_CALL_STATES}. */
export function isChannelCallState(name: string): name is ChannelCallState {
  return callStates.has(name);
}
