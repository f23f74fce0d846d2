import { runCli } from '../lib/cli.mjs';

/** Looks after applications and portals: `./run portals` lists what it can do. */
export const command = (args) => runCli('portals', args);
