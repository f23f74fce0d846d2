import type { z } from 'zod';

/** One event of the portal: where it is described, which scope it needs, and what its `data` holds. */
export interface EventContract {
  /** Its documentation page. */
  readonly page: string;
  /** Any one of these scopes is enough; every application has `basic`. */
  readonly scopes: readonly string[];
  /** Fields that nobody has heard of stay in the output. */
  readonly data: z.ZodType;
}
