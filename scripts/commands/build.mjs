import { ensureBuilt } from '../lib/build.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';

/** Brings dist/ up to date; every command that needs it does so by itself. */
export async function command() {
  await ensureNodeModules();
  await ensureBuilt();
}
