import { StoreError } from '@app/store';
import { readArguments, Refusal, UsageError } from '../command-line';
import { EXIT } from '../exit-codes';
import type { Terminal } from '../terminal/terminal';
import type { PortalsCommand } from './command';
import { publicUrlOf, showAddresses } from './form-addresses';
import { readSecretInput } from './secret-input';

const usage = `portals add [--client-id ID] [--secret-file PATH] [--market] [--member-id ID]

  Adds an application, with what Bitrix24 shows of it, and shows the addresses for its form. What is not given is asked for;
  the application key is read from the file, from a pipe, or typed unseen.

  --market     of the Market, for many portals; known by itself when the id begins with "app."
  --member-id  the only portal that may install a local application; by default the first that does`;

/** `portals add`: an application is known from now on, and its portal can install it. */
export const add: PortalsCommand = {
  usage,
  about: 'add an application of Bitrix24 and show the addresses for its form',
  run: async (args, { terminal, settings, connector }) => {
    const { values, positionals } = readArguments(args, OPTIONS, usage);
    if (positionals.length > 0) throw new UsageError(usage);
    const publicUrl = publicUrlOf(settings);
    const clientId = clientIdOf(
      values['client-id'] ?? (await askFor(terminal, 'Application ID (client_id)')),
    );
    const kind = kindOf(values.market === true, clientId);
    const clientSecret = await readSecretInput(
      terminal,
      values['secret-file'],
      'Application key (client_secret)',
    );
    const { installKey } = await connector.apps
      .add({ kind, clientId, clientSecret, memberId: memberIdOf(values['member-id'], kind) })
      .catch((error: unknown) => explain(error));
    terminal.tell(
      `The ${kind} application ${clientId} is known. Enter these addresses in its form in Bitrix24:\n`,
    );
    showAddresses(terminal, kind, publicUrl, installKey);
    terminal.tell(`\n${kind === 'local' ? AFTER_LOCAL : AFTER_MARKET}`);
    return EXIT.ok;
  },
};

const OPTIONS = {
  'client-id': { type: 'string' },
  'secret-file': { type: 'string' },
  market: { type: 'boolean' },
  'member-id': { type: 'string' },
} as const;

const AFTER_LOCAL = `Save the form, then open the application in Bitrix24 as an administrator. An application without pages ("Script only")
is installed by "Reinstall" in its menu instead. "portals list" shows when it has worked.`;
const AFTER_MARKET = `Save the version, then install the application in a portal as an administrator. "portals list" shows when it has worked.`;

async function askFor(terminal: Terminal, what: string): Promise<string> {
  if (!terminal.isInteractive) throw new UsageError(`--client-id is missing.\n\n${usage}`);
  return terminal.ask(`${what}: `);
}

function clientIdOf(text: string): string {
  const clientId = text.trim();
  if (/^[\w.-]{3,200}$/.test(clientId)) return clientId;
  throw new Refusal(
    'The Application ID is a word like local.5c1e2f0a9b7d41.12345678 or app.5c1e2f0a9b7d41.12345678.',
  );
}

/** Bitrix24 itself tells the two apart by how the id begins. */
function kindOf(isMarket: boolean, clientId: string): 'local' | 'market' {
  return isMarket || clientId.startsWith('app.') ? 'market' : 'local';
}

function memberIdOf(given: string | undefined, kind: 'local' | 'market'): string | undefined {
  if (given === undefined) return undefined;
  if (kind === 'market')
    throw new UsageError('--member-id is for local applications: one of the Market serves many portals.');
  if (/^[\w.-]{1,100}$/.test(given)) return given;
  throw new UsageError('--member-id takes the member_id of a portal: letters and digits.');
}

function explain(error: unknown): never {
  if (error instanceof StoreError && error.constraint === 'portal_app_client_key')
    throw new Refusal(
      'An application with this id is there already. For a new key: "portals re-key"; to begin anew: "portals remove".',
    );
  throw error;
}
