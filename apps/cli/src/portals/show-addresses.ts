import { doorAddresses } from '@app/portals';
import type { PortalsContext } from './portals-context';

/** In the place of an address that nobody has set. */
const UNKNOWN = 'https://PUBLIC_URL.invalid';

/** Prints the addresses of an application, in the words of the form that they are entered in. */
export function showAddresses(
  { console, publicUrl }: Pick<PortalsContext, 'console' | 'publicUrl'>,
  kind: 'local' | 'market',
  installKey: string,
): void {
  const { app, install } = doorAddresses(publicUrl ?? UNKNOWN, installKey);
  const [page, installation] =
    kind === 'local'
      ? ['Your handler path', 'Initial installation path']
      : ['Application URL', 'Application installer URL'];
  console.print(
    'Enter these addresses in Bitrix24. They are shown this once; whoever has them can try to install:',
  );
  console.print(`  ${page}: ${app}`);
  console.print(`  ${installation}: ${install}`);
  if (publicUrl === undefined)
    console.print(`PUBLIC_URL is not set: put the address of your connector in the place of ${UNKNOWN}.`);
}
