import { z } from 'zod';
import { commonRefusals } from './common-refusals';
import { phpMap } from './lenient';
import { errorCore, page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `telephony.externalLine.delete`: the line with this NUMBER goes. Its answer is always empty. */
export const externalLineDelete = {
  page: page('telephony/telephony-external-line-delete'),
  auth: 'app-only',
  scopes: ['telephony'],
  params: z.object({ NUMBER: z.string() }),
  result: phpMap(z.unknown()),
  refusals: {
    wrongAuthType: commonRefusals.WRONG_AUTH_TYPE,
    numberEmpty: errorCore('NUMBER should not be empty'),
    lineNotFound: errorCore('Could not find line with number {NUMBER}'),
  },
} as const satisfies MethodContract;
