import type { EslEvent, HeaderValue } from './esl-event';
import { eventFromHeaders } from './record-event';

const ARRAY_MARK = 'ARRAY::';
const ARRAY_DIVIDER = '|:';
/** What the switch writes for an empty value (switch_event.c, `switch_event_serialize`). */
const EMPTY_VALUE = '_undef_';

/**
 * An event from the body of a `text/event-plain` frame: percent-encoded `Name: value` lines and, when an inner
 * `Content-Length` says so, a body of that many bytes behind an empty line. Decoded at once and in full: the link
 * subscribes in json, plain is for tools and tests.
 * @throws MalformedEventError when there is no `Event-Name`.
 */
export function plainEvent(text: string | Buffer): EslEvent {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const end = bytes.indexOf('\n\n');
  const block = bytes.toString('utf8', 0, end === -1 ? bytes.length : end);
  const headers = block
    .split('\n')
    .filter((line) => line.includes(':'))
    .map(decodeLine);
  const length = Number(headers.findLast(([name]) => name === 'Content-Length')?.[1] ?? 0);
  if (end !== -1 && length > 0) headers.push(['_body', bytes.toString('utf8', end + 2, end + 2 + length)]);
  return eventFromHeaders(headers);
}

function decodeLine(line: string): [string, HeaderValue] {
  const colon = line.indexOf(':');
  const encoded = line.slice(colon + 1).trim();
  const value = encoded === EMPTY_VALUE ? '' : percentDecode(encoded);
  const isArray = value.startsWith(ARRAY_MARK);
  return [line.slice(0, colon), isArray ? value.slice(ARRAY_MARK.length).split(ARRAY_DIVIDER) : value];
}

/**
 * Percent-decoding that never throws. The switch leaves a `%XX` that was already in the value alone and encodes any byte
 * (switch_utils.c, `switch_url_encode`), so sequences that are no UTF-8 are legal, and a caller can send one at will:
 * `decodeURIComponent` on them has killed whole clients. Bytes that are no UTF-8 become U+FFFD.
 */
export function percentDecode(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    const bytes = Buffer.from(value)
      .toString('latin1')
      .replace(/%([0-9a-fA-F]{2})/g, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }
}
