import { z } from 'zod';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';
import { portalUser } from './portal-user';

/** `user.current`: the owner of the token, and so a cheap check of it. */
export const userCurrent = {
  page: page('user/user-current'),
  auth: 'app-or-webhook',
  scopes: ['user', 'user_basic', 'user_brief'],
  params: z.object({}),
  result: portalUser,
  refusals: {},
} as const satisfies MethodContract;
