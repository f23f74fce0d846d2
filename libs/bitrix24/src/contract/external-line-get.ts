import { z } from 'zod';
import { commonRefusals } from './common-refusals';
import { phpFlag, phpText, phpTextOrNull } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `telephony.externalLine.get`: the lines of this application, without their ids. */
export const externalLineGet = {
  page: page('telephony/telephony-external-line-get'),
  auth: 'app-only',
  scopes: ['telephony'],
  params: z.object({}),
  result: z.array(z.object({ NUMBER: phpText, NAME: phpTextOrNull, CRM_AUTO_CREATE: phpFlag.optional() })),
  refusals: { wrongAuthType: commonRefusals.WRONG_AUTH_TYPE },
} as const satisfies MethodContract;
