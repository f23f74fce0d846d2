import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from './paths.mjs';
import { runCommand } from './processes.mjs';
import { Refusal } from './say.mjs';

const HARNESS = join(DIST, 'apps/harness/src/main.js');

/** Runs the harness where the user stands, so that the paths he names are his. */
export function runHarness(args, env = {}) {
  if (!existsSync(HARNESS)) throw new Refusal('This working copy has no harness (apps/harness/src/main.ts).');
  return runCommand(process.execPath, [HARNESS, ...args], {
    cwd: process.cwd(),
    env: { ...process.env, ...env },
  });
}
