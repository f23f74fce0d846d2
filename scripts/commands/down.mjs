import { stopAll } from '../lib/leftovers.mjs';
import { say } from '../lib/say.mjs';

/** Stops everything that was started from this working copy, and forgets about it. */
export async function command() {
  const count = await stopAll();
  say(count === 0 ? 'nothing was running' : `stopped ${count === 1 ? 'one program' : `${count} programs`}`);
}
