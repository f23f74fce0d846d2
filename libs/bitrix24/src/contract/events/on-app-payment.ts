import { z } from 'zod';
import { phpFlag, phpNumberOrNull, phpTextOrNull } from '../lenient';
import { page } from '../method-contract';
import type { EventContract } from './event-contract';

/** The application was paid for. The documented sample has no application_token, and so proves nothing. */
export const onAppPayment = {
  page: page('common/events/on-app-payment'),
  scopes: ['basic'],
  data: z.looseObject({
    CODE: phpTextOrNull,
    VERSION: phpTextOrNull,
    STATUS: phpTextOrNull,
    PAYMENT_EXPIRED: phpFlag.optional().catch(undefined),
    DAYS: phpNumberOrNull,
    LANGUAGE_ID: phpTextOrNull,
  }),
} as const satisfies EventContract;
