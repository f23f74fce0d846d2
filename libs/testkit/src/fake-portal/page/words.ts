import type { PortalStatusCode } from '@app/bitrix24/contract';

/** What became of a call, in a word (contract, section 7). */
const OUTCOMES: Readonly<Record<PortalStatusCode, string>> = {
  '200': 'answered',
  '304': 'missed',
  '603': 'declined',
  '603-S': 'cancelled',
  '403': 'forbidden',
  '404': 'invalid number',
  '486': 'busy',
  '484': 'not reachable that way',
  '503': 'not reachable that way',
  '480': 'unavailable',
  '402': 'no funds',
  '423': 'blocked',
  OTHER: 'other',
};

export const outcomeWord = (statusCode: string): string =>
  Object.hasOwn(OUTCOMES, statusCode) ? OUTCOMES[statusCode as PortalStatusCode] : statusCode;

/** 754 -> 12:34 */
export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

/** Epoch ms or ISO-8601 -> 07:00:05, UTC. */
export function timeOfDay(moment: number | string): string {
  const ms = typeof moment === 'number' ? moment : Date.parse(moment);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(11, 19);
}

/** Anna Petrova -> AP */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .slice(0, 3)
    .toUpperCase();

/** 1536 -> 1.5 kB */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
