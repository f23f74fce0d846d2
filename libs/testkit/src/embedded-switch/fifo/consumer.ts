import type { EventRecord } from '../../captured-calls/captured-event';
import type { Channel } from '../core';
import type { Line } from './line';
import type { Lines } from './lines';

/** Somebody who takes callers: he has dialled, or he is a member who was called. */
export interface Consumer {
  readonly lines: Lines;
  readonly channel: Channel;
  /** The lines that he serves. */
  readonly served: readonly Line[];
  /** As the application names them: what his events say. */
  readonly name: string;
  /** Stays for the next caller. */
  readonly waits: boolean;
  /** Played to him before each caller. */
  readonly announce: string | undefined;
  readonly music: string | undefined;
  /** fifo_outbound_uuid. */
  readonly memberId: string | undefined;
  /** FIFO-Caller-CID-*: who he is; of somebody who has dialled, whom the switch took him for. */
  readonly identity: EventRecord;
}
