import { crmEntityTypeIds } from '@app/bitrix24/contract';
import type { DocumentedRefusal } from '@app/bitrix24/contract';
import type { FakeCrmEntity, FakeCrmType } from '../company/company';
import { catalogue } from '../rest/catalogue';
import { filterRows, sortRows, withoutOperator } from '../rest/filter';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { pageOf } from '../rest/paging';
import { Refusal } from '../rest/refusal';
import { mayReadCrm } from './rights';

const { typeNotFound, itemNotFound, accessDenied } = catalogue['crm.item.get'].refusals;
const { filterNotAllowed, orderNotAllowed } = catalogue['crm.item.list'].refusals;

const TYPES: Readonly<Record<number, FakeCrmType>> = {
  [crmEntityTypeIds.lead]: 'LEAD',
  [crmEntityTypeIds.deal]: 'DEAL',
  [crmEntityTypeIds.contact]: 'CONTACT',
  [crmEntityTypeIds.company]: 'COMPANY',
};
/** What can be filtered and sorted by here. */
const FIELDS = ['id', 'title', 'assignedById', 'sourceId'];

/** crm.item.get */
export const itemGet: MethodHandler<'crm.item.get'> = (state, { params: raw, caller }) => {
  const { entityTypeId, id } = paramsBy('crm.item.get', raw);
  const type = typeOf(entityTypeId);
  if (!mayReadCrm(state, caller)) throw new Refusal(accessDenied);
  const entity = state.company.crm.find((candidate) => candidate.type === type && candidate.id === id);
  if (!entity) throw new Refusal(itemNotFound);
  return { result: { item: { ...wireItem(entity), fm: phonesOf(entity) } } };
};

/** crm.item.list: what one may not see is left out; phones (`fm`) come with select=['*'] only. */
export const itemList: MethodHandler<'crm.item.list'> = (state, { params: raw, caller }) => {
  const { entityTypeId, filter = {}, order = {}, select, start } = paramsBy('crm.item.list', raw);
  const type = typeOf(entityTypeId);
  checkFields(Object.keys(filter).map(withoutOperator), filterNotAllowed);
  checkFields(Object.keys(order), orderNotAllowed);
  const visible = mayReadCrm(state, caller) ? state.company.crm.filter((entity) => entity.type === type) : [];
  const [field, direction] = Object.entries(order)[0] ?? ['id', 'ASC'];
  const rows = sortRows(
    filterRows(visible.map(wireItem), filter, FIELDS),
    field,
    direction.toUpperCase() === 'DESC' ? 'DESC' : 'ASC',
  );
  const { result: page, ...counts } = pageOf(rows, start);
  const withPhones = select?.includes('*') === true;
  const items = page.map((row) => {
    const entity = visible.find(({ id }) => id === row.id);
    return withPhones && entity ? { ...row, fm: phonesOf(entity) } : row;
  });
  return { ...counts, result: { items } };
};

function typeOf(entityTypeId: number): FakeCrmType {
  const type = TYPES[entityTypeId];
  if (!type) throw new Refusal(typeNotFound);
  return type;
}

function checkFields(fields: readonly string[], refusal: DocumentedRefusal): void {
  const unknown = fields.find((field) => !FIELDS.includes(field));
  if (unknown !== undefined)
    throw new Refusal(refusal, { description: refusal.description.replace('{field}', () => unknown) });
}

/** camelCase, ids as numbers, unlike the older methods. */
function wireItem(entity: FakeCrmEntity) {
  return {
    id: entity.id,
    title: entity.name,
    name: entity.name,
    assignedById: entity.assignedById,
    sourceId: entity.source ?? null,
  };
}

function phonesOf({ id, phones }: FakeCrmEntity) {
  return phones.map((value, index) => ({ id: id * 10 + index, typeId: 'PHONE', valueType: 'WORK', value }));
}
