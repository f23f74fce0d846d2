import { z } from 'zod';
import { phpFlag, phpText } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `scope`: the scopes that this application has, or with `full` all there are. */
export const scope = {
  page: page('common/system/scope'),
  auth: 'app-or-webhook',
  scopes: ['basic'],
  params: z.object({ full: phpFlag.optional() }),
  result: z.array(phpText),
  refusals: {},
} as const satisfies MethodContract;
