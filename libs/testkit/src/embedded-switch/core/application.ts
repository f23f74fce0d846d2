/** An application of the dial plan. `C` is the channel. */
export interface Application<C> {
  readonly name: string;
  /** Needs sound: a channel that has none yet is given early media first (SAF_SUPPORT_NOMEDIA is not set). */
  readonly needsMedia?: boolean;
  /** May be run while the dial plan is being read (inline="true"; SAF_ROUTING_EXEC). */
  readonly isRoutable?: boolean;
  run(channel: C, data: string): Promise<void> | void;
}
