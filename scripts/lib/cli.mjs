import { join } from 'node:path';
import { takeOption } from './args.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureNodeModules } from './node-modules.mjs';
import { DIST } from './paths.mjs';
import { runCommand } from './processes.mjs';

/** Runs the connector's command line where the user stands, with his environment, or that of `--env-file PATH`. */
export async function runCli(area, args) {
  const file = takeOption(args, '--env-file');
  await ensureNodeModules();
  await ensureBuilt();
  const settings = file === undefined ? [] : ['--env-file', file];
  return runCommand(process.execPath, [join(DIST, 'apps/cli/src/main.js'), ...settings, area, ...args], {
    cwd: process.cwd(),
    env: process.env,
  });
}
