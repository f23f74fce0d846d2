import { Client } from 'pg';
import { seedPortal } from '../company/portal-seed';
import type { Scenario } from '../scenario/language/scenario';
import type { ScenarioPortal } from './scenario-portal';
import { SWITCH_ID, type World } from './world';

/**
 * Makes a portal known to the product, in the place of the one of the scenario before: as an administrator would have left
 * it, with its employees, lines and settings.
 */
export async function installPortal(world: World, portal: ScenarioPortal, scenario: Scenario): Promise<void> {
  const { cast, settings } = scenario;
  const { fake, endpoint } = portal;
  await forgetPortals(world.databaseUrl);
  const person = cast.people.find(({ id }) => id === cast.defaultPerson);
  await seedPortal({
    databaseUrl: world.databaseUrl,
    switchId: SWITCH_ID,
    memberId: fake.memberId,
    endpoint,
    accessToken: fake.accessToken,
    company: fake.company,
    defaultUserId: person?.userId ?? 1,
    settings: settings.portal,
    lines: cast.lines.map(({ number, lineNumber }) => ({ did: number, lineNumber })),
  });
}

/** Numbers and people belong to one portal; those of earlier ones would be ambiguous. */
async function forgetPortals(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('DELETE FROM external_line');
    await client.query('DELETE FROM portal_user');
  } finally {
    await client.end();
  }
}
