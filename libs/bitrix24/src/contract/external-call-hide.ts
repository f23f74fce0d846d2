import { z } from 'zod';
import { phpFlag, phpId } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `telephony.externalCall.hide`: closes the card for one user or many. True means hidden, false that the call is
 * unknown; neither is an error. Harmless to repeat.
 */
export const externalCallHide = {
  page: page('telephony/telephony-external-call-hide'),
  auth: 'app-or-webhook',
  scopes: ['telephony'],
  params: z.object({
    CALL_ID: z.string(),
    /** What happens without it is not documented: always send it. */
    USER_ID: z.union([phpId, z.array(phpId)]).optional(),
  }),
  result: phpFlag,
  refusals: {},
} as const satisfies MethodContract;
