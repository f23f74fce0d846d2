import { z } from 'zod';
import { phpFlag, phpId, phpIdOrNull, phpText, phpTextOrNull } from '../lenient';
import { page } from '../method-contract';
import { crmEntity, withoutNameless } from './crm-entity';
import type { EventContract } from './event-contract';

/**
 * Somebody clicked a number while this application is his outgoing line. The portal has registered the call already:
 * dial, and finish with this CALL_ID; never register. Finish it even if nobody picks up, or its card stays.
 */
export const onExternalCallStart = {
  page: page('telephony/events/on-external-call-start'),
  scopes: ['telephony'],
  data: z
    .looseObject({
      /** Who clicked. */
      USER_ID: phpId,
      /** Missing in older self-hosted portals, which register nothing: register it yourself then. */
      CALL_ID: phpTextOrNull,
      /** As it is stored in the CRM. */
      PHONE_NUMBER: phpText.pipe(z.string().min(1)),
      PHONE_NUMBER_INTERNATIONAL: phpTextOrNull,
      /** To be dialled after the number. */
      EXTENSION: phpTextOrNull,
      /** Goes into register of the calls of a campaign; null: none. */
      CALL_LIST_ID: phpIdOrNull,
      LINE_NUMBER: phpTextOrNull,
      /** In the mobile app. 0 or 1, and Y or N in older texts. */
      IS_MOBILE: phpFlag.catch(false),
      ...crmEntity,
    })
    .transform(withoutNameless),
} as const satisfies EventContract;
