import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A situation whose raw bytes are kept under `fixtures/`, as a FreeSWITCH 1.11 wrote them from the first byte on. */
export type CapturedCall = 'inbound-answered-caller-hangs-up' | 'caller-name-injection';

/** The raw bytes of one captured connection: greeting, log-in reply, subscription reply, events. */
export function capturedStream(call: CapturedCall, format: 'json' | 'plain'): Buffer {
  return gunzipSync(readFileSync(join(__dirname, 'fixtures', `${call}.${format}.raw.gz`)));
}

/** The event bodies of a captured connection, cut out without our decoder, so that it can be judged by them. */
export function capturedBodies(call: CapturedCall, format: 'json' | 'plain'): Buffer[] {
  const stream = capturedStream(call, format);
  const bodies: Buffer[] = [];
  let at = 0;
  while (at < stream.length) {
    const end = stream.indexOf('\n\n', at);
    const length = Number(/Content-Length: (\d+)/.exec(stream.toString('latin1', at, end))?.[1] ?? 0);
    at = end + 2 + length;
    if (length > 0) bodies.push(stream.subarray(at - length, at));
  }
  return bodies;
}

/** An event frame as the switch writes it: the length first. */
export function eventFrame(format: 'json' | 'plain' | 'xml', body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  const head = `Content-Length: ${bytes.length}\nContent-Type: text/event-${format}\n\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** A json event frame from its headers. */
export function jsonEvent(name: string, headers: Readonly<Record<string, unknown>> = {}): Buffer {
  return eventFrame('json', JSON.stringify({ 'Event-Name': name, 'Core-UUID': 'core-1', ...headers }));
}

/** Small seeded generator (mulberry32), so that a failing cut can be repeated. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Cuts bytes into pieces of 1 to `longest` bytes. */
export function randomChunks(bytes: Buffer, longest: number, random: () => number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + Math.floor(random() * longest);
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}
