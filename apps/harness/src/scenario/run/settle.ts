import { pauseFor } from '../../processes/until';
import { unfinishedBusiness } from '../checks/aftermath';
import type { Scene } from './scene';

const LOOK_EVERY_MS = 40;
/** Steps that were put off, after an outage of the portal for example, come again with a delay. */
const SETTLED_WITHIN_MS = 40_000;
/** Everything has to stay settled for so long: the last doorbell may be on its way. */
const QUIET_MS = 120;

/**
 * Waits until phones and switch are through with their calls and the connector with everything that follows from them.
 *
 * @returns why it is not; undefined when it is
 */
export async function settle(scene: Scene): Promise<string | undefined> {
  const deadline = performance.now() + SETTLED_WITHIN_MS;
  let quietSince: number | undefined;
  for (;;) {
    const reason = openAtPhones(scene) ?? (await unfinishedBusiness(scene));
    const now = performance.now();
    if (reason !== undefined) quietSince = undefined;
    else if (now - (quietSince ??= now) >= QUIET_MS) return undefined;
    // What phones have left open will not end by itself.
    if (now > deadline) return reason ?? 'something new happened all the time';
    await pauseFor(LOOK_EVERY_MS, scene.signal);
  }
}

function openAtPhones({ handsets }: Scene): string | undefined {
  return handsets.find(({ openCalls }) => openCalls.length > 0)?.situation;
}
