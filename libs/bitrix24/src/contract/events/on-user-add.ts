import { z } from 'zod';
import { phpFlag, phpId, phpTextOrNull } from '../lenient';
import { page } from '../method-contract';
import type { EventContract } from './event-contract';

/** An invited user finished his registration: time to read the internal numbers again. Changes of users are not told. */
export const onUserAdd = {
  page: page('common/events/on-user-add'),
  scopes: ['user'],
  data: z.looseObject({
    ID: phpId,
    ACTIVE: phpFlag.optional().catch(undefined),
    EMAIL: phpTextOrNull,
    NAME: phpTextOrNull,
    LAST_NAME: phpTextOrNull,
    WORK_POSITION: phpTextOrNull,
  }),
} as const satisfies EventContract;
