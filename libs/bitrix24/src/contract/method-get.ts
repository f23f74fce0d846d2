import { z } from 'zod';
import { phpFlag } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `method.get`: whether a method exists here (self-hosted portals may lack modules), and whether we may call it. */
export const methodGet = {
  page: page('common/system/method-get'),
  auth: 'app-or-webhook',
  scopes: ['basic'],
  /** Lower case. Without it both answers are false. */
  params: z.object({ name: z.string().optional() }),
  result: z.object({ isExisting: phpFlag, isAvailable: phpFlag }),
  refusals: {},
} as const satisfies MethodContract;
