import { z } from 'zod';
import { phpFlag, phpText } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `events`: what this application may bind here; a self-hosted portal that lacks a module lacks its events, too. */
export const eventsList = {
  page: page('events/events'),
  auth: 'app-only',
  scopes: ['basic'],
  params: z.object({
    /** Those of one scope; FULL does not count then. */
    SCOPE: z.string().optional(),
    FULL: phpFlag.optional(),
  }),
  result: z.array(phpText.transform((name) => name.toUpperCase())),
  refusals: {},
} as const satisfies MethodContract;
