import { runCli } from '../lib/cli.mjs';

/** Looks whether everything the connector needs is there. */
export const command = (args) => runCli('doctor', args);
