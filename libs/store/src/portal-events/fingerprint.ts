import { sha256 } from '../secrets/sha256';

/** What an event is, as opposed to when it came and with which tokens. */
export interface EventIdentity {
  readonly name: string;
  /** Unix seconds, by the portal's queue. */
  readonly ts?: number;
  /** Of the binding. */
  readonly handlerId?: string;
  readonly data: unknown;
}

/**
 * The same for the same event: its name, the moment at which the portal's queue sent it, the binding it was sent for, and
 * everything in it, in whatever order. Two events that differ in nothing of that are one that came twice. An event about a
 * call is named by its CALL_ID: it is the same whenever and for whichever binding it was sent.
 */
export function fingerprintOf({ name, ts, handlerId, data }: EventIdentity): string {
  const sending = namesCall(data) ? [] : [ts ?? null, handlerId ?? null];
  return sha256(JSON.stringify([name, sending, sorted(data)]));
}

function namesCall(data: unknown): boolean {
  const callId: unknown =
    typeof data === 'object' && data !== null ? Reflect.get(data, 'CALL_ID') : undefined;
  return typeof callId === 'string' && callId !== '';
}

/**
 * The same for an event and its twin that comes on the other way: a form makes text of everything, the portal's queue keeps
 * numbers and nulls, and neither tells an empty list from an empty map, or either from nothing.
 */
export function contentHashOf({ name, data }: Pick<EventIdentity, 'name' | 'data'>): string {
  return sha256(JSON.stringify([name, plain(data)]));
}

function plain(value: unknown): unknown {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return '1';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  // Neither JSON nor a form brings anything else.
  if (typeof value !== 'object') return '';
  const fields = Object.entries(value).map(([name, field]): [string, unknown] => [name, plain(field)]);
  const told = fields.filter(([, field]) => field !== '');
  return told.length === 0 ? '' : Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]): [string, unknown] => [name, sorted(field)]);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
