import { failedSteps } from '../../report/failure-text';
import type { FiledCallRecord } from '../../report/evidence';
import type { ScenarioRecord } from '../../report/run-record';
import { fit } from '../live/safe-text';

/** The day in numbers, for people and for machines. */
export interface PhonesSummary {
  readonly ok: boolean;
  readonly calls: readonly Pick<
    FiledCallRecord,
    'direction' | 'phone' | 'statusCode' | 'talkSeconds' | 'crm'
  >[];
  readonly requests: number;
  readonly sipMessages: number;
  /** In words; empty when all is well. */
  readonly problems: readonly string[];
}

export function phonesSummary(record: ScenarioRecord): PhonesSummary {
  const { outcome, filed, requests, messages } = record;
  const failed = failedSteps(record).map(({ text, came = '' }) => `${text}: ${came}`);
  return {
    ok: outcome.kind === 'passed',
    calls: filed.map(({ direction, phone, statusCode, talkSeconds, crm }) => ({
      direction,
      phone,
      statusCode,
      talkSeconds,
      crm,
    })),
    requests: requests.length,
    sipMessages: messages.length,
    problems: outcome.kind === 'broken' ? [outcome.error, ...failed] : failed,
  };
}

const WIDTHS = [10, 14, 8, 8] as const;

/** The summary as a table with a line of totals. */
export function phonesTable({ calls, requests, sipMessages, ok, problems }: PhonesSummary): string {
  const rows = calls.map(({ direction, phone, statusCode, talkSeconds, crm }) => [
    direction,
    phone,
    statusCode,
    talkSeconds > 0 ? `${talkSeconds} s` : '-',
    crm ?? '',
  ]);
  const lines = [['filed', 'client', 'as', 'talk', 'with'], ...rows].map((cells) =>
    cells
      .map((cell, index) => fit(cell, WIDTHS[index] ?? cell.length))
      .join('  ')
      .trimEnd(),
  );
  const verdict = ok ? 'Everything was as it should be.' : `WRONG: ${problems.join('; ')}`;
  return [
    ...lines,
    '',
    `${calls.length} calls, ${sipMessages} SIP messages, ${requests} requests to the portal. ${verdict}`,
  ].join('\n');
}
