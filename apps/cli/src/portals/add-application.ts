import { UsageError } from '../usage-error';
import type { PortalsContext } from './portals-context';
import { showAddresses } from './show-addresses';

/** Adds an application and shows its addresses. */
export async function addApplication(
  context: PortalsContext,
  app: { readonly clientId: string; readonly kind: 'local' | 'market'; readonly memberId?: string },
): Promise<void> {
  const clientSecret = await askClientSecret(context);
  const { appId, installKey } = await context.apps.add({ ...app, clientSecret });
  context.console.print(`Added ${app.clientId} as ${appId}.`);
  showAddresses(context, app.kind, installKey);
}

/** Throws UsageError when nothing is given. */
export async function askClientSecret({ console }: Pick<PortalsContext, 'console'>): Promise<string> {
  const secret = await console.askSecret('Application key (client_secret): ');
  if (secret === '') throw new UsageError('The Application key (client_secret) is missing.');
  return secret;
}
