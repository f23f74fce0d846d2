import type { Logger } from '@app/observability';
import type { DoorMetrics } from './door-metrics';

/** What every part of the door has: where it says how it does, and how long it waits for the database. */
export interface DoorContext {
  readonly log: Logger;
  readonly metrics: DoorMetrics;
  /** ms; see DoorSettings. */
  readonly storeMs: number;
}
