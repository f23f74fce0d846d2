import type { RequestRecord } from '../../evidence';
import { lengthText, momentText } from '../../text/durations';
import { visibleText } from '../../text/visible-text';
import type { Shape } from '../svg/shape';
import { fitText, textWidth } from '../svg/text-width';
import type { TimeScale } from '../svg/time-scale';
import { BAR, barTop, baseline, LEAST_BAR, ROW, type Band } from './band';
import { packRows } from './pack-rows';

const GAP = 3;
const MOST_ROWS = 8;
const MOST_LABEL_PX = 200;

/** Requests to the portal, each with its method; commands of a batch stand below the batch. */
export function requestsBand(requests: readonly RequestRecord[], scale: TimeScale): Band | undefined {
  if (requests.length === 0) return undefined;
  const items = requests.map((request) => itemOf(request, scale));
  const rows = packRows(items, { mostRows: MOST_ROWS });
  const shapes = items.flatMap((item, index) => {
    const row = rows[index];
    // No room for the word any more: the bar alone, over others in the last row.
    return row === undefined ? [barOf(item, MOST_ROWS - 1)] : [barOf(item, row), ...labelOf(item, row)];
  });
  const used = Math.max(...rows.map((row) => row ?? MOST_ROWS - 1)) + 1;
  return { title: 'REST', height: used * ROW, names: [{ text: 'requests', y: baseline(0) }], shapes };
}

interface Item {
  readonly request: RequestRecord;
  readonly left: number;
  readonly barWidth: number;
  readonly label: string;
  readonly right: number;
}

function itemOf(request: RequestRecord, scale: TimeScale): Item {
  const left = scale.x(request.atMs);
  const barWidth = Math.max(LEAST_BAR, scale.x(request.atMs + (request.durationMs ?? 0)) - left);
  const room = Math.min(MOST_LABEL_PX, scale.width - left - barWidth - GAP);
  const label = fitText(labelText(request), room);
  return {
    request,
    left,
    barWidth,
    label,
    right: left + barWidth + (label === '' ? 0 : GAP + textWidth(label)),
  };
}

/** "register", "finish 503", "hide lost". */
function labelText(request: RequestRecord): string {
  const name = shortMethod(request.method);
  return isBad(request)
    ? `${name} ${visibleText(request.error?.code ?? request.fault ?? String(request.status))}`
    : name;
}

/** What everybody calls it: "register" of telephony.externalCall.register. */
export function shortMethod(method: string): string {
  return visibleText(method.replace(/^telephony\.externalCall\./, '').replace(/^telephony\./, ''));
}

/** It was answered with an error, or not at all. */
export function isBad({ error, status, fault }: RequestRecord): boolean {
  return error !== undefined || fault !== undefined || (status !== undefined && status >= 400);
}

function barOf({ request, left, barWidth }: Item, row: number): Shape {
  const { method, atMs, durationMs, status, error, fault } = request;
  const answer = [
    durationMs === undefined ? '' : `after ${lengthText(durationMs)}`,
    status === undefined ? '' : `status ${status}`,
    error === undefined ? '' : `${error.code}: ${error.description}`,
    fault === undefined ? '' : `on purpose: ${fault}`,
  ].filter(Boolean);
  return {
    kind: 'bar',
    x: left,
    y: barTop(row),
    width: barWidth,
    height: BAR,
    look: isBad(request) ? 'rest-error' : 'rest',
    title: visibleText([`${momentText(atMs)} s: ${method}`, ...answer].join(', ')),
    during: { fromMs: atMs, toMs: atMs + (durationMs ?? 0), say: `request ${shortMethod(method)}` },
  };
}

function labelOf({ request, left, barWidth, label }: Item, row: number): Shape[] {
  if (label === '') return [];
  const look = isBad(request) ? 'failure' : 'text';
  const x = left + barWidth + GAP;
  return [{ kind: 'text', x, y: baseline(row), text: label, width: textWidth(label), look }];
}
