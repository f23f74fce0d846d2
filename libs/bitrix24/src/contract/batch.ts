import { z } from 'zod';
import { phpFlag, phpMap } from './lenient';
import type { MethodContract } from './method-contract';

/** Commands in one batch; those beyond it are refused one by one (limits.md). */
export const BATCH_LIMIT = 50;

/**
 * `batch`: up to 50 commands in one request, run in their order. It counts once against the request limit, each
 * command against the operating time of its method. HTTP 200 even if all of them failed.
 *
 * `$result[key][field]` in a command stands for a result of an earlier one; if that one failed and `halt` is off, the
 * method gets this very text instead of a value.
 */
export const batch = {
  page: 'https://apidocs.bitrix24.com/settings/how-to-call-rest-api/batch.html',
  auth: 'app-or-webhook',
  scopes: ['basic'],
  params: z.object({
    /** key -> `method?query`. */
    cmd: z.union([z.record(z.string(), z.string()), z.array(z.string())]),
    /** Stop at the first error. Default: go on. */
    halt: phpFlag.optional(),
  }),
  /**
   * Each by the keys of the commands. `result_error` has what a refused request has; `result_time` time blocks. Not
   * read here: one command that cannot be read must not cost the others.
   */
  result: z.object({
    result: phpMap(z.unknown()),
    result_error: phpMap(z.unknown()),
    result_total: phpMap(z.unknown()).optional().catch(undefined),
    result_next: phpMap(z.unknown()).optional().catch(undefined),
    result_time: phpMap(z.unknown()).optional().catch(undefined),
  }),
  /** Both come within `result_error`, of the command that they are about. */
  refusals: {
    notAllowed: {
      httpStatus: 405,
      code: 'ERROR_BATCH_METHOD_NOT_ALLOWED',
      description: 'Method is not allowed for batch usage',
    },
    tooLong: {
      httpStatus: 400,
      code: 'ERROR_BATCH_LENGTH_EXCEEDED',
      description: 'Max batch length exceeded',
    },
  },
} as const satisfies MethodContract;
