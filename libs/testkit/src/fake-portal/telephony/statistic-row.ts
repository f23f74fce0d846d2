import { statisticFields } from '@app/bitrix24/contract';
import type { PortalStatusCode } from '@app/bitrix24/contract';
import type { Caller } from '../rest/caller';
import type { FakeCall } from './call-book';
import { isoSeconds } from '../clock';

export type StatisticField = (typeof statisticFields)[number];

/** A row of the call statistics as it travels: every value a string or null, except the file id. */
export type StatisticRow = Record<StatisticField, string | null> & { RECORD_FILE_ID: number | null };

/** What finish decided. */
export interface FinishedFacts {
  readonly rowId: number;
  readonly userId: number;
  readonly durationSeconds: number;
  readonly statusCode: PortalStatusCode;
  readonly failedReason: string;
  readonly cost: number;
  readonly costCurrency: string;
  readonly vote: number;
  readonly activityId: number | null;
}

/** A call without a line has this instead (sample of the call-end event). */
export const NO_LINE = 'REST_APP:';

export function statisticRow(call: FakeCall, caller: Caller, facts: FinishedFacts): StatisticRow {
  const nothing = Object.fromEntries(statisticFields.map((field) => [field, null])) as Record<
    StatisticField,
    null
  >;
  return {
    ...nothing,
    ID: String(facts.rowId),
    CALL_ID: call.id,
    EXTERNAL_CALL_ID: call.externalId,
    CALL_CATEGORY: 'external',
    PORTAL_USER_ID: String(facts.userId),
    PORTAL_NUMBER: call.line ?? NO_LINE,
    PHONE_NUMBER: call.phone,
    CALL_TYPE: String(call.type),
    CALL_DURATION: String(facts.durationSeconds),
    CALL_START_DATE: isoSeconds(call.startedAt),
    CALL_VOTE: String(facts.vote),
    COST: facts.cost.toFixed(4),
    COST_CURRENCY: facts.costCurrency,
    CALL_FAILED_CODE: facts.statusCode,
    CALL_FAILED_REASON: facts.failedReason,
    CRM_ENTITY_TYPE: call.crm?.type ?? null,
    CRM_ENTITY_ID: call.crm ? String(call.crm.id) : null,
    CRM_ACTIVITY_ID: facts.activityId === null ? null : String(facts.activityId),
    REST_APP_ID: caller.appId,
    REST_APP_NAME: caller.appName,
    RECORD_FILE_ID: null,
  };
}
