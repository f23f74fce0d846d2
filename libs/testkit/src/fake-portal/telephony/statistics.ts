import { contract, statisticFields } from '@app/bitrix24/contract';
import { filterRows, sortRows } from '../rest/filter';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { pageOf } from '../rest/paging';
import { Refusal } from '../rest/refusal';

const METHOD = 'voximplant.statistic.get';

/** voximplant.statistic.get: needs the right to view the statistics. */
export const statisticGet: MethodHandler<typeof METHOD> = (state, { params: raw, caller }) => {
  const user = state.company.users.find(({ id }) => id === caller.userId);
  if (!user?.mayViewStatistics) throw new Refusal(contract[METHOD].refusals.accessDenied);
  const { FILTER, SORT = 'ID', ORDER = 'ASC', start } = paramsBy(METHOD, raw);
  const rows = sortRows(filterRows([...state.statistics.values()], FILTER, statisticFields), SORT, ORDER);
  return pageOf(
    rows.map((row) => ({ ...row, ID: row.ID ?? '', CALL_ID: row.CALL_ID ?? '' })),
    start,
  );
};
