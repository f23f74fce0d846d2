import { z } from 'zod';
import { commonRefusals } from './common-refusals';
import { phpFlag } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `event.test`: sends ONAPPTEST to the handlers of this application; whatever is given comes back as its QUERY. */
export const eventTest = {
  page: page('events/test-handler'),
  auth: 'app-only',
  scopes: ['basic'],
  params: z.looseObject({}),
  result: phpFlag,
  refusals: { wrongAuthType: commonRefusals.WRONG_AUTH_TYPE },
} as const satisfies MethodContract;
