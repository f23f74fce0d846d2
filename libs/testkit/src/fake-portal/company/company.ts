import type { TimemanStatus } from '@app/bitrix24/contract';

/** An employee. */
export interface FakeUser {
  readonly id: number;
  readonly name: string;
  readonly lastName: string;
  /** Internal number (UF_PHONE_INNER); null if he has none. */
  extension: string | null;
  active: boolean;
  workday: TimemanStatus;
  readonly email: string | null;
  readonly workPhone: string | null;
  readonly mobile: string | null;
  /** Administrator of the portal. */
  isAdmin: boolean;
  /** The right "Call statistics - view". */
  mayViewStatistics: boolean;
  /** The right to see clients. */
  mayReadCrm: boolean;
  /** Where he works; default the first one there is. */
  readonly departments?: readonly number[];
}

/** A department of the company. */
export interface FakeDepartment {
  readonly id: number;
  readonly name: string;
  /** The one it belongs to; the topmost has none. */
  readonly parentId?: number;
  /** User who leads it. */
  readonly headId?: number;
}

export type FakeCrmType = 'CONTACT' | 'COMPANY' | 'LEAD' | 'DEAL';

/** A client, or something made for one. */
export interface FakeCrmEntity {
  readonly type: FakeCrmType;
  readonly id: number;
  name: string;
  readonly phones: readonly string[];
  /** The responsible user. */
  assignedById: number;
  /** CRM_SOURCE of what a call created. */
  readonly source?: string;
}

/** An external line of an application. */
export interface FakeLine {
  /** Key of the line within its application. */
  readonly number: string;
  /** Unknown for lines that the company starts with, until they are changed. */
  readonly id?: number;
  readonly name: string;
  /** Takes part in creating CRM objects for outgoing calls over this line. */
  readonly crmAutoCreate: boolean;
  /** The application it belongs to; undefined: the one every portal starts with. */
  readonly appId?: string;
}

export interface FakeSource {
  readonly id: string;
  readonly name: string;
}

/** What is behind the portal. Tests may change it while it runs: dismiss somebody, add a client. */
export interface Company {
  readonly users: FakeUser[];
  readonly crm: FakeCrmEntity[];
  readonly lines: FakeLine[];
  /** Where clients come from (CRM_SOURCE): the STATUS_ID and its name. */
  readonly sources: FakeSource[];
  /** `leads` (classic): an unknown caller becomes a lead; `simple`: a contact and a deal. */
  crmMode: 'leads' | 'simple';
  crmInstalled: boolean;
  /** Default: one for all. */
  readonly departments?: readonly FakeDepartment[];
}

/** Digits of a number: how clients are found and calls are compared. */
export const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

export const fullName = (user: FakeUser): string => `${user.name} ${user.lastName}`.trim();

const ONE_DEPARTMENT: readonly FakeDepartment[] = [{ id: 1, name: 'Company' }];

/** The departments, the topmost first. */
export const departmentsOf = ({ departments = ONE_DEPARTMENT }: Company): readonly FakeDepartment[] =>
  departments;

/** UF_DEPARTMENT of an employee. */
export const workplacesOf = ({ departments = [1] }: FakeUser): readonly number[] => departments;

/** A company with these internal numbers, one employee each: 1001 has USER_ID 1, 1002 has 2, and so on. */
export function companyOf({ extensions }: { readonly extensions: readonly string[] }): Company {
  return {
    users: extensions.map((extension) =>
      employee(Number(extension) - 1000, 'User', String(Number(extension) - 1000)),
    ),
    crm: [],
    lines: [],
    sources: ordinarySources(),
    crmMode: 'leads',
    crmInstalled: true,
  };
}

/** Employee N with the internal number 1000 + N. The first one is the administrator. */
export function employee(id: number, name: string, lastName: string): FakeUser {
  return {
    id,
    name,
    lastName,
    extension: String(1000 + id),
    active: true,
    workday: 'OPENED',
    email: `user${id}@company.example`,
    workPhone: null,
    mobile: null,
    isAdmin: id === 1,
    mayViewStatistics: true,
    mayReadCrm: true,
  };
}

/** As a new portal has them. */
export const ordinarySources = (): FakeSource[] => [
  { id: 'CALL', name: 'Call' },
  { id: 'EMAIL', name: 'E-mail' },
  { id: 'WEB', name: 'Website' },
  { id: 'ADVERTISING', name: 'Advertising' },
  { id: 'PARTNER', name: 'Existing client' },
  { id: 'WEBFORM', name: 'CRM form' },
  { id: 'CALLBACK', name: 'Callback' },
  { id: 'OTHER', name: 'Other' },
];
