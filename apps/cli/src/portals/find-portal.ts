import { Refusal } from '../command-line';
import type { Connector } from '../connector';

/** A portal as the commands know it. */
export type KnownPortal = Awaited<ReturnType<Connector['portals']['all']>>[number];

/**
 * The portal that somebody means: by its domain, its member id, our id, or the client id of its application. Without a name
 * the only one there is.
 *
 * @throws Refusal that lists what there is
 */
export async function findPortal(
  { portals, apps }: Pick<Connector, 'portals' | 'apps'>,
  name: string | undefined,
): Promise<KnownPortal> {
  const known = await portals.all();
  const applications = await apps.list();
  const found = name === undefined ? known : known.filter((portal) => isNamed(portal, name, applications));
  const [portal] = found;
  if (portal !== undefined && found.length === 1) return portal;
  if (known.length === 0) throw new Refusal('No portal is installed yet: begin with "portals add".');
  const choices = known.map(({ domain, memberId }) => `  ${domain}  ${memberId}`).join('\n');
  if (found.length > 1) throw new Refusal(`Say which portal, by its domain or member id:\n${choices}`);
  throw new Refusal(`There is no portal ${name ?? ''}. These are installed:\n${choices}`);
}

function isNamed(
  { domain, memberId, portalId, appId }: KnownPortal,
  name: string,
  applications: readonly { readonly appId: string; readonly clientId: string }[],
): boolean {
  const clientId = applications.find((app) => app.appId === appId)?.clientId;
  return [domain, memberId, portalId, clientId].includes(name.trim().toLowerCase());
}
