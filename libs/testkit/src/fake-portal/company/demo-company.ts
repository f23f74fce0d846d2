import { employee, ordinarySources } from './company';
import type { Company, FakeCrmEntity, FakeDepartment } from './company';

const NAMES = [
  'Anna Petrova',
  'Boris Volkov',
  'Clara Jensen',
  'David Okafor',
  'Elena Smirnova',
  'Felix Wagner',
  'Grace Lee',
  'Hugo Martin',
  'Irina Belova',
  'Jonas Berg',
  'Katya Orlova',
  'Leo Rossi',
  'Maria Silva',
  'Nikita Sokolov',
  'Olga Pavlova',
  'Pavel Novak',
  'Rosa Garcia',
  'Sergey Ivanov',
] as const;

/** Numbers from ranges that are set aside for fiction (Ofcom, NANP 555-01xx) or plainly made up. */
const CLIENTS: readonly FakeCrmEntity[] = [
  { type: 'CONTACT', id: 101, name: 'Oliver Brown', phones: ['+442079460101'], assignedById: 3 },
  { type: 'CONTACT', id: 102, name: 'Emma Wilson', phones: ['+12025550102'], assignedById: 5 },
  { type: 'COMPANY', id: 201, name: 'Northwind Trading', phones: ['+442079460201'], assignedById: 2 },
  { type: 'LEAD', id: 301, name: 'Web form: windows', phones: ['+12025550301'], assignedById: 4 },
  { type: 'CONTACT', id: 103, name: 'Ivan Kuznetsov', phones: ['+74950000103'], assignedById: 7 },
];

const DEPARTMENTS: readonly FakeDepartment[] = [
  { id: 1, name: 'Demo company', headId: 1 },
  { id: 2, name: 'Sales', parentId: 1, headId: 2 },
  { id: 3, name: 'Support', parentId: 1, headId: 10 },
];

/** The director alone is above both departments. */
const departmentOf = (userId: number): number => (userId === 1 ? 1 : userId < 10 ? 2 : 3);

/**
 * Eighteen employees, 1001 to 1018 (USER_ID 1 to 18), two lines and a handful of clients, each with a responsible
 * employee. 1017 has been dismissed, 1018 has gone home.
 */
export function demoCompany(): Company {
  const users = NAMES.map((fullName, index) => {
    const [name = '', lastName = ''] = fullName.split(' ');
    const id = index + 1;
    return { ...employee(id, name, lastName), departments: [departmentOf(id)] };
  });
  const [dismissed, atHome] = users.slice(-2);
  if (dismissed) dismissed.active = false;
  if (atHome) atHome.workday = 'CLOSED';
  return {
    users,
    crm: CLIENTS.map((client) => ({ ...client })),
    lines: [
      { number: 'line-1', name: 'Main line', crmAutoCreate: true },
      { number: 'line-2', name: 'Support', crmAutoCreate: false },
    ],
    sources: ordinarySources(),
    crmMode: 'leads',
    crmInstalled: true,
    departments: DEPARTMENTS,
  };
}
