import { PortalError } from '@app/bitrix24';
import { crmEntityTypeIds } from '@app/bitrix24/contract';
import type { CrmEntity } from '@app/calls';
import type { CallerRequests } from './caller-requests';
import type { ResponsibleUser } from './client-search';

const TYPE_IDS = {
  LEAD: crmEntityTypeIds.lead,
  CONTACT: crmEntityTypeIds.contact,
  COMPANY: crmEntityTypeIds.company,
} as const satisfies Record<CrmEntity['type'], number>;

/** What `crm.item.get` has replaced. */
const OLD_METHODS = {
  LEAD: 'crm.lead.get',
  CONTACT: 'crm.contact.get',
  COMPANY: 'crm.company.get',
} as const satisfies Record<CrmEntity['type'], string>;

/** Reads who is responsible for a client that the CRM has named; needs the permission `crm`. */
export class ReadClient {
  /** Portals that do not have `crm.item.get`. */
  private readonly old = new Set<string>();

  constructor(private readonly requests: Pick<CallerRequests, 'ask'>) {}

  /** By `crm.item.get`, or the older methods in a portal without it. Throws PortalError, NoRoomError, StoreError. */
  async responsibleFor(portalId: string, client: CrmEntity): Promise<ResponsibleUser> {
    const userId = this.old.has(portalId)
      ? await this.byOldMethod(portalId, client)
      : await this.byItem(portalId, client);
    return { userId: userId ?? 0, isOffDuty: false };
  }

  private async byItem(portalId: string, client: CrmEntity): Promise<number | null> {
    try {
      const params = { entityTypeId: TYPE_IDS[client.type], id: client.id };
      return (await this.requests.ask(portalId, 'crm.item.get', params)).item.assignedById;
    } catch (error) {
      if (!(error instanceof PortalError) || error.kind !== 'method-not-found') throw error;
      this.old.add(portalId);
      return this.byOldMethod(portalId, client);
    }
  }

  private async byOldMethod(portalId: string, { type, id }: CrmEntity): Promise<number | null> {
    return (await this.requests.ask(portalId, OLD_METHODS[type], { id })).ASSIGNED_BY_ID;
  }
}
