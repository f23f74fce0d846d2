import type { PortalAppStore, PortalStore } from '@app/store';
import type { Console } from '../console';
import { UsageError } from '../usage-error';

/** What the actions of `portals` work with. */
export interface PortalsContext {
  readonly apps: PortalAppStore;
  readonly portals: PortalStore;
  readonly reseal: () => Promise<void>;
  /** Scheme and host of the public door. */
  readonly publicUrl: string | undefined;
  readonly console: Console;
}

type ListedApp = Awaited<ReturnType<PortalAppStore['list']>>[number];

/** The application that somebody has named by its id or its client id. Throws UsageError. */
export async function appNamed({ apps }: Pick<PortalsContext, 'apps'>, name: string): Promise<ListedApp> {
  const found = (await apps.list()).find(({ appId, clientId }) => appId === name || clientId === name);
  if (found) return found;
  throw new UsageError(`There is no application ${name}; "portals list" shows those there are.`);
}
