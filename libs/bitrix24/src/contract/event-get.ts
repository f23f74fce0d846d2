import { z } from 'zod';
import { phpFlag, phpId, phpText } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `event.get`: what this application has bound. Who is no administrator sees only what he bound himself. */
export const eventGet = {
  page: page('events/event-get'),
  auth: 'app-only',
  scopes: ['basic'],
  params: z.object({}),
  result: z.array(
    z.object({
      event: phpText.transform((name) => name.toUpperCase()),
      handler: phpText,
      /** Whose tokens come with the event; 0: of the user who caused it. */
      auth_type: phpId,
      offline: phpFlag,
    }),
  ),
  refusals: {},
} as const satisfies MethodContract;
