import { companyFrom, type Company } from '@app/testkit';
import type { Cast } from '../scenario/language/people';

/** Whom nobody else is: the portal needs somebody who has installed the application. */
const ADMINISTRATOR = { id: 1, name: 'Administrator', extension: null };
const FIRST_CLIENT = 101;

/** What stands behind the portal of a scenario: its people, clients and lines. */
export function companyOfCast(cast: Cast, crm: 'leads' | 'simple'): Company {
  const { people, clients, lines } = cast;
  const users = people.flatMap(({ userId, name, extension = null, workday }) => {
    if (userId === undefined) return [];
    const [first = name, ...rest] = name.split(' ');
    const isAdmin = userId === 1;
    return [{ id: userId, name: first, lastName: rest.join(' '), extension, isAdmin, workday }];
  });
  return companyFrom({
    users: users.some(({ id }) => id === ADMINISTRATOR.id) ? users : [ADMINISTRATOR, ...users],
    clients: clients.flatMap(({ number, knownAs }, index) => {
      if (!knownAs) return [];
      const responsible = people.find(({ id }) => id === knownAs.responsible);
      return [
        {
          type: knownAs.type.toUpperCase(),
          id: FIRST_CLIENT + index,
          name: knownAs.name,
          phones: [number],
          assignedById: responsible?.userId ?? 1,
        },
      ];
    }),
    lines: [...new Set(lines.map(({ lineNumber }) => lineNumber))].map((number) => ({
      number,
      name: number,
    })),
    crmMode: crm,
  });
}
