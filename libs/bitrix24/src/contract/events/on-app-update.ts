import { z } from 'zod';
import { phpTextOrNull } from '../lenient';
import { page } from '../method-contract';
import type { EventContract } from './event-contract';

/** A new version. `auth` brings new tokens and a new application_token; all bindings are gone. */
export const onAppUpdate = {
  page: page('common/events/on-app-update'),
  scopes: ['basic'],
  data: z.looseObject({
    VERSION: phpTextOrNull,
    PREVIOUS_VERSION: phpTextOrNull,
    LANGUAGE_ID: phpTextOrNull,
  }),
} as const satisfies EventContract;
