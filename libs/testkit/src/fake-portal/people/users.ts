import { workplacesOf } from '../company/company';
import type { FakeUser } from '../company/company';
import type { Caller } from '../rest/caller';
import { filterRows, sortRows } from '../rest/filter';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { pageOf } from '../rest/paging';

/** user_brief may see these only (page of user.get: the extension, but no phones and no e-mail). */
// prettier-ignore
const BRIEF = [
  'ID', 'ACTIVE', 'NAME', 'LAST_NAME', 'SECOND_NAME', 'WORK_POSITION', 'UF_DEPARTMENT', 'UF_PHONE_INNER', 'USER_TYPE',
  'TIMESTAMP_X', 'LAST_ACTIVITY_DATE',
] as const;
const FULL = [...BRIEF, 'EMAIL', 'WORK_PHONE', 'PERSONAL_PHONE', 'PERSONAL_MOBILE'] as const;

/** user.get. Fields that the scope may not give are dropped silently, whoever selects them. */
export const userGet: MethodHandler<'user.get'> = (state, { params: raw, caller }) => {
  const { FILTER, sort = 'ID', order = 'ASC', select, start } = paramsBy('user.get', raw);
  const allowed = fieldsOf(caller);
  const rows = filterRows(state.company.users.map(wireUser), FILTER, [...allowed, 'NAME_SEARCH']);
  const page = pageOf(sortRows(rows, sort, order), start);
  const wanted = allowed.filter((field) => select?.some((mask) => fits(mask, field)) ?? true);
  return { ...page, result: page.result.map((row) => only(row, wanted)) };
};

/** user.current: the owner of the token, with the same fields as user.get. */
export const userCurrent: MethodHandler<'user.current'> = (state, { caller }) => {
  const [user] = state.company.users.filter(({ id }) => id === caller.userId).map(wireUser);
  return { result: only(user ?? { ID: String(caller.userId) }, fieldsOf(caller)) };
};

function fieldsOf({ scopes }: Caller): readonly string[] {
  return scopes.some((scope) => scope === 'user' || scope === 'user_basic') ? FULL : BRIEF;
}

function fits(mask: string, field: string): boolean {
  return mask === '*' || mask === field || (mask === 'UF_*' && field.startsWith('UF_'));
}

/** These fields, and the id in any case. */
function only(row: { readonly ID: string }, fields: readonly string[]) {
  const shown = Object.entries(row).filter(([field]) => fields.includes(field));
  return { ...Object.fromEntries(shown), ID: row.ID };
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
    UF_DEPARTMENT: [...workplacesOf(user)],
    UF_PHONE_INNER: user.extension,
    USER_TYPE: 'employee',
    TIMESTAMP_X: {},
    LAST_ACTIVITY_DATE: {},
    NAME_SEARCH: `${user.name} ${user.lastName}`,
  };
}
