import type { PortalError } from '@app/bitrix24';
import type { Logger, Metrics } from '@app/observability';
import type { PortalTroubles } from '@app/sync';

/** Makes a noise about what concerns a portal as a whole, and hands it on. */
export class PortalAlarms implements PortalTroubles {
  constructor(
    private readonly next: PortalTroubles,
    private readonly log: Logger,
    private readonly metrics: Pick<Metrics, 'portalTroubles'>,
  ) {}

  async report(portalId: string, error: PortalError): Promise<void> {
    const { kind } = error;
    this.metrics.portalTroubles.inc({ kind });
    const text =
      kind === 'blocked-by-vendor'
        ? 'the vendor has blocked a portal: nothing is sent to it but one request an hour; only its support lifts that'
        : 'a portal takes nothing until a person has acted';
    this.log.error({ portalId, kind, err: error }, text);
    await this.next.report(portalId, error);
  }

  async moved(portalId: string, endpoint: string): Promise<void> {
    this.log.warn({ portalId, endpoint }, 'a portal was renamed');
    await this.next.moved(portalId, endpoint);
  }
}
