import { z } from 'zod';
import { phpFlag, phpId } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `telephony.externalCall.show`: opens the card of a registered call for one user or many. True means the command was
 * pushed, false that the call is unknown; neither is an error. Harmless to repeat.
 */
export const externalCallShow = {
  page: page('telephony/telephony-external-call-show'),
  auth: 'app-or-webhook',
  scopes: ['telephony'],
  params: z.object({
    CALL_ID: z.string(),
    /** Default: the user the call was registered for. */
    USER_ID: z.union([phpId, z.array(phpId)]).optional(),
  }),
  result: phpFlag,
  refusals: {},
} as const satisfies MethodContract;
