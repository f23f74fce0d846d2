import { runCli } from '../lib/cli.mjs';

/** One call by hand, as a click in the CRM would make it. */
export const command = (args) => runCli('call', args);
