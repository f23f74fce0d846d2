import { contract } from '@app/bitrix24/contract';
import type { MethodContract } from '@app/bitrix24/contract';
import { z } from 'zod';
import { docs, refusal, text, wholeNumber } from './forms';

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

const messageAdd = {
  auth: notice.auth,
  scopes: notice.scopes,
  page: docs('chats/messages/im-message-add'),
  params: z.object({
    /** A user id, chatNNN or sgNNN. */
    DIALOG_ID: text.optional(),
    MESSAGE: z.string().optional(),
    ATTACH: z.unknown().optional(),
    KEYBOARD: z.unknown().optional(),
    MENU: z.unknown().optional(),
    SYSTEM: z.enum(['Y', 'N']).optional(),
    URL_PREVIEW: z.enum(['Y', 'N']).optional(),
    REPLY_ID: wholeNumber.optional(),
  }),
  result: z.int(),
  refusals: {
    messageEmpty: refusal(400, 'MESSAGE_EMPTY', "Message can't be empty"),
    dialogEmpty: refusal(400, 'USER_ID_EMPTY', "User ID can't be empty"),
    userNotFound: refusal(400, 'USER_NOT_FOUND', 'User not found'),
    badDialog: refusal(400, 'CHAT_ID', 'Error creating message'),
    attachTooLarge: refusal(400, 'ATTACH_OVERSIZE', 'You have exceeded the maximum allowable size of attach'),
  },
} as const satisfies MethodContract;

export const messengerMethods = {
  'im.notify': notify,
  'im.notify.personal.add': personalAdd,
  'im.notify.delete': remove,
  'im.message.add': messageAdd,
} as const;
