import { timemanStatuses } from '@app/bitrix24/contract';
import { z } from 'zod';
import { employee, ordinarySources } from './company';
import type { Company, FakeUser } from './company';

/** A company that was written down cannot be used; the message names the place and the fault. */
export class CompanyError extends Error {
  override readonly name = 'CompanyError';
}

const id = z.int().positive();
/** A number that YAML may have taken for one. */
const digits = z.union([z.string(), z.int().nonnegative()]).transform(String);

const user = z.strictObject({
  id,
  name: z.string().min(1),
  lastName: z.string().default(''),
  /** Default 1000 and the id; null: none. */
  extension: digits.nullable().optional(),
  active: z.boolean().optional(),
  workday: z.enum(timemanStatuses).optional(),
  email: z.string().nullable().optional(),
  workPhone: digits.nullable().optional(),
  mobile: digits.nullable().optional(),
  /** Default: user 1 alone. */
  isAdmin: z.boolean().optional(),
  mayViewStatistics: z.boolean().optional(),
  mayReadCrm: z.boolean().optional(),
  departments: z.array(id).optional(),
});

const client = z.strictObject({
  type: z.enum(['CONTACT', 'COMPANY', 'LEAD', 'DEAL']),
  id,
  name: z.string().min(1),
  phones: z.array(digits).default([]),
  /** The responsible user. */
  assignedById: id.default(1),
});

/** A company as it is written down, in JSON or YAML. Only the users have to be there. */
export const companyFile = z.strictObject({
  users: z.array(user).min(1),
  departments: z
    .array(z.strictObject({ id, name: z.string().min(1), parentId: id.optional(), headId: id.optional() }))
    .min(1)
    .optional(),
  clients: z.array(client).default([]),
  lines: z
    .array(
      z.strictObject({
        number: digits,
        name: z.string().default(''),
        crmAutoCreate: z.boolean().default(true),
      }),
    )
    .default([]),
  /** Where clients come from; default: those of a new portal. */
  sources: z.array(z.strictObject({ id: z.string().min(1), name: z.string() })).optional(),
  crmMode: z.enum(['leads', 'simple']).default('leads'),
});

/** @throws CompanyError with a sentence for whoever wrote it */
export function companyFrom(written: unknown): Company {
  const parsed = companyFile.safeParse(written);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.map(String).join('.') ?? '';
    throw new CompanyError(`${place === '' ? 'the company' : place}: ${issue?.message ?? 'does not fit'}`);
  }
  const { users, clients, sources, ...rest } = parsed.data;
  const company: Company = {
    ...rest,
    users: users.map(userFrom),
    crm: clients,
    sources: sources ?? ordinarySources(),
    crmInstalled: true,
  };
  checkPeople(company);
  return company;
}

/** What is not written down is as with everybody. */
function userFrom({ id: userId, name, lastName, ...written }: z.output<typeof user>): FakeUser {
  const given = Object.fromEntries(
    Object.entries<unknown>(written).filter(([, value]) => value !== undefined),
  );
  return { ...employee(userId, name, lastName), ...given };
}

function checkPeople({ users, crm, departments = [] }: Company): void {
  refuseTwice(
    'users',
    users.map((one) => one.id),
  );
  refuseTwice(
    'extensions',
    users.flatMap(({ extension }) => extension ?? []),
  );
  refuseTwice(
    'clients',
    crm.map((one) => `${one.type} ${one.id}`),
  );
  refuseTwice(
    'departments',
    departments.map((one) => one.id),
  );
  const installer = users.find((one) => one.id === 1);
  const mayInstall = installer?.active === true && installer.isAdmin;
  if (!mayInstall)
    throw new CompanyError(
      'users: user 1 installs the application, so he has to be there, active and isAdmin',
    );
  for (const { type, id: clientId, assignedById } of crm)
    if (!users.some((one) => one.id === assignedById))
      throw new CompanyError(
        `clients: ${type} ${clientId} is assigned to user ${assignedById}, who is not there`,
      );
}

function refuseTwice(what: string, values: readonly (string | number)[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new CompanyError(`${what}: ${twice} is there twice`);
}
