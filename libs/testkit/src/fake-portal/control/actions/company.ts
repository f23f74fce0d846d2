import { z } from 'zod';
import { employee } from '../../company/company';
import { action, userId, userOf } from '../action';

const person = {
  extension: z.string().nullable().optional(),
  active: z.boolean().optional(),
  workday: z.enum(['OPENED', 'CLOSED', 'PAUSED', 'EXPIRED', 'UNAVAILABLE', 'NOT_INSTALLED']).optional(),
  isAdmin: z.boolean().optional(),
  mayViewStatistics: z.boolean().optional(),
  mayReadCrm: z.boolean().optional(),
};

/** Employees and clients. */
export const companyActions = {
  hire: action(
    'Somebody new: ONUSERADD. Without an extension it is 1000 and the id.',
    z.strictObject({ userId, name: z.string(), lastName: z.string().default(''), ...person }),
    (portal, { userId: id, name, lastName, ...rest }) => {
      if (portal.state.company.users.some((user) => user.id === id))
        throw new Error(`the user ${id} is there already`);
      portal.hire(Object.assign(employee(id, name, lastName), withoutGaps(rest)));
    },
  ),
  dismiss: action(
    'Somebody is dismissed, and his tokens of local applications with him. No event tells it.',
    z.strictObject({ userId }),
    (portal, body) => portal.dismiss(body.userId),
  ),
  'set-user': action(
    'Changes a user: his extension, his workday, his rights; active alone leaves his tokens.',
    z.strictObject({ userId, ...person }),
    (portal, { userId: id, ...changes }) => {
      Object.assign(userOf(portal, id), withoutGaps(changes));
    },
  ),
  'add-client': action(
    'A client of the company.',
    z.strictObject({
      type: z.enum(['CONTACT', 'COMPANY', 'LEAD', 'DEAL']),
      id: z.int().positive(),
      name: z.string(),
      phones: z.array(z.string()).default([]),
      assignedById: userId.default(1),
    }),
    ({ state }, client) => {
      const isThere = state.company.crm.some(({ type, id }) => type === client.type && id === client.id);
      if (isThere) throw new Error(`${client.type} ${client.id} is there already`);
      state.company.crm.push(client);
    },
  ),
  'crm-mode': action(
    'What an unknown caller becomes: a lead (leads), or a contact and a deal (simple).',
    z.strictObject({ mode: z.enum(['leads', 'simple']) }),
    ({ state }, { mode }) => {
      state.company.crmMode = mode;
    },
  ),
} as const;

/** What was left out changes nothing. */
function withoutGaps(changes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
