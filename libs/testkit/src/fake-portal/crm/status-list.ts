import { catalogue } from '../rest/catalogue';
import { filterRows } from '../rest/filter';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';
import { mayReadCrm } from './rights';

const FIELDS = ['ID', 'ENTITY_ID', 'STATUS_ID', 'NAME', 'SORT', 'SYSTEM'];
const { accessDenied } = catalogue['crm.status.list'].refusals;

/** crm.status.list: of all dictionaries only the sources are kept here, in their order. */
export const statusList: MethodHandler<'crm.status.list'> = (state, { params: raw, caller }) => {
  const { filter } = paramsBy('crm.status.list', raw);
  if (!mayReadCrm(state, caller)) throw new Refusal(accessDenied);
  const rows = state.company.sources.map(({ id, name }, index) => ({
    ID: String(index + 1),
    ENTITY_ID: 'SOURCE',
    STATUS_ID: id,
    NAME: name,
    NAME_INIT: name,
    SORT: String((index + 1) * 10),
    SYSTEM: 'N' as const,
    CATEGORY_ID: null,
    COLOR: null,
    SEMANTICS: null,
    EXTRA: [],
  }));
  return { result: [...filterRows(rows, filter, FIELDS)] };
};
