import { crmEntityTypeIds } from '@app/bitrix24/contract';
import { isoSeconds } from '../clock';
import type { CallActivity, PortalState } from '../portal-state';
import type { Caller } from '../rest/caller';
import { catalogue } from '../rest/catalogue';
import { filterRows, sortRows } from '../rest/filter';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { pageOf } from '../rest/paging';
import { Refusal } from '../rest/refusal';
import { mayReadCrm } from './rights';

const { notFound, accessDenied } = catalogue['crm.activity.get'].refusals;
/** Only if they are selected. */
const ON_REQUEST = ['FILES', 'COMMUNICATIONS'];
const OWNER_KEYS = ['OWNER_ID', 'OWNER_TYPE_ID'] as const;
/** TYPE_ID of a call. */
const CALL = '2';
const DIRECTIONS = { in: '1', out: '2' } as const;
const OWNER_TYPES: Readonly<Record<string, number>> = {
  LEAD: crmEntityTypeIds.lead,
  DEAL: crmEntityTypeIds.deal,
  CONTACT: crmEntityTypeIds.contact,
  COMPANY: crmEntityTypeIds.company,
};

/** crm.activity.get: of calls only, the only activities there are here. */
export const activityGet: MethodHandler<'crm.activity.get'> = (state, { params: raw, caller }) => {
  const { id } = paramsBy('crm.activity.get', raw);
  checkRights(state, caller);
  const activity = [...state.activities.values()].find((candidate) => candidate.id === id);
  if (!activity) throw new Refusal(notFound);
  return { result: wireActivity(state, activity) };
};

/** crm.activity.list: a filter of BINDINGS takes any of the pairs {OWNER_TYPE_ID, OWNER_ID}. */
export const activityList: MethodHandler<'crm.activity.list'> = (state, { params: raw, caller }) => {
  const { select, filter = {}, order = {}, start } = paramsBy('crm.activity.list', raw);
  checkRights(state, caller);
  const { BINDINGS, ...conditions } = filter;
  const bound = [...state.activities.values()]
    .map((activity) => wireActivity(state, activity))
    .filter((row) => !Array.isArray(BINDINGS) || BINDINGS.some((owner: unknown) => isOwner(row, owner)));
  const fields = Object.keys(bound[0] ?? {}).filter((field) => !ON_REQUEST.includes(field));
  const [field, direction = 'ASC'] = Object.entries(order)[0] ?? ['ID'];
  const rows = bound.length === 0 ? [] : filterRows(bound, conditions, fields);
  const page = pageOf(sortRows(rows, field, direction.toUpperCase() === 'DESC' ? 'DESC' : 'ASC'), start);
  return { ...page, result: page.result.map((row) => selected(row, select)) };
};

function checkRights(state: PortalState, caller: Caller): void {
  if (!mayReadCrm(state, caller)) throw new Refusal(accessDenied);
}

type WireActivity = ReturnType<typeof wireActivity>;

function wireActivity(state: PortalState, activity: CallActivity) {
  const call = state.calls.known(activity.callId);
  const startedAt = call?.startedAt ?? 0;
  const owner = ownerOf(activity);
  return {
    ID: String(activity.id),
    TYPE_ID: CALL,
    PROVIDER_ID: 'VOXIMPLANT_CALL',
    PROVIDER_TYPE_ID: 'CALL',
    DIRECTION: DIRECTIONS[activity.direction],
    ...owner,
    RESPONSIBLE_ID: String(activity.responsibleId),
    START_TIME: isoSeconds(startedAt),
    END_TIME: isoSeconds(startedAt + activity.durationSeconds * 1000),
    COMPLETED: activity.completed ? 'Y' : 'N',
    SUBJECT: `${activity.direction === 'in' ? 'Incoming' : 'Outgoing'} call ${call?.phone ?? ''}`,
    ORIGIN_ID: `VI_${activity.callId}`,
    FILES: activity.fileId === undefined ? [] : [{ id: activity.fileId }],
    COMMUNICATIONS: [{ TYPE: 'PHONE', VALUE: call?.phone ?? '', ENTITY_ID: owner.OWNER_ID }],
  };
}

function ownerOf({ ownerType, ownerId }: CallActivity) {
  return { OWNER_ID: String(ownerId), OWNER_TYPE_ID: String(OWNER_TYPES[ownerType] ?? 0) };
}

function isOwner(row: WireActivity, owner: unknown): boolean {
  const wanted = typeof owner === 'object' && owner !== null ? (owner as Record<string, unknown>) : {};
  return OWNER_KEYS.every((key) => {
    const value = wanted[key];
    return value === undefined || value === row[key] || value === Number(row[key]);
  });
}

function selected(row: WireActivity, select: readonly string[] = ['*']) {
  const shown = Object.entries(row).filter(
    ([field]) => select.includes(field) || (select.includes('*') && !ON_REQUEST.includes(field)),
  );
  return { ...Object.fromEntries(shown), ID: row.ID };
}
