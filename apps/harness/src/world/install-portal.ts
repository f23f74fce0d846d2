import { Client } from 'pg';
import type { RequestLimit } from '@app/bitrix24/contract';
import { seedPortal } from '../company/portal-seed';
import type { Cast } from '../scenario/language/people';
import type { Settings } from '../scenario/language/settings';
import type { ScenarioPortal } from './scenario-portal';
import { SWITCH_ID, type World } from './world';

/** How an administrator has left it. */
export interface Installation {
  readonly cast: Cast;
  readonly settings: Pick<Settings, 'portal'>;
  /** As the portal was opened with. */
  readonly limit?: RequestLimit;
}

/**
 * Makes a portal known to the product, in the place of the one of the scenario before: as an administrator would have left
 * it, with its employees, lines and settings.
 */
export async function installPortal(
  world: World,
  portal: ScenarioPortal,
  { cast, settings, limit }: Installation,
): Promise<void> {
  const { fake, endpoint } = portal;
  await forgetPortals(world.databaseUrl);
  const person = cast.people.find(({ id }) => id === cast.defaultPerson);
  const { clientId, clientSecret, scopes: scope } = fake.app;
  const { applicationToken: token } = fake.apps.get(fake.app);
  const installKey = await seedPortal({
    databaseUrl: world.databaseUrl,
    secretKeys: world.secretKeys,
    switchId: SWITCH_ID,
    memberId: fake.memberId,
    endpoint,
    accessToken: fake.accessToken,
    company: fake.company,
    defaultUserId: person?.userId ?? 1,
    settings: settings.portal,
    lines: cast.lines.map(({ number, lineNumber, routing }) => ({ did: number, lineNumber, routing })),
    application: { clientId, clientSecret, token, scope },
    ...(limit && { limit }),
  });
  if (installKey !== undefined) await portal.bindClicks(`${world.doorUrl}/bitrix24/${installKey}/events`);
}

/**
 * The calls of a portal and what belongs to it, the portal last: each table before those that it refers to. Calls that stayed
 * would be filed in the next portal, should anybody ring for them once more.
 */
const OF_PORTALS = [
  'portal_request',
  'portal_event',
  'portal_call',
  'click',
  'call_event',
  'call',
  'external_line',
  'portal_user',
  'portal',
  'portal_app',
];

/** Numbers and people belong to one portal; those of earlier ones would be ambiguous, and nobody is there to be asked. */
async function forgetPortals(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    // What is still told of a call comes before this or not at all: between two of the statements it would bring its call back.
    await client.query('LOCK TABLE call IN SHARE ROW EXCLUSIVE MODE');
    for (const table of OF_PORTALS) await client.query(`DELETE FROM ${table}`);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
