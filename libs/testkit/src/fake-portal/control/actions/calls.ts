import { z } from 'zod';
import { action, userId, userOf } from '../action';

const crm = z
  .strictObject({ type: z.enum(['CONTACT', 'COMPANY', 'LEAD', 'DEAL']), id: z.int().nonnegative() })
  .optional();
const phoneNumber = z.string().regex(/\d/, 'expected a number with at least one digit');

/** What people do that makes the portal call, or ask for a call. */
export const callActions = {
  click: action(
    'A user clicks a number: the call is registered, its card opens, ONEXTERNALCALLSTART goes to the chosen application. callId is null if none is chosen.',
    z.strictObject({
      userId,
      phoneNumber,
      line: z.string().optional(),
      callListId: z.int().nonnegative().optional(),
      extension: z.string().optional(),
      isMobile: z.boolean().optional(),
      crm,
      withoutCallId: z.boolean().optional(),
    }),
    (portal, clicked) => {
      userOf(portal, clicked.userId);
      return { callId: portal.click(clicked) ?? null };
    },
  ),
  'callback-form': action(
    'A visitor asks to be called back: ONEXTERNALCALLBACKSTART goes to the chosen application.',
    z.strictObject({
      phoneNumber,
      text: z.string().optional(),
      voice: z.string().optional(),
      crm,
      line: z.string().optional(),
    }),
    (portal, form) => portal.submitCallbackForm(form),
  ),
} as const;
