import { z } from 'zod';
import { phpFlag, phpIdOrNull, phpTextOrNull } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

const owner = z.object({
  /** null: the owner of the token is no longer active. */
  ID: phpIdOrNull,
  /** May change settings of applications. */
  ADMIN: phpFlag.optional(),
  NAME: phpTextOrNull,
  LAST_NAME: phpTextOrNull,
  PERSONAL_GENDER: phpTextOrNull,
  TIME_ZONE: phpTextOrNull,
  PERSONAL_PHOTO: phpTextOrNull,
});

/** `profile`: the owner of the token. Needs no scope at all, and so is the best probe of a token. */
export const profile = {
  page: page('common/users/profile'),
  auth: 'app-or-webhook',
  scopes: ['basic'],
  params: z.object({}),
  /** Empty, and so `[]`, for an owner who is not active. */
  result: z.union([owner, z.tuple([]).transform(() => owner.parse({}))]),
  refusals: {},
} as const satisfies MethodContract;
