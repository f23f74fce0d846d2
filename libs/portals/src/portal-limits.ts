import { PortalError } from '@app/bitrix24';
import type { RateGovernor } from '@app/store';

/** How long a portal is left alone that the vendor has blocked for overload, ms. Who asks on makes it worse. */
const BLOCK_MS = 60 * 60_000;

/**
 * The limits of portals for requests outside of calls: they give way to cards and to the filing of calls, and take no
 * place that a card could need.
 */
export class PortalLimits {
  constructor(
    private readonly rate: Pick<RateGovernor, 'reserve' | 'count' | 'penalise' | 'block' | 'open'>,
    /** @see RateGovernor */
    private readonly egress: string,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Takes a place for one request, to be sent at once. Never waits.
   *
   * @throws PortalError `wait-until` when there is none now, or the vendor has blocked the portal
   * @throws StoreError
   */
  async enter(portalId: string): Promise<void> {
    const reserved = await this.rate.reserve(portalId, this.egress, 'finish', this.now());
    if (reserved.granted) return;
    throw new PortalError({
      method: 'profile',
      kind: 'rate-limited',
      verdict: 'wait-until',
      until: reserved.retryAt,
      code: '',
      description: 'calls go first, or the portal is blocked: nothing was sent',
    });
  }

  /** Counts a request that is sent without asking: the repetition with a new token. Throws StoreError. */
  async count(portalId: string): Promise<void> {
    await this.rate.count(portalId, this.egress, 1, this.now());
  }

  /** What an error teaches of the limits. Throws StoreError. */
  async learn(portalId: string, { kind, code }: PortalError): Promise<void> {
    if (kind === 'blocked-by-vendor') await this.rate.block(portalId, this.egress, BLOCK_MS, this.now());
    // Without a code it was our own refusal.
    if (kind === 'rate-limited' && code !== '') await this.rate.penalise(portalId, this.egress, this.now());
  }

  /** A portal that was red has answered: whatever blocked it is over. Throws StoreError. */
  async open(portalId: string): Promise<void> {
    await this.rate.open(portalId);
  }
}
