import { z } from 'zod';
import { responsibleForMissed } from './call-policy';
import { StoreError } from '../store-error';

const direction = z
  .strictObject({
    /** `CRM_CREATE` and `CRM_SOURCE`. */
    crm: z.strictObject({ create: z.boolean().optional(), source: z.string().min(1).optional() }).optional(),
    /** `ADD_TO_CHAT`. */
    addToChat: z.boolean().optional(),
    /** Who is responsible for missed calls, and whether he is told; of inbound calls only. */
    missed: z
      .strictObject({ responsible: responsibleForMissed.optional(), notify: z.boolean().optional() })
      .optional(),
  })
  .optional();

const schema = z.strictObject({ inbound: direction, outbound: direction });

/** Where calls over a line differ from what the portal's settings say. What is missing is as in the portal. */
export type LinePolicy = z.output<typeof schema>;

/**
 * Reads the policy of a line.
 *
 * @throws StoreError `bad-row`, naming the first thing that is wrong.
 */
export function readLinePolicy(policy: unknown): LinePolicy {
  const read = schema.safeParse(policy);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new StoreError(`policy of a line: ${where} ${issue?.message ?? ''}`, {
    kind: 'bad-row',
    table: 'external_line',
  });
}
