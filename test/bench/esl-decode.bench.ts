/**
 * What decoding one event costs: modesl's own parser, our frames with JSON.parse, our frames with lazy reading, on captured
 * events of a real switch, cut into 64 KB chunks as a socket gives them. All variants run in turns in one process and the
 * median of the rounds counts, so the ratios hold on any machine; the microseconds are this machine's.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FrameDecoder, lazyJsonEvent } from '@app/esl';
import { Parser } from 'modesl';

const FIXTURES = join(__dirname, '../../libs/esl/src/testing/fixtures');
const CHUNK_BYTES = 64 * 1024;
const ROUNDS = 15;
const REPEATS = 10;

const FOUR = ['Event-Name', 'Unique-ID', 'Event-Sequence', 'Event-Date-Timestamp'];
const TWENTY = [
  ...FOUR,
  'Core-UUID',
  'Event-Subclass',
  'Call-Direction',
  'Channel-Presence-ID',
  'Caller-Destination-Number',
  'Caller-Caller-ID-Number',
  'Caller-Orig-Caller-ID-Name',
  'Other-Leg-Unique-ID',
  'Bridge-A-Unique-ID',
  'Bridge-B-Unique-ID',
  'Hangup-Cause',
  'variable_originating_leg_uuid',
  'variable_sip_req_user',
  'variable_dialed_user',
  'variable_billsec',
  'variable_missing',
];

/** Reads a stream to its end and returns how many events it saw and how many characters it read of them. */
type Variant = (chunks: readonly Buffer[]) => { events: number; characters: number };

function withModesl(headers: readonly string[]): Variant {
  return (chunks) => {
    const socket = new EventEmitter();
    const seen = { events: 0, characters: 0 };
    new Parser(socket).on('esl::event', (event) => {
      const read = event as { getHeader(name: string): string | null };
      seen.events += 1;
      for (const header of headers) seen.characters += read.getHeader(header)?.length ?? 0;
    });
    for (const chunk of chunks) socket.emit('data', chunk);
    return seen;
  };
}

function withOurFrames(read: (body: Buffer) => number): Variant {
  return (chunks) => {
    const decoder = new FrameDecoder();
    const seen = { events: 0, characters: 0 };
    for (const chunk of chunks) {
      for (const { body } of decoder.push(chunk)) {
        seen.events += 1;
        seen.characters += read(body);
      }
    }
    return seen;
  };
}

function parsing(headers: readonly string[]): (body: Buffer) => number {
  return (body) => {
    const event = JSON.parse(body.toString('utf8')) as Record<string, string | string[] | undefined>;
    return headers.reduce((sum, header) => sum + (event[header]?.length ?? 0), 0);
  };
}

function reading(headers: readonly string[]): (body: Buffer) => number {
  return (body) => {
    const event = lazyJsonEvent(body);
    return headers.reduce((sum, header) => sum + (event.get(header)?.length ?? 0), 0);
  };
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  'modesl parser, 4 headers': withModesl(FOUR),
  'modesl parser, 20 headers': withModesl(TWENTY),
  'our frames, JSON.parse, 4 headers': withOurFrames(parsing(FOUR)),
  'our frames, JSON.parse, 20 headers': withOurFrames(parsing(TWENTY)),
  'our frames, lazy, 4 headers': withOurFrames(reading(FOUR)),
  'our frames, lazy, 20 headers': withOurFrames(reading(TWENTY)),
  'our frames alone': withOurFrames((body) => body.length),
};

/** The events of both captured calls, without greeting and replies, over and over. */
function stream(): Buffer[] {
  const calls = ['inbound-answered-caller-hangs-up', 'caller-name-injection'].map((call) => {
    const bytes = gunzipSync(readFileSync(join(FIXTURES, `${call}.json.raw.gz`)));
    return bytes.subarray(bytes.indexOf('Content-Length'));
  });
  const bytes = Buffer.concat(Array.from({ length: REPEATS }, () => calls).flat());
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) chunks.push(bytes.subarray(at, at + CHUNK_BYTES));
  return chunks;
}

/** CPU time of one run, microseconds per event. */
function measure(variant: Variant, chunks: readonly Buffer[]): number {
  const before = process.cpuUsage();
  const { events, characters } = variant(chunks);
  const { user, system } = process.cpuUsage(before);
  if (events === 0 || characters === 0) throw new Error('the variant read nothing');
  return (user + system) / events;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Runs every variant in turns and prints the table. */
export function run(): Promise<void> {
  const chunks = stream();
  const costs = new Map<string, number[]>(Object.keys(VARIANTS).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, variant] of Object.entries(VARIANTS)) costs.get(name)?.push(measure(variant, chunks));
  }
  const medians = [...costs].map(([name, values]) => ({ name, cost: median(values) }));
  const base = medians[0]?.cost ?? Number.NaN;
  console.log(`${'variant'.padEnd(36)}us CPU/event  times as fast as modesl (4 headers)`);
  for (const { name, cost } of medians) {
    console.log(`${name.padEnd(36)}${cost.toFixed(1).padStart(12)}  ${(base / cost).toFixed(1)}`);
  }
  return Promise.resolve();
}

export { run as main };

if (require.main === module) void run();
