import { requestLimitOf, type RequestLimit } from '@app/bitrix24/contract';
import {
  createDataSource,
  DirectoryStore,
  PortalAppStore,
  PortalStore,
  RouteStore,
  SecretBox,
  type PortalSettingsInput,
  type SecretKey,
} from '@app/store';
import type { Company } from '@app/testkit';

/** A portal and what belongs to it, as an installation and the administrator would have left them. */
export interface PortalSeed {
  readonly databaseUrl: string;
  /** What the processes under test open the tokens with. */
  readonly secretKeys: readonly SecretKey[];
  readonly switchId: string;
  /** The portal's name for ever; the demo's unless said. */
  readonly memberId?: string;
  /** REST root, http://127.0.0.1:port/rest/. */
  readonly endpoint: string;
  readonly accessToken: string;
  readonly company: Company;
  readonly defaultUserId: number;
  /** What its administrator has decided otherwise than usual. */
  readonly settings?: Partial<PortalSettingsInput>;
  readonly lines: readonly {
    readonly did: string;
    readonly lineNumber: string;
    /** How the connector routes its callers; missing: the dialplan does. */
    readonly routing?: unknown;
  }[];
  /** Missing: nobody believes its events. */
  readonly application?: SeededApplication;
  /** What the governor may send; the Enterprise plan's unless said. */
  readonly limit?: RequestLimit;
}

/** The application as the portal knows it. */
export interface SeededApplication {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its events carry. */
  readonly token: string;
  readonly scope: readonly string[];
}

/** What a portal of the Enterprise plan takes (Bitrix24 limits page): the whole day fits into it. */
export const ENTERPRISE_LIMIT = requestLimitOf('ent');

/**
 * Writes a portal, its users and its lines into a migrated database.
 *
 * @returns the key in the addresses of its application at the public door; undefined without one
 */
export async function seedPortal(seed: PortalSeed): Promise<string | undefined> {
  const dataSource = await createDataSource(seed.databaseUrl, { poolSize: 1 }).initialize();
  try {
    const { switchId, memberId = 'demo-portal', endpoint, accessToken, company, lines, application } = seed;
    const secrets = new SecretBox(seed.secretKeys);
    const portals = new PortalStore(dataSource, secrets);
    const directory = new DirectoryStore(dataSource);
    const { portalId } = await portals.install({
      memberId,
      domain: new URL(endpoint).hostname,
      endpoint,
      credentials: { accessToken },
      settings: { defaultUserId: seed.defaultUserId, ...seed.settings },
      ...(application && { applicationToken: application.token, scope: application.scope }),
    });
    await portals.setRateLimit(portalId, seed.limit ?? ENTERPRISE_LIMIT);
    await directory.registerSwitch(switchId);
    const phones = company.users.filter(({ extension }) => extension !== null);
    await directory.replaceUsers(
      portalId,
      phones.map(({ id, extension }) => ({ userId: id, switchId, extension: extension ?? '' })),
    );
    await directory.saveLines(
      portalId,
      lines.map(({ did, lineNumber }) => ({ switchId, did, lineNumber })),
    );
    const routes = new RouteStore(dataSource);
    for (const { did, routing } of lines)
      if (routing !== undefined) await routes.save(portalId, { switchId, did }, routing);
    if (!application) return undefined;
    const apps = new PortalAppStore(dataSource, secrets);
    const { appId, installKey } = await apps.add({ kind: 'local', memberId, ...application });
    // Not by an installation: it would have the portal set up, which reads users and lines that are here already.
    await dataSource.query('UPDATE portal SET app_id = $2 WHERE portal_id = $1', [portalId, appId]);
    return installKey;
  } finally {
    await dataSource.destroy();
  }
}
