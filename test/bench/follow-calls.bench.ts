/**
 * What an event costs the gateway on its way from the socket to the journal, station by station, on the busiest captured
 * stream (50 calls at 10 a second, the subscribed events). Each row includes the rows above it; all variants run in turns
 * in one process and the median of the rounds counts, so the ratios hold on any machine.
 */
import { desiredPortalCalls, Switchboard, type Call, type PortalPolicy } from '@app/calls';
import { FrameDecoder, lazyJsonEvent } from '@app/esl';
import { observeEvent } from '@app/observe';
import { openCapture } from '@app/testkit';

const ROUNDS = 15;
const CHUNK_BYTES = 64 * 1024;

type Variant = (chunks: readonly Buffer[]) => number;

const POLICY: PortalPolicy = {
  userOf: Number,
  defaultUserId: 1,
  cardPolicyOf: () => 'ringing',
  toE164: (number) => number,
  lineOf: (did) => did,
  anonymousNumber: '0',
  crm: () => ({ create: true, source: 'CALL' }),
  addToChat: () => true,
  finishWhen: 'at-end',
  transfers: 'one-call',
  unanswered: 'missed',
  missed: () => ({ responsible: 'last-rung', notify: false }),
  ignored: () => undefined,
};

/** Follows the stream as far as told, and returns how many events it had. */
function following(onCall: (call: Call) => unknown): Variant {
  return (chunks) => {
    const board = new Switchboard({ callIdFor: (channelUuid) => channelUuid });
    return eachEvent(chunks, (body) => {
      for (const seen of observeEvent(lazyJsonEvent(body), 'fs')) {
        for (const { call } of board.take(seen).changes) onCall(call);
      }
    });
  };
}

function eachEvent(chunks: readonly Buffer[], use: (body: string) => unknown): number {
  const decoder = new FrameDecoder();
  let events = 0;
  for (const chunk of chunks) {
    for (const frame of decoder.push(chunk)) {
      events += 1;
      use(frame.body.toString('utf8'));
    }
  }
  return events;
}

const VARIANTS: Record<string, Variant> = {
  'frames, events and their text': (chunks) => eachEvent(chunks, (body) => body.length),
  '+ observations': (chunks) => eachEvent(chunks, (body) => observeEvent(lazyJsonEvent(body), 'fs')),
  '+ calls in memory': following(() => undefined),
  '+ what the portal should show': following((call) => desiredPortalCalls(call, POLICY)),
};

/** Prints CPU time per event of each variant and its ratio to the first. */
export async function run(): Promise<void> {
  const chunks = await stream();
  const times = new Map(Object.keys(VARIANTS).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, variant] of Object.entries(VARIANTS))
      times.get(name)?.push(microsecondsPerEvent(variant, chunks));
  }
  const rows = [...times].map(([name, samples]) => ({ name, us: median(samples) }));
  const base = rows[0]?.us ?? 1;
  console.table(
    rows.map(({ name, us }) => ({
      station: name,
      'us CPU per event': us.toFixed(1),
      ratio: (us / base).toFixed(1),
    })),
  );
}

async function stream(): Promise<Buffer[]> {
  const { events } = await openCapture('fifty-concurrent-calls');
  const frames = events.map(({ record }) => {
    const body = Buffer.from(JSON.stringify(record));
    return Buffer.concat([
      Buffer.from(`Content-Length: ${body.length}\nContent-Type: text/event-json\n\n`),
      body,
    ]);
  });
  const bytes = Buffer.concat(frames);
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
  );
}

function microsecondsPerEvent(variant: Variant, chunks: readonly Buffer[]): number {
  const before = process.cpuUsage();
  const events = variant(chunks);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / events;
}

function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
}
