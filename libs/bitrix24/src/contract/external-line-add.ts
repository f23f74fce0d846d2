import { z } from 'zod';
import { commonRefusals } from './common-refusals';
import { phpId } from './lenient';
import { errorCore, page } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `telephony.externalLine.add`: makes a line known under its NUMBER. Lines belong to the application. A line that is
 * there already is refused, which is a success for who installs.
 */
export const externalLineAdd = {
  page: page('telephony/telephony-external-line-add'),
  auth: 'app-only',
  scopes: ['telephony'],
  params: z.object({
    /** The key of the line; free text. */
    NUMBER: z.string(),
    NAME: z.string().optional(),
    /** Default Y: calls started in the portal over this line create a client. */
    CRM_AUTO_CREATE: z.enum(['Y', 'N']).optional(),
  }),
  result: z.object({ ID: phpId }),
  refusals: {
    wrongAuthType: commonRefusals.WRONG_AUTH_TYPE,
    numberEmpty: errorCore('NUMBER should not be empty'),
    alreadyExists: errorCore('Line already exists'),
    databaseError: errorCore('DB error'),
  },
} as const satisfies MethodContract;
