import type { CapturedEvent, CapturedLine, CaptureMarker, EventRecord } from './captured-event';

/** What is wrong with one line; the reader of the file adds where it stands. */
export class BadLine extends Error {
  constructor(
    readonly problem: 'not-json' | 'not-an-event',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one line of a capture: an event, or a marker of the capture tool.
 *
 * @throws {BadLine} when it is not JSON, or is neither of the two.
 */
export function parseCapturedLine(line: string): CapturedLine {
  const fields = asObject(line);
  const receivedAtMs = arrivalOf(fields);
  const marker = fields['_marker'];
  return typeof marker === 'string' ? asMarker(marker, receivedAtMs, fields) : asEvent(receivedAtMs, fields);
}

/** A stream that was saved without the capture tool has no arrival times: the switch's own take their place. */
function arrivalOf(fields: Fields): number {
  const told = fields['_received_at'];
  if (typeof told === 'number') return told;
  const microseconds = Number(fields['Event-Date-Timestamp']);
  return Number.isFinite(microseconds) ? microseconds / 1000 : 0;
}

function asObject(line: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new BadLine('not-json', `not JSON: ${start(line)}`, { cause });
  }
  if (!isObject(value)) throw new BadLine('not-an-event', `a JSON object was expected: ${start(line)}`);
  return value;
}

function asEvent(receivedAtMs: number, fields: Fields): CapturedEvent {
  const record: Record<string, string | readonly string[]> = {};
  for (const [header, value] of Object.entries(fields)) {
    if (isToolKey(header)) continue;
    if (typeof value !== 'string' && !isStrings(value)) {
      throw new BadLine('not-an-event', `"${header}" is neither text nor a list of texts`);
    }
    record[header] = value;
  }
  if (!isEvent(record)) throw new BadLine('not-an-event', 'no "Event-Name" in this line');
  const doubled = fields['_duplicate_keys'];
  return { kind: 'event', receivedAtMs, record, doubledKeys: isStrings(doubled) ? doubled : [] };
}

/** Marker lines look like "connection-lost: end of stream", "reconnected", or "frame" with the frame's own fields. */
function asMarker(text: string, receivedAtMs: number, fields: Fields): CaptureMarker {
  const [marker = '', ...rest] = text.split(': ');
  const { content_type: contentType, body } = fields;
  return {
    kind: 'marker',
    receivedAtMs,
    marker,
    detail: typeof body === 'string' ? body : rest.join(': '),
    ...(typeof contentType === 'string' && { contentType }),
  };
}

/** `_body` is the switch's own key; the other underscored ones were added by the capture tool. */
function isToolKey(header: string): boolean {
  return header.startsWith('_') && header !== '_body';
}

function isEvent(record: EventRecord): boolean {
  return typeof record['Event-Name'] === 'string' && record['Event-Name'] !== '';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function start(line: string): string {
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}...` : line);
}
