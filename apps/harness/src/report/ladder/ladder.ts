import type { SipMessageRecord } from '../evidence';
import type { ActorRecord, ScenarioRecord, StepRecord } from '../run-record';
import { visibleText } from '../text/visible-text';
import { foldRegistrations } from './fold-registrations';
import { glanceAt, type Glance } from './glance';

/** The SIP messages of a scenario between those who sent them, as rows in order of time. */
export interface Ladder {
  readonly columns: readonly LadderColumn[];
  readonly rows: readonly LadderRow[];
}

export interface LadderColumn {
  readonly id: string;
  /** "Anna 1001" */
  readonly heading: string;
}

export type LadderRow =
  | MessageRow
  /** Registrations and keep-alives that went well, in one line. */
  | { readonly kind: 'routine'; readonly atMs: number; readonly text: string; readonly first: number }
  /** Nothing was sent for so long. */
  | { readonly kind: 'pause'; readonly lastedMs: number }
  /** A step failed here. */
  | { readonly kind: 'failure'; readonly atMs: number; readonly text: string }
  /** So many rows are not shown. */
  | { readonly kind: 'left-out'; readonly count: number };

export interface MessageRow {
  readonly kind: 'message';
  readonly atMs: number;
  /** Index in the messages of the scenario. */
  readonly index: number;
  /** Indexes of columns. */
  readonly from: number;
  readonly to: number;
  /** Number of its Call-ID, in order of appearance. */
  readonly dialog: number;
  readonly glance: Glance['kind'];
  readonly label: string;
}

/** A pause that is worth a line, ms. */
const PAUSE_MS = 1000;
/** A trunk stands left of the switch, the phones right of it: calls from outside go from left to right. */
const PLACES: Readonly<Record<ActorRecord['kind'], number>> = { trunk: 0, switch: 1, person: 2 };

type Source = Pick<ScenarioRecord, 'actors' | 'messages' | 'steps'>;

/** The ladder of a scenario; no rows when there were no messages. */
export function ladderOf(scenario: Source): Ladder {
  const columns = columnsFor(scenario);
  const places = new Map(columns.map(({ id }, index) => [id, index]));
  const folded = foldRegistrations(scenario.messages);
  const shown = folded.flatMap((entry) => (entry.kind === 'message' ? [entry.message.callId] : []));
  const dialogs = [...new Set(shown)];
  const rows = folded.map((entry): TimedRow => {
    if (entry.kind === 'routine') return { ...entry, text: routineText(entry.messages, scenario.actors) };
    const { message, index } = entry;
    const { kind: glance, label } = glanceAt(message);
    return {
      kind: 'message',
      atMs: message.atMs,
      index,
      from: places.get(message.from) ?? 0,
      to: places.get(message.to) ?? 0,
      dialog: dialogs.indexOf(message.callId),
      glance,
      label,
    };
  });
  if (rows.length === 0) return { columns, rows: [] };
  return { columns, rows: withPauses([...rows, ...failures(scenario.steps)].sort(byTime)) };
}

type TimedRow = Extract<LadderRow, { readonly atMs: number }>;

function byTime(a: TimedRow, b: TimedRow): number {
  return a.atMs - b.atMs;
}

/** Everybody who sent or got a message, and whoever is only named in one. */
function columnsFor({ actors, messages }: Source): LadderColumn[] {
  const seen = new Set(messages.flatMap(({ from, to }) => [from, to]));
  const known = actors
    .filter(({ id }) => seen.has(id))
    .sort((a, b) => PLACES[a.kind] - PLACES[b.kind])
    .map((actor) => ({ id: actor.id, heading: actorHeading(actor) }));
  const strangers = [...seen].filter((id) => !actors.some((actor) => actor.id === id));
  return [...known, ...strangers.map((id) => ({ id, heading: visibleText(id) }))];
}

/** "Anna 1001", as people are called in pictures. */
export function actorHeading({ name, extension }: Pick<ActorRecord, 'name' | 'extension'>): string {
  return visibleText(extension === undefined || extension === name ? name : `${name} ${extension}`);
}

function routineText(messages: readonly SipMessageRecord[], actors: readonly ActorRecord[]): string {
  const ids = [...new Set(messages.flatMap(({ from, to }) => [from, to]))];
  const names = actors
    .filter(({ id, kind }) => kind !== 'switch' && ids.includes(id))
    .map(({ name }) => name);
  const methods = [...new Set(messages.map(({ cseq }) => /[A-Z]+$/.exec(cseq)?.[0] ?? ''))].join(', ');
  return visibleText(`${methods} of ${names.join(', ')}: ok, ${messages.length} messages`);
}

function failures(steps: readonly StepRecord[]): TimedRow[] {
  return steps.flatMap(({ outcome, endedMs, line, text }) =>
    outcome === 'failed' && endedMs !== undefined
      ? [{ kind: 'failure' as const, atMs: endedMs, text: visibleText(`line ${line} failed: ${text}`) }]
      : [],
  );
}

function withPauses(rows: readonly TimedRow[]): LadderRow[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    const lastedMs = before ? row.atMs - before.atMs : 0;
    return lastedMs >= PAUSE_MS ? [{ kind: 'pause' as const, lastedMs }, row] : [row];
  });
}

/** "INVITE 1001" of "INVITE 1001 (SDP)", for where there is little room. */
export function withoutDetails(label: string): string {
  return label.replace(/ \([^()]*\)/g, '');
}
