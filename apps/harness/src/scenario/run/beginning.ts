import type { World } from '../../world/world';
import type { Beginning } from './scene';

/** Where a world is at this moment, in everything that goes on from one scenario to the next. */
export async function beginningOf(world: World): Promise<Beginning> {
  const calls = await world.calls.calls();
  return {
    at: Date.now(),
    events: world.tap.count,
    calls: new Set(calls.map(({ callId }) => callId)),
    logs: Object.fromEntries(world.logs.map(({ app, length }) => [app, length])),
    deaths: world.deaths.length,
    switchErrors: world.target.errors().length,
  };
}
