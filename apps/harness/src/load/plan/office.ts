import type { Cast } from '../../scenario/language/people';

/** The company that is called and calls: its phones and numbers. */
export interface Office {
  /** Extensions; each of them calls out. */
  readonly employees: readonly string[];
  /** Numbers that ring one employee. */
  readonly direct: readonly { readonly did: string; readonly extension: string }[];
  /** The number that rings several at once. */
  readonly group: { readonly did: string; readonly members: readonly string[] };
}

/** As `freeswitch/conf/directory/default/users.xml` has them. */
const EMPLOYEES = Array.from({ length: 10 }, (_, index) => String(1001 + index));
const GROUP: Office['group'] = { did: '74951234568', members: ['1001', '1002', '1003'] };
const FIRST_USER = 11;
/** LINE_NUMBER of all numbers. */
const LINE = 'load';

/** What the shipped dialplan has: one number with one employee behind it. */
export const SHIPPED_OFFICE: Office = {
  employees: EMPLOYEES,
  direct: [{ did: '74951234567', extension: '1001' }],
  group: GROUP,
};

/** Every employee has a number of his own. */
export const WIDE_OFFICE: Office = {
  employees: EMPLOYEES,
  direct: EMPLOYEES.map((extension) => ({ did: `7495555${extension}`, extension })),
  group: GROUP,
};

/** What a switch needs beside the shipped dialplan for the numbers of `WIDE_OFFICE`; a file of `dialplan/public`. */
export const WIDE_OFFICE_DIALPLAN = `<include>
  <extension name="direct numbers">
    <condition field="destination_number" expression="^\\+?7495555(1[0-9]{3})$">
      <action application="transfer" data="$1 XML default"/>
    </condition>
  </extension>
</include>
`;

/** The same as scenarios have it. */
export function castOf({ employees, direct, group }: Office): Cast {
  return {
    people: employees.map((extension) => ({
      id: extension,
      name: `Employee ${extension}`,
      extension,
      userId: userOf({ employees }, extension),
      phones: [],
      isThere: true,
    })),
    clients: [],
    lines: [...direct, group].map(({ did }) => ({ id: did, number: did, lineNumber: LINE })),
    defaultPerson: employees[0] ?? '',
  };
}

/** The user of an employee in the portal. */
export function userOf({ employees }: Pick<Office, 'employees'>, extension: string): number {
  return FIRST_USER + employees.indexOf(extension);
}
