import { catalogue } from '../rest/catalogue';
import { filterRows, sortRows } from '../rest/filter';
import type { FilterableRow } from '../rest/filter';
import { installationOf, isAdmin, paramsBy } from '../rest/method-call';
import type { MethodCall, MethodHandler } from '../rest/method-call';
import { pageOf } from '../rest/paging';
import { Refusal } from '../rest/refusal';
import type { PortalState } from '../portal-state';
import { wireRecord } from './offline-queue';
import type { OfflineQueue, OfflineRecord } from './offline-queue';

const { accessDenied } = catalogue['event.offline.get'].refusals;
const DEFAULT_LIMIT = 50;
const FIELDS = ['ID', 'TIMESTAMP_X', 'EVENT_NAME', 'MESSAGE_ID'];

/** event.offline.get: deletes what it gives, or reserves it (clear=0); a reserved part can be read again. */
export const offlineGet: MethodHandler<'event.offline.get'> = (state, call) => {
  const queue = queueOf(state, call);
  const params = paramsBy('event.offline.get', call.params);
  const now = state.clock.now();
  const isWanted = (record: OfflineRecord) => {
    if (record.connector !== (params.auth_connector ?? '')) return false;
    if (params.process_id !== undefined) return record.processId === params.process_id && !record.isFailed;
    return params.error === 1 ? record.isFailed : record.processId === '';
  };
  const rows = selected(queue.all(now).filter(isWanted), params.filter, params.order, 'TIMESTAMP_X');
  const records = rows.slice(0, params.limit ?? DEFAULT_LIMIT);
  const answer = (processId: string | null) => ({
    result: { process_id: processId, events: records.map(wireRecord) },
  });
  if (params.process_id !== undefined) return answer(params.process_id);
  if (params.clear !== 0) {
    queue.remove(records);
    return answer(null);
  }
  const processId = state.ids.hex(32);
  queue.reserve(records, processId, now);
  return answer(processId);
};

/** event.offline.list: looks, and changes nothing. */
export const offlineList: MethodHandler<'event.offline.list'> = (state, call) => {
  const queue = queueOf(state, call);
  const params = paramsBy('event.offline.list', call.params);
  const own = queue
    .all(state.clock.now())
    .filter((record) => record.connector === (params.auth_connector ?? ''));
  const { result, ...counts } = pageOf(selected(own, params.filter, params.order, 'ID'), params.start);
  return {
    ...counts,
    result: result.map((record) => ({
      ...wireRecord(record),
      PROCESS_ID: record.processId,
      ERROR: record.isFailed ? 1 : 0,
    })),
  };
};

/** event.offline.clear: what of a reservation has been dealt with; all of it if nothing is named. */
export const offlineClear: MethodHandler<'event.offline.clear'> = (state, call) => {
  const queue = queueOf(state, call);
  const params = paramsBy('event.offline.clear', call.params);
  const isNamed = (record: OfflineRecord) => {
    if (params.id !== undefined) return params.id.includes(record.id);
    return params.message_id?.includes(record.messageId) ?? true;
  };
  queue.remove(reserved(state, queue, params.process_id).filter(isNamed));
  return { result: true };
};

/** event.offline.error: what of a reservation could not be dealt with; get gives it again with error=1. */
export const offlineError: MethodHandler<'event.offline.error'> = (state, call) => {
  const queue = queueOf(state, call);
  const { process_id: processId, message_id: named } = paramsBy('event.offline.error', call.params);
  for (const record of reserved(state, queue, processId))
    if (named?.includes(record.messageId) ?? true) record.isFailed = true;
  return { result: true };
};

function queueOf(state: PortalState, { caller }: MethodCall): OfflineQueue {
  if (!isAdmin(state, caller)) throw new Refusal(accessDenied);
  return installationOf(state, caller).offline;
}

function reserved(state: PortalState, queue: OfflineQueue, processId: string): readonly OfflineRecord[] {
  return queue.all(state.clock.now()).filter((record) => record.processId === processId);
}

/** Filtered and sorted by the fields a record has on the wire; the first key of `order` counts. */
function selected(
  records: readonly OfflineRecord[],
  filter: Readonly<Record<string, unknown>> | undefined,
  order: Readonly<Record<string, unknown>> | undefined,
  defaultField: string,
): readonly OfflineRecord[] {
  const rows = records.map((record): FilterableRow & { readonly ID: string } => ({
    ...wireRecord(record),
    PROCESS_ID: record.processId,
    ERROR: record.isFailed ? '1' : '0',
  }));
  const [field, direction] = Object.entries(order ?? {})[0] ?? [defaultField, 'ASC'];
  const sorted = sortRows(
    filterRows(rows, filter, [...FIELDS, 'PROCESS_ID', 'ERROR']),
    field,
    direction === 'DESC' ? 'DESC' : 'ASC',
  );
  return sorted.flatMap((row) => records.filter(({ id }) => String(id) === row.ID));
}
