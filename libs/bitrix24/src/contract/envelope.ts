import { z } from 'zod';
import { phpId, phpNumber, phpText } from './lenient';

/**
 * The frame around every answer. Look for the `error` key before anything else: some methods refuse with HTTP 200.
 * https://apidocs.bitrix24.com/settings/how-to-call-rest-api/general-principles.html
 */

/**
 * How long the portal worked. `start`, `finish`: unix s; `duration`, `processing`: s; `operating`: s this method has
 * used up in ten minutes; `operating_reset_at`: unix s. The operating pair is missing on self-hosted portals.
 */
export const timeBlock = z.looseObject({
  start: phpNumber.optional(),
  finish: phpNumber.optional(),
  duration: phpNumber.optional(),
  processing: phpNumber.optional(),
  date_start: z.string().optional(),
  date_finish: z.string().optional(),
  operating: phpNumber.optional(),
  operating_reset_at: phpNumber.optional(),
});
export type TimeBlock = z.output<typeof timeBlock>;

/** `total` and `next` (offset of the next page) come with lists only. */
export const successEnvelope = z.looseObject({
  result: z.unknown().refine((result) => result !== undefined, 'result is missing'),
  total: phpId.optional(),
  next: phpId.optional(),
  time: timeBlock.optional().catch(undefined),
});

/** `error` may be an empty string; `argument` names the parameter an ERROR_ARGUMENT is about. */
export const errorEnvelope = z.looseObject({
  error: phpText,
  error_description: phpText.optional().catch(undefined),
  argument: z.string().optional().catch(undefined),
  time: timeBlock.optional().catch(undefined),
});
export type ErrorEnvelope = z.output<typeof errorEnvelope>;
