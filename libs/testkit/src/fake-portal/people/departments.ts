import { departmentsOf } from '../company/company';
import { filterRows, sortRows } from '../rest/filter';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { pageOf } from '../rest/paging';

const FILTERS = ['ID', 'NAME', 'SORT', 'PARENT', 'UF_HEAD'] as const;
/** What a new department gets; they all have it here. */
const ORDINARY_SORT = 500;

/** department.get: all filters at once; the topmost department has no PARENT. */
export const departmentGet: MethodHandler<'department.get'> = (state, { params: raw }) => {
  const params = paramsBy('department.get', raw);
  const rows = departmentsOf(state.company).map(({ id, name, parentId, headId }) => ({
    ID: String(id),
    NAME: name,
    SORT: ORDINARY_SORT,
    PARENT: parentId === undefined ? '' : String(parentId),
    UF_HEAD: headId === undefined ? '' : String(headId),
  }));
  const filter = Object.fromEntries(
    FILTERS.flatMap((field) => (params[field] === undefined ? [] : [[field, params[field]]])),
  );
  const found = sortRows(filterRows(rows, filter, FILTERS), params.sort ?? 'ID', params.order ?? 'ASC');
  const { result, ...counts } = pageOf(found, params.START);
  return {
    ...counts,
    result: result.map(({ PARENT, UF_HEAD, ...row }) => ({
      ...row,
      ...(PARENT === '' ? {} : { PARENT }),
      ...(UF_HEAD === '' ? {} : { UF_HEAD }),
    })),
  };
};
