import { z } from 'zod';
import { phpFlag, phpTextOrNull } from '../lenient';
import { page } from '../method-contract';
import type { EventContract } from './event-contract';

/**
 * The application was installed. `auth` brings the installer's two tokens and the application_token that all later
 * events are compared with: prove them before any of it is stored. May be late.
 */
export const onAppInstall = {
  page: page('common/events/on-app-install'),
  scopes: ['basic'],
  data: z.looseObject({
    VERSION: phpTextOrNull,
    ACTIVE: phpFlag.optional().catch(undefined),
    /** False: an application with pages, whose `installFinish` is still to come. */
    INSTALLED: phpFlag.optional().catch(undefined),
    LANGUAGE_ID: phpTextOrNull,
  }),
} as const satisfies EventContract;
