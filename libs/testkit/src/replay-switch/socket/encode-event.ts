import type { EventRecord } from '../../captured-calls/captured-event';

export type EventFormat = 'plain' | 'json' | 'xml';

/** An event on its way to the clients. */
export interface OutgoingEvent {
  readonly record: EventRecord;
  /** Keys the real json has twice. */
  readonly doubledKeys: readonly string[];
}

/** Header and body apart: mod_event_socket sends them with two calls. */
export interface Frame {
  readonly head: string;
  readonly body: string;
}

/**
 * The frame of an event, byte for byte as mod_event_socket writes it (held against json.raw.gz and plain.raw.gz of the
 * captures). In event frames Content-Length precedes Content-Type; in all others it is the other way round.
 */
export function eventFrame(event: OutgoingEvent, format: EventFormat): Frame {
  const body = ENCODERS[format](event);
  return { head: `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-${format}\n\n`, body };
}

type Value = string | readonly string[];
type Header = readonly [string, Value];

const ENCODERS: Readonly<Record<EventFormat, (event: OutgoingEvent) => string>> = {
  json: (event) => jsonObject(withDoubled(event)),
  plain: (event) => plainText(withDoubled(event)),
  xml: (event) => xmlText(Object.entries(event.record)),
};

/** `uuid_dump UUID json` has the same form as the body of a json event. */
export function jsonObject(headers: readonly Header[]): string {
  return `{${headers.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

/** `Name: value` lines with percent-encoded values, a blank line, and the event's body as it is. */
export function plainText(headers: readonly Header[]): string {
  const body = headers.find(([name]) => name === '_body')?.[1] ?? '';
  const lines = headers
    .filter(([name]) => name !== '_body')
    .map(([name, value]) => `${name}: ${percentEncode(plainValue(value))}\n`);
  return `${lines.join('')}\n${plainValue(body)}`;
}

/** Known from HEARTBEAT alone (protocol sample "xml heartbeat, one"): headers only, no body. */
function xmlText(headers: readonly Header[]): string {
  const lines = headers
    .filter(([name]) => name !== '_body')
    .flatMap(([name, value]) =>
      [value].flat().map((one) => `    <${name}>${percentEncode(one)}</${name}>\n`),
    );
  return `<event>\n  <headers>\n${lines.join('')}  </headers>\n</event>\n`;
}

/**
 * CHANNEL_HANGUP_COMPLETE has `Hangup-Cause` twice in one object: once of its own, and again where every event of a
 * hung-up channel has it, after Answer-State.
 */
function withDoubled({ record, doubledKeys }: OutgoingEvent): Header[] {
  const headers: Header[] = Object.entries(record);
  const again = headers.filter(([name]) => doubledKeys.includes(name));
  const after = headers.findIndex(([name]) => name === 'Answer-State');
  headers.splice(after < 0 ? headers.length : after + 1, 0, ...again);
  return headers;
}

function plainValue(value: Value): string {
  return typeof value === 'string' ? value : `ARRAY::${value.join('|:')}`;
}

/** switch_url_encode: these, control bytes and all beyond ASCII are encoded; a %XX that is there already stays. */
const ENCODED = /%(?![0-9A-F]{2})|[ "#&+:;<=>?@[\\\]^`{|}]|[^ -~]+/g;

function percentEncode(value: string): string {
  return value.replace(ENCODED, (found) =>
    [...Buffer.from(found)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
