import { posix } from 'node:path';
import {
  eventMicroseconds,
  headerText,
  type Capture,
  type EventRecord,
} from '../../captured-calls/captured-event';
import { Identities, type IdentityChange } from './identities';
import { shiftTimes } from './shift-times';

export interface Rewriting extends IdentityChange {
  /** Epoch ms the first event is moved to, give or take a second; undefined = times as captured. */
  readonly startAt?: number;
  /** Folder the recordings are to lie in, under their own base names. */
  readonly recordingsDir?: string;
}

/** Makes the captured event into the one to be sent. */
export type RewriteEvent = (record: EventRecord) => EventRecord;

/**
 * Prepares the rewriting of a capture's events: other times, other ids, another folder of recordings, the Core-UUID of
 * the switch that plays.
 */
export function rewriteEvents(
  capture: Capture,
  rewriting: Rewriting,
  currentCore: () => string,
): RewriteEvent {
  const records = capture.events.map(({ record }) => record);
  const cores = new Set(records.map((record) => headerText(record, 'Core-UUID')));
  const identities = new Identities(rewriting, cores, currentCore);
  const seconds = secondsToShift(records, rewriting.startAt);
  const moveFiles = recordingMover(records, rewriting.recordingsDir);
  const sipCallId = (header: string, text: string): string =>
    header === 'variable_sip_call_id' ? identities.sipCallId(text) : identities.replaceIn(text);
  return (record) =>
    withBodyLength(
      mapTexts(shiftTimes(record, seconds), (text, header) => moveFiles(sipCallId(header, text))),
    );
}

/** Rounded down: what a play states is never later than its moment. */
function secondsToShift(records: readonly EventRecord[], startAt: number | undefined): number {
  const first = records[0];
  if (startAt === undefined || !first) return 0;
  return Math.floor(startAt / 1000 - eventMicroseconds(first) / 1_000_000);
}

/** Every folder a recording was made in is replaced, in every text that names a file there. */
function recordingMover(
  records: readonly EventRecord[],
  recordingsDir: string | undefined,
): (text: string) => string {
  if (recordingsDir === undefined) return (text) => text;
  const paths = records.map((record) => headerText(record, 'Record-File-Path')).filter((path) => path !== '');
  const folders = [...new Set(paths.map((path) => `${posix.dirname(path)}/`))];
  return (text) => folders.reduce((moved, folder) => moved.replaceAll(folder, `${recordingsDir}/`), text);
}

function mapTexts(record: EventRecord, change: (text: string, header: string) => string): EventRecord {
  const changed: Record<string, string | readonly string[]> = {};
  for (const [header, value] of Object.entries(record)) {
    changed[header] =
      typeof value === 'string' ? change(value, header) : value.map((text) => change(text, header));
  }
  return changed;
}

/** A renamed number in the body of a BACKGROUND_JOB may be longer than the captured one. */
function withBodyLength(record: EventRecord): EventRecord {
  if (typeof record['_body'] !== 'string') return record;
  return { ...record, 'Content-Length': String(Buffer.byteLength(record['_body'])) };
}
