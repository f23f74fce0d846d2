import { Refusal } from '../command-line';
import type { Connector } from '../connector';

/** An application as the commands know it. */
export type KnownApp = Awaited<ReturnType<Connector['apps']['list']>>[number];

/**
 * The application that somebody means, by its client id or by our id.
 *
 * @throws Refusal
 */
export async function findApp({ apps }: Pick<Connector, 'apps'>, name: string): Promise<KnownApp> {
  const found = (await apps.list()).find(({ appId, clientId }) => [appId, clientId].includes(name.trim()));
  if (found) return found;
  throw new Refusal(`There is no application ${name}; "portals list" shows those there are.`);
}
