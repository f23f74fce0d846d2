import { z } from 'zod';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `server.time`: the portal's clock, ISO-8601 with an offset. */
export const serverTime = {
  page: page('common/system/server-time'),
  auth: 'app-or-webhook',
  scopes: ['basic'],
  params: z.object({}),
  result: z.string().min(1),
  refusals: {},
} as const satisfies MethodContract;
