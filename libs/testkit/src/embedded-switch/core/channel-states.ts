/** States of a channel in the order of their numbers (switch_channel.c, state_names). */
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

export type ChannelState = (typeof CHANNEL_STATES)[number];

/** The number of a state: those from CS_HANGUP on are the end. */
export function stateNumber(state: ChannelState): number {
  return CHANNEL_STATES.indexOf(state);
}

/** What a person would say of the call, in the order of their numbers. */
export const CALL_STATES = [
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

export type CallState = (typeof CALL_STATES)[number];

/** Marks on a channel, by FreeSWITCH's names without "CF_". */
export type Flag =
  | 'ANSWERED'
  | 'ARRANGED_BRIDGE'
  | 'BLEG'
  | 'BLOCK_STATE'
  | 'BREAK'
  | 'BRIDGED'
  | 'BRIDGE_ORIGINATOR'
  | 'BROADCAST'
  | 'CONTROLLED'
  | 'DIALPLAN'
  | 'EARLY_MEDIA'
  | 'EARLY_OK'
  | 'HANGUP_HELD'
  | 'HOLD_BLEG'
  | 'INNER_BRIDGE'
  | 'INTERCEPT'
  | 'INTERCEPTED'
  | 'LEG_HOLDING'
  | 'NOT_READY'
  | 'ORIGINATING'
  | 'ORIGINATOR'
  | 'OUTBOUND'
  | 'PARK'
  | 'PAUSE_BUGS'
  | 'PROXY_MODE'
  | 'REDIRECT'
  | 'RESET'
  | 'RING_READY'
  | 'STOP_BROADCAST'
  | 'SUSPEND'
  | 'TAGGED'
  | 'TRANSFER'
  | 'UUID_BRIDGE_ORIGINATOR'
  | 'WINNER'
  | 'XFER_ZOMBIE';
