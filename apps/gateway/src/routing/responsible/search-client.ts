import type { CallerRequests } from './caller-requests';
import type { ClientSearch, ResponsibleUser, SoughtCaller } from './client-search';

/** TIMEMAN_STATUS of somebody who is not at work; UNAVAILABLE and NOT_INSTALLED say that nobody keeps it. */
const OFF_DUTY: readonly (string | null)[] = ['CLOSED', 'PAUSED', 'EXPIRED'];

/** Looks the caller's number up: `telephony.externalCall.searchCrmEntities`. */
export class SearchClient implements ClientSearch {
  constructor(private readonly requests: Pick<CallerRequests, 'ask'>) {}

  async responsibleFor(portalId: string, { number }: SoughtCaller): Promise<ResponsibleUser | undefined> {
    const method = 'telephony.externalCall.searchCrmEntities';
    // The portal names them in the order of its own priority.
    const [first] = await this.requests.ask(portalId, method, { PHONE_NUMBER: number });
    if (!first) return undefined;
    return {
      userId: first.ASSIGNED_BY_ID,
      isOffDuty: OFF_DUTY.includes(first.ASSIGNED_BY?.TIMEMAN_STATUS ?? null),
    };
  }
}
