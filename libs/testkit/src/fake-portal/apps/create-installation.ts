import { OfflineQueue } from '../events/offline-queue';
import type { PortalState } from '../portal-state';
import type { FakeApp } from './fake-app';
import { usesApiOnly } from './fake-app';
import type { Installation } from './installation';

export interface InstallationOptions {
  readonly userId: number;
  readonly appId?: string;
}

/** Puts an application on a portal and tells nobody. "Uses API only" counts as installed at once. */
export function createInstallation(
  state: PortalState,
  app: FakeApp,
  { userId, appId }: InstallationOptions,
): Installation {
  const installation: Installation = {
    appId: appId ?? freeId(state),
    app,
    installedBy: userId,
    version: 1,
    status: app.status,
    applicationToken: state.oauth.ids.hex(32),
    isFinished: usesApiOnly(app),
    isPaid: true,
    onlyUsers: undefined,
    bindings: [],
    placements: [],
    offline: new OfflineQueue(),
  };
  state.installed.add(installation);
  return installation;
}

function freeId(state: PortalState): string {
  const id = String(state.ids.next('app', 3));
  return state.installed.byId(id) ? freeId(state) : id;
}
