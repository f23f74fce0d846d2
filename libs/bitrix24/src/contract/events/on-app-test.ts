import { z } from 'zod';
import { phpMap, phpTextOrNull } from '../lenient';
import { page } from '../method-contract';
import type { EventContract } from './event-contract';

/** The answer to `event.test`: events arrive here. */
export const onAppTest = {
  page: page('events/test-handler'),
  scopes: ['basic'],
  data: z.looseObject({
    /** What event.test was given. */
    QUERY: phpMap(z.unknown()).optional().default({}),
    LANGUAGE_ID: phpTextOrNull,
  }),
} as const satisfies EventContract;
