import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { GatewaySettings } from '@app/config';
import type { Logger } from '@app/observability';
import { dialClickQueue, type JobWorker, type QueueBackend } from '@app/queues';
import type { ClickStore } from '@app/store';
import type { SwitchFleet } from '../switch/switch-fleet';
import { DialClick, SwitchAwayError } from './dial-click';

/** Clicks that are taken at the same time, per switch; each only for as long as it takes to send. */
const AT_ONCE = 8;

/** Works off the clicks for the switches that this gateway follows. */
export class DialClicks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #workers: readonly JobWorker[] = [];

  constructor(
    private readonly backend: Pick<QueueBackend, 'worker'>,
    private readonly fleet: Pick<SwitchFleet, 'followed'>,
    private readonly clicks: Pick<ClickStore, 'orderOf' | 'take'>,
    private readonly settings: Pick<GatewaySettings, 'switches' | 'dial'>,
    private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#workers = this.settings.switches.map(({ id }) =>
      this.backend.worker(dialClickQueue(id), ({ data }) => this.#dial(id, data.callId), {
        concurrency: AT_ONCE,
      }),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  async #dial(switchId: string, callId: string): Promise<void> {
    const place = this.fleet.followed(switchId);
    if (!place) throw new SwitchAwayError('the switch is not followed yet');
    await new DialClick(place, this.clicks, this.settings.dial, this.log).dial(callId);
  }
}
