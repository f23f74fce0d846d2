import type { FakeUser } from './company';
import { filterRows, sortRows } from './filter';
import { paramsBy } from './method-call';
import type { MethodHandler } from './method-call';
import { pageOf } from './paging';

const METHOD = 'user.get';

/** user_brief may see these only (page of user.get: the extension, but no phones and no e-mail). */
// prettier-ignore
const BRIEF = [
  'ID', 'ACTIVE', 'NAME', 'LAST_NAME', 'SECOND_NAME', 'WORK_POSITION', 'UF_DEPARTMENT', 'UF_PHONE_INNER', 'USER_TYPE',
  'TIMESTAMP_X', 'LAST_ACTIVITY_DATE',
] as const;
const FULL = [...BRIEF, 'EMAIL', 'WORK_PHONE', 'PERSONAL_PHONE', 'PERSONAL_MOBILE'] as const;

/** user.get. Fields that the scope may not give are dropped silently, whoever selects them. */
export const userGet: MethodHandler<typeof METHOD> = (state, { params: raw, caller }) => {
  const { FILTER, sort = 'ID', order = 'ASC', select, start } = paramsBy(METHOD, raw);
  const allowed: readonly string[] = caller.scopes.some((scope) => scope === 'user' || scope === 'user_basic')
    ? FULL
    : BRIEF;
  const rows = filterRows(state.company.users.map(wireUser), FILTER, [...allowed, 'NAME_SEARCH']);
  const page = pageOf(sortRows(rows, sort, order), start);
  const wanted = (field: string) =>
    field === 'ID' || (allowed.includes(field) && (select?.some((mask) => fits(mask, field)) ?? true));
  const result = page.result.map((row) => ({
    ...Object.fromEntries(Object.entries(row).filter(([field]) => wanted(field))),
    ID: row.ID,
  }));
  return { ...page, result };
};

function fits(mask: string, field: string): boolean {
  return mask === '*' || mask === field || (mask === 'UF_*' && field.startsWith('UF_'));
}

/** ID is a string, ACTIVE a boolean, dates may be empty objects; no extension is null here (not documented). */
function wireUser(user: FakeUser) {
  return {
    ID: String(user.id),
    ACTIVE: user.active,
    NAME: user.name,
    LAST_NAME: user.lastName,
    SECOND_NAME: '',
    EMAIL: user.email,
    WORK_PHONE: user.workPhone,
    PERSONAL_PHONE: null,
    PERSONAL_MOBILE: user.mobile,
    WORK_POSITION: '',
    UF_DEPARTMENT: [1],
    UF_PHONE_INNER: user.extension,
    USER_TYPE: 'employee',
    TIMESTAMP_X: {},
    LAST_ACTIVITY_DATE: {},
    NAME_SEARCH: `${user.name} ${user.lastName}`,
  };
}
