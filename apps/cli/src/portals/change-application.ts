import { askClientSecret } from './add-application';
import { appNamed, type PortalsContext } from './portals-context';
import { showAddresses } from './show-addresses';

/** Stores another secret; portals that were red because the old one was refused are asked again. */
export async function changeSecret(context: PortalsContext, name: string): Promise<void> {
  const { apps, portals, console } = context;
  const { appId, clientId } = await appNamed(context, name);
  await apps.changeSecret(appId, await askClientSecret(context));
  for (const portal of await portals.all())
    if (portal.appId === appId) await portals.markOk(portal.portalId, ['client-rejected']);
  console.print(`The key of ${clientId} is stored.`);
}

/** Gives an application other addresses. */
export async function changeAddresses(context: PortalsContext, name: string): Promise<void> {
  const { appId, kind } = await appNamed(context, name);
  const installKey = await context.apps.changeInstallKey(appId);
  showAddresses(context, kind, installKey);
  context.console.print(
    'Then reinstall the application in its portals: their events still go to the old addresses.',
  );
}

/** Removes an application that no portal has installed. */
export async function removeApplication(context: PortalsContext, name: string): Promise<void> {
  const { appId, clientId } = await appNamed(context, name);
  const isGone = await context.apps.remove(appId);
  context.console.print(
    isGone
      ? `${clientId} is removed.`
      : `${clientId} is still installed in a portal: delete it there first (Applications > Developer resources).`,
  );
}
