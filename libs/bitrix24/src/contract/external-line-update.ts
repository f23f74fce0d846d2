import { z } from 'zod';
import { commonRefusals } from './common-refusals';
import { phpId } from './lenient';
import { errorCore, page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `telephony.externalLine.update`: another name or another CRM_AUTO_CREATE for the line with this NUMBER. */
export const externalLineUpdate = {
  page: page('telephony/telephony-external-line-update'),
  auth: 'app-only',
  scopes: ['telephony'],
  params: z
    .object({
      NUMBER: z.string(),
      NAME: z.string().optional(),
      CRM_AUTO_CREATE: z.enum(['Y', 'N']).optional(),
    })
    .refine((params) => params.NAME !== undefined || params.CRM_AUTO_CREATE !== undefined, {
      message: 'There are no fields to update',
    }),
  result: z.object({ ID: phpId }),
  refusals: {
    wrongAuthType: commonRefusals.WRONG_AUTH_TYPE,
    nothingToUpdate: errorCore('There are no fields to update'),
    numberEmpty: errorCore('NUMBER should not be empty'),
    lineNotFound: errorCore('Could not find line with number {NUMBER}'),
  },
} as const satisfies MethodContract;
