/** There is no FreeSWITCH to be had, or not the one that was asked for. The message says what to do. */
export class NoSwitchError extends Error {
  override readonly name = 'NoSwitchError';
}

/** What a person can do to get one. */
export const HOW_TO_GET_ONE =
  'name its binary in FREESWITCH_BIN, or a running one in FREESWITCH_ESL=host:port (with FREESWITCH_ESL_PASSWORD)';
