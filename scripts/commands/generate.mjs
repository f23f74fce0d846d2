import { ensureBuilt } from '../lib/build.mjs';
import { regenerate } from '../lib/generated.mjs';
import { ensureNodeModules } from '../lib/node-modules.mjs';
import { say } from '../lib/say.mjs';

export async function command() {
  await ensureNodeModules();
  await ensureBuilt();
  const changed = await regenerate();
  say(changed.length === 0 ? 'everything is up to date' : `written: ${changed.join(', ')}`);
}
