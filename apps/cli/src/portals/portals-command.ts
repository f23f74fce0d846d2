import { parseArgs } from 'node:util';
import { portalsSettings } from '@app/config';
import { createDataSource, PortalAppStore, PortalStore, SecretBox } from '@app/store';
import type { Console } from '../console';
import { UsageError } from '../usage-error';
import { addApplication } from './add-application';
import { changeAddresses, changeSecret, removeApplication } from './change-application';
import { listApplications } from './list-applications';
import type { PortalsContext } from './portals-context';
import { resealSecrets } from './reseal-secrets';

export const PORTALS_USAGE = `usage:
  portals add --client-id ID [--market] [--member-id ID]
      Adds an application and shows its addresses, once. The secret is asked for, or read from a pipe.
      --market: of the Market, for many portals; default: a local application, for one.
  portals list
      Applications and their portals: which work, which do not, and what to do.
  portals re-key APP
      Stores another secret (Application key) of an application.
  portals new-addresses APP
      Gives an application other addresses; the old ones are not found any more.
  portals remove APP
      Removes an application that no portal has installed.
  portals reseal
      Encrypts everything with the first of SECRET_KEYS; after that the others may be taken out.
APP is the id or the client id of the list. Settings: DATABASE_URL, SECRET_KEYS, PUBLIC_URL.`;

const OPTIONS = {
  'client-id': { type: 'string' },
  'member-id': { type: 'string' },
  market: { type: 'boolean' },
} as const;

/**
 * Looks after applications and portals.
 *
 * @throws UsageError, SettingsError, StoreError
 */
export async function portalsCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  console: Console,
): Promise<void> {
  const run = actionOf(args);
  const settings = portalsSettings(env);
  const options = { poolSize: 2, applicationName: 'connector-cli' };
  const dataSource = await createDataSource(settings.database.url, options).initialize();
  try {
    const secrets = new SecretBox(settings.secrets.keys);
    await run({
      apps: new PortalAppStore(dataSource, secrets),
      portals: new PortalStore(dataSource, secrets),
      reseal: () => resealSecrets(dataSource, secrets, console),
      publicUrl: settings.publicUrl,
      console,
    });
  } finally {
    await dataSource.destroy();
  }
}

/** What is to be done, before anything is opened for it. */
function actionOf(args: readonly string[]): (context: PortalsContext) => Promise<void> {
  const { positionals, values } = parsed(args);
  const [action = '', app, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(PORTALS_USAGE);
  const named = (): string => {
    if (app === undefined) throw new UsageError(PORTALS_USAGE);
    return app;
  };
  switch (action) {
    case 'add': {
      const { 'client-id': clientId, 'member-id': memberId, market = false } = values;
      if (clientId === undefined || app !== undefined) throw new UsageError(PORTALS_USAGE);
      return (context) => addApplication(context, { clientId, memberId, kind: market ? 'market' : 'local' });
    }
    case 'list':
      return listApplications;
    case 're-key': {
      const name = named();
      return (context) => changeSecret(context, name);
    }
    case 'new-addresses': {
      const name = named();
      return (context) => changeAddresses(context, name);
    }
    case 'remove': {
      const name = named();
      return (context) => removeApplication(context, name);
    }
    case 'reseal':
      return ({ reseal }) => reseal();
    default:
      throw new UsageError(PORTALS_USAGE);
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch {
    throw new UsageError(PORTALS_USAGE);
  }
}
