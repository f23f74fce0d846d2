import type { Company, Violation } from '@app/testkit';
import { firstName } from '../company/extensions';
import { fit } from './live/safe-text';
import type { Verdict } from './verdict';

/** The day in numbers, for people and for machines. */
export interface Summary {
  readonly ok: boolean;
  readonly calls: readonly SummaryCall[];
  /** What a careful administrator of the portal would complain about; empty when all is well. */
  readonly portal: { readonly requests: number; readonly violations: readonly Violation[] };
}

export interface SummaryCall {
  readonly scene: string;
  readonly direction: string;
  readonly phone: string | null;
  /** Who is responsible in the portal; null if it holds nothing. */
  readonly who: string | null;
  /** What happened, as the script that drove the phones knows it. */
  readonly outcome: string;
  readonly talkSeconds: number;
  readonly filed: { readonly statusCode: string; readonly seconds: number; readonly userId: number } | null;
  /** Length of the attached recording in seconds; null: none, or none that plays. */
  readonly recordingSeconds: number | null;
  /** How many times a card was shown to somebody. */
  readonly cards: number;
  readonly ok: boolean;
  readonly problems: readonly string[];
}

/** Sums up a day. */
export function summarise(
  verdicts: readonly Verdict[],
  portal: Summary['portal'],
  company: Company,
): Summary {
  const calls = verdicts.map((verdict) => summaryCall(verdict, company));
  return { ok: calls.every((call) => call.ok) && portal.violations.length === 0, calls, portal };
}

function summaryCall({ expected, held, problems }: Verdict, company: Company): SummaryCall {
  const [row] = held?.rows ?? [];
  return {
    scene: expected.scene,
    direction: expected.direction,
    phone: expected.phone ?? null,
    who: row ? firstName(company, row.userId) : null,
    outcome: expected.outcome,
    talkSeconds: expected.talkSeconds,
    filed: row ? { statusCode: row.statusCode, seconds: row.seconds, userId: row.userId } : null,
    recordingSeconds: held?.recording?.seconds ?? null,
    cards: held?.cards.length ?? 0,
    ok: problems.length === 0,
    problems,
  };
}

const WIDTHS = [38, 14, 8, 15, 7, 12, 7] as const;
const HEADINGS = ['call', 'client', 'who', 'outcome', 'talk', 'filed as', 'rec.', 'verdict'];

/** The summary as a table with a line of totals. */
export function summaryTable({ calls, portal, ok }: Summary): string {
  const wrong = calls.filter((call) => !call.ok).length;
  return [
    line(HEADINGS),
    ...calls.map((call) => line(cellsOf(call))),
    ...portal.violations.map(({ kind, detail }) => `the portal complains: ${kind}: ${detail}`),
    '',
    `${calls.length} calls, ${portal.requests} requests to the portal. ${ok ? 'Everything was filed rightly.' : `WRONG: ${wrong} calls, ${portal.violations.length} complaints.`}`,
  ].join('\n');
}

function cellsOf({
  scene,
  phone,
  who,
  outcome,
  talkSeconds,
  filed,
  recordingSeconds,
  ok,
  problems,
}: SummaryCall): string[] {
  return [
    scene,
    phone ?? 'internal',
    who ?? '-',
    outcome,
    talkSeconds > 0 ? `${talkSeconds.toFixed(1)} s` : '-',
    filed ? `${filed.statusCode}${filed.seconds > 0 ? `, ${filed.seconds} s` : ''}` : 'not filed',
    recordingSeconds === null ? '-' : `${recordingSeconds.toFixed(1)} s`,
    ok ? 'ok' : `WRONG: ${problems.join('; ')}`,
  ];
}

function line(cells: readonly string[]): string {
  const columns = cells.slice(0, WIDTHS.length).map((cell, index) => fit(cell, WIDTHS[index] ?? 0));
  return [...columns, ...cells.slice(WIDTHS.length)].join(' ');
}
