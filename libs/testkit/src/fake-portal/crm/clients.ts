import { portalCallTypes } from '@app/bitrix24/contract';
import type { PortalCallType } from '@app/bitrix24/contract';
import { digitsOf } from '../company/company';
import type { Company, FakeCrmEntity, FakeCrmType } from '../company/company';
import type { Ids } from '../ids';

/** The portal's own order of priority; the documentation only says that there is one. */
const PRIORITY: readonly FakeCrmType[] = ['CONTACT', 'COMPANY', 'LEAD'];
/** Far above what a test's company has. */
const FIRST_CREATED_ID = 5001;

/** Clients with this number, the most important first. Deals are not found by number. */
export function clientsByPhone(company: Company, phone: string): readonly FakeCrmEntity[] {
  const digits = digitsOf(phone);
  return PRIORITY.flatMap((type) =>
    company.crm.filter(
      (entity) => entity.type === type && entity.phones.some((own) => digitsOf(own) === digits),
    ),
  );
}

export interface CreationRequest {
  readonly phone: string;
  readonly type: PortalCallType;
  readonly line: string | null;
  readonly responsibleId: number;
  readonly source?: string;
}

/** False if the line's own flag forbids to create anything for an outgoing call over it. */
export function lineAllowsCreation(company: Company, { type, line }: CreationRequest): boolean {
  if (type !== portalCallTypes.outgoing) return true;
  return company.lines.find(({ number }) => number === line)?.crmAutoCreate ?? true;
}

/** Creates what the portal's CRM mode makes of an unknown number: a lead, or a contact with a deal. */
export function createClient(company: Company, ids: Ids, request: CreationRequest): readonly FakeCrmEntity[] {
  const types: readonly FakeCrmType[] = company.crmMode === 'leads' ? ['LEAD'] : ['CONTACT', 'DEAL'];
  const created = types.map((type) => ({
    type,
    id: ids.next('crm', FIRST_CREATED_ID),
    name: `${request.phone} - call`,
    phones: type === 'DEAL' ? [] : [request.phone],
    assignedById: request.responsibleId,
    source: request.source,
  }));
  company.crm.push(...created);
  return created;
}
