import type { World } from '../world/world';

/** How many processor cores each process used, on the average. A process that does not tell is missing. */
export interface CoresUsed {
  /** The fake portal, the embedded switch, our own phones. */
  readonly harness: number;
  readonly gateway?: number;
  readonly worker?: number;
}

interface Reading {
  /** Epoch ms. */
  readonly at: number;
  /** Seconds of processor time by then. */
  readonly harness: number;
  readonly gateway: number | undefined;
  readonly worker: number | undefined;
}

/** Reads how much of the machine the processes of a world use between its start and each reading. */
export class CoreMeter {
  private constructor(
    private readonly world: World,
    private readonly first: Reading,
  ) {}

  static async start(world: World): Promise<CoreMeter> {
    return new CoreMeter(world, await readingOf(world));
  }

  async read(): Promise<CoresUsed> {
    const [from, to] = [this.first, await readingOf(this.world)];
    const cores = (before = NaN, after = NaN): number => ((after - before) * 1_000) / (to.at - from.at);
    const [gateway, worker] = [cores(from.gateway, to.gateway), cores(from.worker, to.worker)];
    return {
      harness: cores(from.harness, to.harness),
      ...(Number.isFinite(gateway) && { gateway }),
      ...(Number.isFinite(worker) && { worker }),
    };
  }
}

async function readingOf({ gateway, worker }: World): Promise<Reading> {
  const { user, system } = process.cpuUsage();
  const [ofGateway, ofWorker] = await Promise.all([gateway.cpuSeconds(), worker.cpuSeconds()]);
  return { at: Date.now(), harness: (user + system) / 1e6, gateway: ofGateway, worker: ofWorker };
}
