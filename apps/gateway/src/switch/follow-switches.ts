import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { GatewaySettings } from '@app/config';
import { HealthReport } from '@app/observability';
import { DirectoryStore } from '@app/store';
import { SETTINGS } from '../tokens';
import { componentOf } from './follower-reports';
import { SwitchFleet } from './switch-fleet';

/** Starts to follow the switches when the app is up, and stops before it goes down. */
@Injectable()
export class FollowSwitches implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
    private readonly fleet: SwitchFleet,
    private readonly directory: DirectoryStore,
    private readonly health: HealthReport,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { id, defaultPortal } of this.settings.switches) {
      this.health.down(componentOf(id), 'not connected yet');
      await this.directory.registerSwitch(id, defaultPortal);
    }
    await this.fleet.start();
    this.health.up('database');
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.fleet.stop();
  }
}
