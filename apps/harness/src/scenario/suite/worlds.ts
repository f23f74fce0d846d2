import type { World, WorldSettings } from '../../world/world';

/**
 * Worlds that wait to be used again. One serves scenarios with the same settings, one after another; a spent one, and one
 * that the next scenario cannot use, is taken down.
 */
export class Worlds {
  readonly #free: World[] = [];

  constructor(
    private readonly build: (settings: WorldSettings, signal?: AbortSignal) => Promise<World>,
    private readonly signal: AbortSignal,
  ) {}

  /** Two scenarios with the same key can use the same world. */
  static keyOf({ switch: ofSwitch, connector, configuration }: WorldSettings): string {
    const sorted = (all: Readonly<Record<string, string>>) =>
      Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([sorted(ofSwitch), sorted(connector), configuration]);
  }

  async take(settings: WorldSettings): Promise<World> {
    const key = Worlds.keyOf(settings);
    const index = this.#free.findIndex((world) => Worlds.keyOf(world.settings) === key);
    const [found] = index < 0 ? [] : this.#free.splice(index, 1);
    if (found) return found;
    // Never more worlds than workers: one that nobody uses makes room.
    await this.#free.shift()?.close();
    const { switch: ofSwitch, connector, configuration } = settings;
    return this.build({ switch: ofSwitch, connector, configuration }, this.signal);
  }

  async giveBack(world: World): Promise<void> {
    if (world.spent === undefined && !this.signal.aborted) this.#free.push(world);
    else await world.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.#free.splice(0).map((world) => world.close()));
  }
}
