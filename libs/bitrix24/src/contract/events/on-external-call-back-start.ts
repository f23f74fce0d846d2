import { z } from 'zod';
import { phpText, phpTextOrNull } from '../lenient';
import { page } from '../method-contract';
import { crmEntity, withoutNameless } from './crm-entity';
import type { EventContract } from './event-contract';

/**
 * A visitor asks to be called back on a line of this application. Nobody is named and nothing is registered: find the
 * responsible user, call, register with TYPE 4.
 */
export const onExternalCallBackStart = {
  page: page('telephony/events/on-external-call-back-start'),
  scopes: ['telephony'],
  data: z
    .looseObject({
      PHONE_NUMBER: phpText.pipe(z.string().min(1)),
      /** To be read out to the employee before he is connected. */
      TEXT: phpTextOrNull,
      /** Id of the voice that reads it. */
      VOICE: phpTextOrNull,
      LINE_NUMBER: phpTextOrNull,
      ...crmEntity,
    })
    .transform(withoutNameless),
} as const satisfies EventContract;
