import { z } from 'zod';
import { phpId } from './lenient';
import { page } from './method-contract';
import type { DocumentedRefusal, MethodContract } from './method-contract';

const refusal = (code: string, description: string): DocumentedRefusal => ({
  httpStatus: 400,
  code,
  description,
});

/** `im.notify.system.add`: a notice without an author. Sent twice it is shown twice, unless it has a TAG. */
export const imNotifySystemAdd = {
  page: page('chats/notifications/im-notify-system-add'),
  auth: 'app-or-webhook',
  scopes: ['im'],
  params: z.object({
    USER_ID: phpId,
    /** Trimmed; BB codes. */
    MESSAGE: z.string(),
    /** For e-mail. */
    MESSAGE_OUT: z.string().optional(),
    /** Unique in the application: a new notice replaces the one with the same tag. */
    TAG: z.string().optional(),
    SUB_TAG: z.string().optional(),
    /** At most 60000 characters. */
    ATTACH: z.union([z.string(), z.looseObject({})]).optional(),
    /** Webhooks only. */
    CLIENT_ID: z.string().optional(),
  }),
  /** The id of the notice, or null if there is none (`false` on the wire). */
  result: z.union([phpId, z.literal(false).transform(() => null)]),
  refusals: {
    sessionNotAllowed: {
      httpStatus: 403,
      code: 'WRONG_AUTH_TYPE',
      description: 'Access for this method not allowed by session authorization.',
    },
    userIdEmpty: refusal('USER_ID_EMPTY', "User ID can't be empty"),
    messageEmpty: refusal('MESSAGE_EMPTY', "Message can't be empty"),
    attachTooLarge: refusal('ATTACH_OVERSIZE', 'You have exceeded the maximum allowable size of attach'),
    attachWrong: refusal('ATTACH_ERROR', 'Incorrect attach params'),
  },
} as const satisfies MethodContract;
