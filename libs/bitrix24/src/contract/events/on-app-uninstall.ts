import { z } from 'zod';
import { phpFlag, phpTextOrNull } from '../lenient';
import { page } from '../method-contract';
import type { EventContract } from './event-contract';

/** The application was removed. No token works any more: application_token is the only proof. */
export const onAppUninstall = {
  page: page('common/events/on-app-uninstall'),
  scopes: ['basic'],
  data: z.looseObject({
    LANGUAGE_ID: phpTextOrNull,
    /** True: the administrator wants the data gone. What is not clearly a yes erases nothing. */
    CLEAN: phpFlag.catch(false),
  }),
} as const satisfies EventContract;
