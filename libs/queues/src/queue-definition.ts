import type { z } from 'zod';
import type { RetryPolicy } from './retry-policy';

/** A queue as both its sides know it: who fills it and who works it off. */
export interface QueueDefinition<Payload extends object> {
  readonly name: string;
  /** What a job carries. Checked when a job is taken up: it may be older than the program. */
  readonly payload: z.ZodType<Payload>;
  readonly retry: RetryPolicy;
}
