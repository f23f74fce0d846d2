import type { PortalAddress, PortalClient } from '@app/bitrix24';
import { EGRESS, type PortalSessions } from '@app/portals';
import type { RateGovernor } from '@app/store';

/** Who is responsible for a client, according to his CRM. */
export interface ResponsibleUser {
  readonly userId: number;
  /** His working day is not open: closed, paused, or left open since yesterday. Undefined: the portal does not keep any. */
  readonly isOffDuty: boolean;
}

/** Asks the CRM of a company who is responsible for a number. */
export interface ClientSearch {
  /** Undefined: the CRM does not know the number. Throws PortalError, StoreError. */
  responsibleFor(portalId: string, number: string): Promise<ResponsibleUser | undefined>;
}

/** TIMEMAN_STATUS of somebody who is not at work; UNAVAILABLE and NOT_INSTALLED say that nobody keeps it. */
const OFF_DUTY: readonly (string | null)[] = ['CLOSED', 'PAUSED', 'EXPIRED'];

/** There is no place for another request to the portal now. */
export class NoRoomError extends Error {
  override readonly name = 'NoRoomError';
}

/**
 * `telephony.externalCall.searchCrmEntities`: the one request to a portal that a gateway sends, because a caller waits for
 * it. It reads, takes its place among the cards that cannot wait, and is never repeated.
 */
export class SearchClient implements ClientSearch {
  constructor(
    private readonly sessions: Pick<PortalSessions, 'with'>,
    private readonly client: Pick<PortalClient, 'call'>,
    private readonly rate: Pick<RateGovernor, 'reserve'>,
    private readonly timeoutMs: number,
  ) {}

  async responsibleFor(portalId: string, number: string): Promise<ResponsibleUser | undefined> {
    const place = await this.rate.reserve(portalId, EGRESS, 'live-card', Date.now());
    if (!place.granted) throw new NoRoomError('the portal takes no more requests now');
    const search = (portal: PortalAddress) =>
      this.client.call(
        portal,
        'telephony.externalCall.searchCrmEntities',
        { PHONE_NUMBER: number },
        { timeoutMs: this.timeoutMs },
      );
    const { result } = await this.sessions.with(portalId, search, 'own');
    // The portal names them in the order of its own priority.
    const [first] = result;
    if (!first) return undefined;
    return {
      userId: first.ASSIGNED_BY_ID,
      isOffDuty: OFF_DUTY.includes(first.ASSIGNED_BY?.TIMEMAN_STATUS ?? null),
    };
  }
}
