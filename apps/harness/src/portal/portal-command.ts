import { constants } from 'node:os';
import { nextSignal } from '../processes/next-signal';
import { addressesOf, greeting } from './addresses';
import { openCloud } from './open-cloud';
import { PORTAL_USAGE, portalOptions } from './options';

/**
 * The command `portal`: the fake portal alone, until a signal ends it. Gives the exit code, 128 + n for signal n.
 *
 * @throws UsageError when the arguments make no sense, or the port is taken
 */
export async function portalCommand(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(`./run ${PORTAL_USAGE}\n`);
    return 0;
  }
  const options = portalOptions(args);
  const ended = nextSignal();
  const open = await openCloud(options);
  const addresses = addressesOf(open.cloud);
  process.stdout.write(options.json ? `${JSON.stringify(addresses)}\n` : greeting(addresses));
  const signal = await ended;
  await open.close();
  return 128 + constants.signals[signal];
}
