import { Controller, Get, Header, Inject, ServiceUnavailableException } from '@nestjs/common';
import { HealthReport, type HealthSnapshot } from './health';
import type { Metrics } from './metrics';

/** Names the provider of this process's Metrics. */
export const METRICS = Symbol('Metrics');

/** For operators, on the private network: is this process ready, and how does it do. */
@Controller()
export class OpsController {
  constructor(
    private readonly health: HealthReport,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  /** 200 when every component is up, else 503; the body says which is down, why and since when. */
  @Get('health')
  ready(): HealthSnapshot {
    const snapshot = this.health.snapshot();
    if (!snapshot.ready) throw new ServiceUnavailableException(snapshot);
    return snapshot;
  }

  /** 200 while the process runs at all. */
  @Get('live')
  live(): { live: true } {
    return { live: true };
  }

  /** Metrics for Prometheus. */
  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4')
  scrape(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
