import type { HeaderValue } from './esl-event';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Finds the keys and values of a flat JSON object of texts and lists of texts, as cJSON_PrintUnformatted writes it, in
 * one pass and without decoding. Anything else, malformed text included, gives `undefined`: let JSON.parse judge it.
 */
export function indexJsonText(bytes: Buffer): JsonIndex | undefined {
  // One byte, one character: 15 times cheaper to make than the real text. JSON's own signs are all ASCII and no byte of a
  // longer UTF-8 character looks like one; only a value that is asked for is decoded properly.
  const text = bytes.toString('latin1');
  // A key could be written in a second way only with these escapes. cJSON uses neither for printable characters.
  const keysMayVary = text.includes('\\u') || text.includes('\\/');
  const keys: number[] = [];
  let at = 0;
  if (text.charCodeAt(at) !== OPEN_OBJECT) return undefined;
  do {
    const keyStart = at + 2;
    const keyEnd = text.charCodeAt(at + 1) === QUOTE ? endOfString(text, keyStart) : -1;
    if (keyEnd === -1 || text.charCodeAt(keyEnd + 1) !== COLON) return undefined;
    if (keysMayVary && text.slice(keyStart, keyEnd).includes('\\')) return undefined;
    keys.push(keyStart, keyEnd);
    at = afterValue(text, keyEnd + 2);
  } while (text.charCodeAt(at) === COMMA);
  return text.charCodeAt(at) === CLOSE_OBJECT && at === text.length - 1
    ? new JsonIndex(text, keys)
    : undefined;
}

/** Where keys and values lie in the text. */
export class JsonIndex {
  /** @param keys start and end of each key, in turns; the value begins two characters after the end. */
  constructor(
    private readonly text: string,
    private readonly keys: readonly number[],
  ) {}

  /** The decoded value of a key; of a doubled key the last, so the search goes backwards. */
  value(key: string): HeaderValue | undefined {
    const { text, keys } = this;
    const wanted = isPlainKey(key) ? key : asWritten(key);
    for (let i = keys.length - 1; i > 0; i -= 2) {
      const end = keys[i] ?? 0;
      const start = end - wanted.length;
      if (keys[i - 1] === start && text.startsWith(wanted, start)) return this.valueAt(end + 2);
    }
    return undefined;
  }

  /** All keys and values decoded; as with JSON.parse the last of a doubled key stays. */
  toRecord(): Record<string, HeaderValue> {
    const entries: [string, HeaderValue][] = [];
    for (let i = 0; i < this.keys.length; i += 2) {
      const end = this.keys[i + 1] ?? 0;
      entries.push([decode(this.text.slice(this.keys[i], end)), this.valueAt(end + 2)]);
    }
    return Object.fromEntries(entries);
  }

  private valueAt(start: number): HeaderValue {
    if (this.text.charCodeAt(start) === QUOTE) {
      return decode(this.text.slice(start + 1, endOfString(this.text, start + 1)));
    }
    const values: string[] = [];
    for (let at = start + 1; this.text.charCodeAt(at) === QUOTE;) {
      const end = endOfString(this.text, at + 1);
      values.push(decode(this.text.slice(at + 1, end)));
      at = end + 2;
    }
    return values;
  }
}

/** The position after a text or a list of texts, or -1 for anything else. */
function afterValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return afterString(text, start);
  if (first !== OPEN_LIST) return -1;
  if (text.charCodeAt(start + 1) === CLOSE_LIST) return start + 2;
  let at = start;
  do {
    if (text.charCodeAt(at + 1) !== QUOTE) return -1;
    at = afterString(text, at + 1);
  } while (text.charCodeAt(at) === COMMA);
  return text.charCodeAt(at) === CLOSE_LIST ? at + 1 : -1;
}

function afterString(text: string, quote: number): number {
  const end = endOfString(text, quote + 1);
  return end === -1 ? -1 : end + 1;
}

/** The closing quote: the next one with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start);
  while (end !== -1 && text.charCodeAt(end - 1) === BACKSLASH) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((end - 1 - before) % 2 === 0) break;
    end = text.indexOf('"', end + 1);
  }
  return end;
}

function isPlainKey(key: string): boolean {
  return /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(key);
}

function asWritten(key: string): string {
  return Buffer.from(JSON.stringify(key).slice(1, -1)).toString('latin1');
}

/** From the one-byte-per-character form to the text meant. A wrong escape, which FreeSWITCH never sends, is left as it is. */
function decode(raw: string): string {
  const text = /[\x80-\xff]/.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw;
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}
