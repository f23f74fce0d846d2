import type { ChoreStore, DirectoryStore, PhoneStore } from '@app/store';
import type { PacedSessions, PortalRequests } from '../paced-sessions';
import type { SetUpStep } from '../set-up-portal';
import { extensionMap, type Employee, type ExtensionMap } from './extension-map';

/** More than any company has: whoever answers so many pages answers the same one for ever. */
const MOST_PAGES = 1_000;
const FIELDS = ['ID', 'ACTIVE', 'NAME', 'LAST_NAME', 'UF_PHONE_INNER'];

const NO_HOME =
  'It is not known on which switch the phones of this portal are: give its lines with "portals lines", or say it with "portals phones".';
const NOBODY =
  'The portal told of nobody with an internal number; what was known before stays. Enter internal numbers in the profiles of the employees, and see that the application may read them (user_basic).';

/** When the users of a portal are read again. */
export interface ReadUsersTimes {
  /** After all went well; ms. */
  readonly everyMs: number;
  /** After nothing could be used; ms. */
  readonly soonMs: number;
}

/**
 * Who has which extension, as a step of the set-up and as a chore that is done again and again. An answer that is empty or
 * incomplete changes nothing: it is taken for a failure of the portal, not for a company without phones.
 */
export class ReadUsers implements SetUpStep {
  readonly name = 'employees and extensions';

  constructor(
    private readonly sessions: Pick<PacedSessions, 'with'>,
    private readonly phones: Pick<PhoneStore, 'homesOf'>,
    private readonly directory: Pick<DirectoryStore, 'replaceUsers'>,
    private readonly chores: Pick<ChoreStore, 'done'>,
    private readonly times: ReadUsersTimes = { everyMs: 3_600_000, soonMs: 300_000 },
  ) {}

  async run(portalId: string): Promise<string | undefined> {
    const { replaced, problem } = await this.#read(portalId);
    const { everyMs, soonMs } = this.times;
    // Spread, so that a thousand portals that were set up at once are not read at once for ever.
    const afterMs = (replaced ? everyMs : soonMs) * (0.75 + Math.random() / 2);
    await this.chores.done(portalId, 'read-users', { afterMs, problem });
    return problem;
  }

  async #read(portalId: string): Promise<{ replaced: boolean; problem?: string }> {
    const homes = await this.phones.homesOf(portalId);
    if (homes.length === 0) return { replaced: false, problem: NO_HOME };
    const employees = await this.sessions.with(portalId, readEmployees);
    const map = extensionMap(employees);
    const users = homes.flatMap((home) => map.phones.map((phone) => ({ ...home, ...phone })));
    const replaced = await this.directory.replaceUsers(portalId, users);
    return { replaced, problem: replaced ? sharedExtensions(map) : NOBODY };
  }
}

/**
 * The employees of a portal, page by page.
 *
 * @throws PortalError, and Error when the pages do not add up: whoever reads half a company would take the other half's calls away
 */
export async function readEmployees(requests: PortalRequests): Promise<Employee[]> {
  const employees: Employee[] = [];
  let start: number | undefined = 0;
  let total = 0;
  let rows = 0;
  for (let page = 0; start !== undefined && page < MOST_PAGES; page += 1) {
    const {
      result,
      next,
      total: told,
    }: Awaited<ReturnType<typeof readPage>> = await readPage(requests, start);
    rows += result.length;
    total = told ?? total;
    start = next;
    for (const user of result) {
      if (user.ACTIVE === false) continue;
      const name = [user.NAME, user.LAST_NAME].filter((part) => part !== null).join(' ');
      employees.push({ userId: user.ID, name, extension: user.UF_PHONE_INNER ?? undefined });
    }
  }
  if (start !== undefined || rows < total)
    throw new Error(`the portal told of ${rows} employees where there should be ${total}`);
  return employees;
}

function readPage(requests: PortalRequests, start: number) {
  const FILTER = { ACTIVE: true };
  return requests.call('user.get', { FILTER, select: FIELDS, sort: 'ID', order: 'ASC', start });
}

/** What is said of extensions that several have; undefined: there is none. */
export function sharedExtensions({ shared }: ExtensionMap): string | undefined {
  if (shared.length === 0) return undefined;
  const each = shared.map(({ extension, employees: [first, ...others] }) => {
    const rest = others.map(shown).join(', ');
    return `${extension} is the number of ${shown(first)}, who gets its calls, and of ${rest}`;
  });
  return `An internal number can have one owner: ${each.join('; ')}. Correct the profiles in Bitrix24.`;
}

function shown(employee: Employee | undefined): string {
  return employee === undefined ? 'nobody' : `${employee.name || 'a user'} (${employee.userId})`;
}
