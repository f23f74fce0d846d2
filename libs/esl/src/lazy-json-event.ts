import { MalformedEventError } from './errors';
import { HeaderEvent } from './esl-event';
import type { EslEvent, HeaderValue } from './esl-event';
import { indexJsonText } from './json-index';
import type { JsonIndex } from './json-index';
import { eventFromHeaders, named } from './record-event';

/**
 * An event in the switch's json form that decodes a header when it is asked for, and no other.
 *
 * An event has 40 to 190 headers and a reader wants 4 to 20 of them. One pass over the quotes of the text finds where
 * each key and value lies; with four look-ups that costs about a quarter of JSON.parse, with twenty about a half
 * (test/bench/esl-decode.bench.ts). For valid text the result is JSON.parse's (property-tested): escapes, keys quoted
 * inside values, arrays, a doubled key (the last wins; FreeSWITCH sends `Hangup-Cause` twice). Text of another shape than
 * FreeSWITCH's serializer writes (white space, nested objects, numbers) is given to JSON.parse.
 */
class LazyJsonEvent extends HeaderEvent {
  constructor(private readonly index: JsonIndex) {
    super();
  }

  override toRecord(): Readonly<Record<string, HeaderValue>> {
    return this.index.toRecord();
  }

  protected override value(header: string): HeaderValue | undefined {
    return this.index.value(header);
  }
}

/**
 * An event from the body of a `text/event-json` frame.
 * @throws MalformedEventError when it is not a JSON object or has no `Event-Name`.
 */
export function lazyJsonEvent(text: string | Buffer): EslEvent {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const index = indexJsonText(bytes);
  return index ? named(new LazyJsonEvent(index)) : eventFromHeaders(parseWhole(bytes));
}

function parseWhole(bytes: Buffer): [string, unknown][] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new MalformedEventError('an event that is not JSON', { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new MalformedEventError('an event that is not a JSON object');
  }
  return Object.entries(parsed);
}
