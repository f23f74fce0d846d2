import { contract } from '@app/bitrix24/contract';
import type { MethodContract } from '@app/bitrix24/contract';
import { z } from 'zod';
import { docs, refusal, wholeNumber } from './forms';

const notice = contract['im.notify.system.add'];

const personalAdd = {
  ...notice,
  page: docs('chats/notifications/im-notify-personal-add'),
} as const satisfies MethodContract;

const notify = {
  ...notice,
  page: docs('chats/notifications/im-notify'),
  params: notice.params.extend({ TYPE: z.enum(['USER', 'SYSTEM']).optional() }),
} as const satisfies MethodContract;

const remove = {
  auth: notice.auth,
  scopes: notice.scopes,
  page: docs('chats/notifications/im-notify-delete'),
  params: z.object({
    ID: wholeNumber.optional(),
    TAG: z.string().optional(),
    SUB_TAG: z.string().optional(),
    CLIENT_ID: z.string().optional(),
  }),
  result: z.boolean(),
  refusals: { nothingNamed: refusal(400, 'PARAMS_ERROR', 'Incorrect params') },
} as const satisfies MethodContract;

export const messengerMethods = {
  'im.notify': notify,
  'im.notify.personal.add': personalAdd,
  'im.notify.delete': remove,
} as const;
