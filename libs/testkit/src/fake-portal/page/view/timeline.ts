import { fullName } from '../../company/company';
import type { PortalState } from '../../portal-state';
import type { StatisticRow } from '../../telephony/statistic-row';
import { filedCall } from './filed-call';
import type { FiledCall } from './filed-call';

/** A client and what stands in his timeline. */
export interface ClientView {
  readonly type: string;
  readonly id: number;
  readonly name: string;
  readonly phones: readonly string[];
  /** USER_ID. */
  readonly responsible: number;
  readonly responsibleName: string;
  /** The newest first. */
  readonly calls: readonly FiledCall[];
}

/** The clients that have calls; whose call was filed last comes first. */
export function timelines(state: PortalState): readonly ClientView[] {
  const byClient = new Map<string, StatisticRow[]>();
  for (const row of newestFirst(state)) {
    const key = `${row.CRM_ENTITY_TYPE ?? ''} ${row.CRM_ENTITY_ID ?? ''}`;
    byClient.set(key, [...(byClient.get(key) ?? []), row]);
  }
  return [...byClient].flatMap(([key, rows]) => {
    const entity = state.company.crm.find(({ type, id }) => `${type} ${id}` === key);
    if (!entity) return [];
    const { type, id, name, phones, assignedById } = entity;
    const owner = state.company.users.find((user) => user.id === assignedById);
    return [
      {
        type,
        id,
        name,
        phones,
        responsible: assignedById,
        responsibleName: owner ? fullName(owner) : `user ${assignedById}`,
        calls: rows.map((row) => filedCall(state, row)),
      },
    ];
  });
}

/** Rows of the statistics, the one that was finished last first. */
export const newestFirst = (state: PortalState): readonly StatisticRow[] =>
  [...state.statistics.values()].reverse();
