import { PortalError, type BatchableMethod, type PortalAddress, type PortalClient } from '@app/bitrix24';
import type { ParamsOf, ResultOf } from '@app/bitrix24/contract';
import { EGRESS, isAboutTheRequest, type PortalSessions } from '@app/portals';
import type { RateGovernor } from '@app/store';

/** There is no place for another request to the portal now. */
export class NoRoomError extends Error {
  override readonly name = 'NoRoomError';
}

/**
 * The only requests to a portal that a gateway sends, because a caller waits for them. They read, take their place among
 * the cards that cannot wait, and are never repeated.
 */
export class CallerRequests {
  constructor(
    private readonly sessions: Pick<PortalSessions, 'with'>,
    private readonly client: Pick<PortalClient, 'call'>,
    private readonly rate: Pick<RateGovernor, 'reserve'>,
    private readonly timeoutMs: number,
  ) {}

  /**
   * Asks once. That a portal refuses this very request (it lacks the method, or we lack the right) does not turn it red:
   * calls can still be filed.
   *
   * @throws PortalError, NoRoomError, StoreError
   */
  async ask<M extends BatchableMethod>(
    portalId: string,
    method: M,
    params: ParamsOf<M>,
  ): Promise<ResultOf<M>> {
    const place = await this.rate.reserve(portalId, EGRESS, 'live-card', Date.now());
    if (!place.granted) throw new NoRoomError('the portal takes no more requests now');
    const { timeoutMs } = this;
    const send = (portal: PortalAddress) =>
      this.client.call(portal, method, params, { timeoutMs }).catch(refusalOf);
    const answer = await this.sessions.with(portalId, send, 'own');
    if (answer instanceof PortalError) throw answer;
    return answer.result;
  }
}

function refusalOf(error: unknown): PortalError {
  if (error instanceof PortalError && isAboutTheRequest(error)) return error;
  throw error;
}
