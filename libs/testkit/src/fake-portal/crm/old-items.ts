import type { FakeCrmEntity, FakeCrmType } from '../company/company';
import { catalogue } from '../rest/catalogue';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';
import { mayReadCrm } from './rights';

type OldMethod = 'crm.lead.get' | 'crm.contact.get' | 'crm.company.get';

function oldGet<M extends OldMethod>(method: M, type: FakeCrmType): MethodHandler<M> {
  const { badId, accessDenied, notFound } = catalogue[method].refusals;
  const handler: MethodHandler<OldMethod> = (state, { params: raw, caller }) => {
    if (!/^\d+$/.test(String(raw.id))) throw new Refusal(badId);
    const { id } = paramsBy(method, raw);
    if (!mayReadCrm(state, caller)) throw new Refusal(accessDenied);
    const entity = state.company.crm.find((candidate) => candidate.type === type && candidate.id === id);
    if (!entity) throw new Refusal(notFound);
    return { result: wireClient(entity) };
  };
  return handler;
}

/** The older methods for one client, which crm.item.get has replaced: UPPER_CASE, values as strings. */
export const leadGet = oldGet('crm.lead.get', 'LEAD');
export const contactGet = oldGet('crm.contact.get', 'CONTACT');
export const companyGet = oldGet('crm.company.get', 'COMPANY');

function wireClient({ id, type, name, assignedById, source, phones }: FakeCrmEntity) {
  return {
    ID: String(id),
    ASSIGNED_BY_ID: String(assignedById),
    [type === 'CONTACT' ? 'NAME' : 'TITLE']: name,
    ...(source !== undefined && { SOURCE_ID: source }),
    ...(phones.length > 0 && {
      PHONE: phones.map((value, index) => ({
        ID: String(id * 10 + index),
        VALUE_TYPE: 'WORK',
        VALUE: value,
        TYPE_ID: 'PHONE',
      })),
    }),
  };
}
