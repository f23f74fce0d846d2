import { doorAddresses } from '@app/portals';
import { Refusal } from '../command-line';
import type { Terminal } from '../terminal/terminal';

/** The public address, without which nobody can be told where to go. Throws Refusal. */
export function publicUrlOf({ publicUrl }: { readonly publicUrl?: string }): string {
  if (publicUrl !== undefined) return publicUrl;
  throw new Refusal(
    'PUBLIC_URL is not set: the addresses for Bitrix24 begin with it. It is the https address of the connector as the internet knows it.',
  );
}

/** Shows the two addresses that belong into the form of an application in Bitrix24. They hold its key. */
export function showAddresses(
  terminal: Terminal,
  kind: 'local' | 'market',
  publicUrl: string,
  installKey: string,
): void {
  const { app, install } = doorAddresses(publicUrl, installKey);
  const [ofApp, ofInstall] =
    kind === 'local'
      ? ['Your handler path         ', 'Initial installation path ']
      : ['Application URL           ', 'Application installer URL '];
  terminal.write(`  ${ofApp} ${app}`);
  terminal.write(`  ${ofInstall} ${install}`);
  terminal.tell('');
  terminal.tell(
    'These addresses are shown this once. Whoever knows them can try to install: treat them like a',
  );
  terminal.tell('password. If they are lost, "portals new-addresses" makes others.');
}
