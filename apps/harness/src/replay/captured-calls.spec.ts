import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groundTruth, listCaptures, openCapture, type ExpectedCall } from '@app/testkit';
import { compactRequest } from './compact-request';
import { replayCalls, type Replay } from './replay-calls';
import type { ReportedCall } from './report-call';

/**
 * Every captured call, from the bytes of the event socket to the requests at the portal: the facts against the ground
 * truth of the script that drove the phones, the requests against the reviewed file beside this one
 * (`UPDATE_GOLDEN=1` writes it anew; read the difference before you commit it).
 */
const GOLDEN_FILE = join(__dirname, 'captured-calls.golden.json');
jest.setTimeout(60_000);

const golden = JSON.parse(readFileSync(GOLDEN_FILE, 'utf8')) as Record<string, Record<string, string[]>>;

/** What is captured with ticks of 20 ms and timed by a script in whole tenths. */
const SECONDS_TOLERANCE = 0.35;

/**
 * Where the manifest's entry is not the truth of this call, and why. A scenario of several calls states in `calls` what
 * differs and above what they share, but shares more than is true.
 */
const NOT_TRUE: Record<string, Record<string, readonly (keyof ReportedCall)[]>> = {
  // The name was sent with %0A and %0D%0A, which the switch decodes; we keep it on one line. The second call's INVITE
  // went to DID 74951234573 (sip_req_user of its first leg), not to the shared one.
  'caller-name-injection': { '79161234567': ['externalName'], '79161234568': ['did'] },
  // Every caller of this scenario has a name of his own. The ends of three calls were never reported: `lost` is the
  // outcome above, and the words in `calls` are prose.
  'switch-crash-midcall': {
    '79161234567': ['outcome'],
    '79161234568': ['externalName', 'outcome'],
    // It only rang: there was no talk whose length could be unknown.
    '79161234569': ['externalName', 'outcome', 'talkSeconds'],
    '79161234570': ['externalName'],
  },
  // The talk of the first call lasted 2.38 s by the events and by the recording (2.36 s); the second was never answered.
  'switch-graceful-shutdown-midcall': {
    '79161234567': ['ringingExtensions', 'talkSeconds'],
    '79161234568': ['externalName', 'ringingExtensions', 'answeredByExtension', 'hungUpBy', 'talkSeconds'],
  },
  // The first part ended when 1001 pressed *4. DTMF is not subscribed: for us it ends when his call to 1002 begins.
  'attended-transfer-att_xfer': { '79161234567': ['talkParts'] },
};

const COMPARED = [
  'direction',
  'externalNumber',
  'externalName',
  'did',
  'extension',
  'ringingExtensions',
  'answeredByExtension',
  'talkSeconds',
  'outcome',
  'hungUpBy',
  'transfers',
  'talkParts',
  'recordingFiles',
] as const;

describe.each(listCaptures())('%s', (name) => {
  let replay: Replay;
  const { expected } = groundTruth(name);

  beforeAll(async () => {
    replay = await replayCalls(await openCapture(name));
  });

  it('is understood as what really happened', () => {
    const isInternal = expected.direction === 'internal';
    const calls = replay.calls.filter((call) => isInternal || call.direction !== 'internal');
    const truths = expected.calls ?? [expected];
    expect(calls).toHaveLength(truths.length);
    for (const own of truths) {
      const shared = expected.calls ? withoutShared(expected) : {};
      compare(name, { ...shared, ...own }, calls);
    }
    expect(replay.anomalies).toEqual([]);
  });

  it('asks the portal for the right things, in order', () => {
    const requests = Object.fromEntries(
      replay.calls.map((call) => [call.externalNumber ?? 'internal', call.portal.map(compactRequest)]),
    );
    if (process.env.UPDATE_GOLDEN) golden[name] = requests;
    expect(requests).toEqual(golden[name]);
  });

  it('shows cards only to people whose phone rings or who talk, and files each call once', () => {
    for (const call of replay.calls) {
      if (call.direction === 'internal') expect(call.portal).toEqual([]);
      else checkPortal(call, conferenceMembers(expected));
    }
  });
});

afterAll(() => {
  if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN_FILE, `${JSON.stringify(golden, undefined, 2)}\n`);
});

/** The recordings of a scenario are those of all its calls together. */
function withoutShared({
  calls: _calls,
  recordingFiles: _files,
  ...shared
}: ExpectedCall): Partial<ExpectedCall> {
  return shared;
}

function compare(name: string, truth: Partial<ExpectedCall>, calls: readonly ReportedCall[]): void {
  const call = calls.find(({ externalNumber }) => externalNumber === (truth.externalNumber ?? null));
  if (!call) throw new Error(`no call with ${String(truth.externalNumber)}`);
  const skipped = NOT_TRUE[name]?.[call.externalNumber ?? ''] ?? [];
  for (const field of COMPARED) {
    if (!(field in truth) || skipped.includes(field)) continue;
    const isTogether = field === 'ringingExtensions' && truth.ringingOrder === 'together';
    const isSet = isTogether || field === 'recordingFiles';
    expect({ [field]: comparable(call[field], isSet) }).toEqual({
      [field]: comparable(truth[field], isSet, true),
    });
  }
}

/** Seconds within the tolerance are equal; lists without an order are sorted. */
function comparable(value: unknown, isSet: boolean, isTruth = false): unknown {
  if (typeof value === 'number') return isTruth ? near(value) : value;
  if (!Array.isArray(value)) return value ?? null;
  const list: readonly unknown[] = isSet ? [...(value as string[])].sort() : value;
  if (!isTruth) return list;
  return list.map((part) => (isPart(part) ? { ...part, seconds: near(part.seconds) } : part));
}

const near = (seconds: number): unknown => ({
  asymmetricMatch: (actual: unknown) =>
    typeof actual === 'number' && Math.abs(actual - seconds) <= SECONDS_TOLERANCE,
  toString: () => `about ${seconds} s`,
});

function isPart(value: unknown): value is { seconds: number } {
  return typeof value === 'object' && value !== null && 'seconds' in value;
}

/** A talk in a conference has no parts of two people. */
function conferenceMembers(expected: ExpectedCall): readonly string[] {
  return (expected.conference as { members: string[] } | undefined)?.members ?? [];
}

function checkPortal(call: ReportedCall, members: readonly string[]): void {
  const of = (method: string) =>
    call.portal.filter((request) => request.method === `telephony.externalCall.${method}`);
  const [register] = of('register');
  const [finish] = of('finish');
  expect([of('register').length, of('finish').length]).toEqual([1, 1]);
  const talkers = [
    ...call.talkParts.map((part) => part.extension),
    call.answeredByExtension,
    call.extension,
    ...members,
  ];
  const concerned = [...call.ringingExtensions, ...talkers].map((extension) => Number(extension) - 1000);
  const shown = of('show').flatMap(({ params }) => params.USER_ID as number[]);
  const registered = register?.params.SHOW === 1 ? [register.params.USER_ID as number] : [];
  expect([...registered, ...shown].filter((userId) => !concerned.includes(userId))).toEqual([]);
  const hidden = of('hide').flatMap(({ params }) => params.USER_ID as number[]);
  const open = [...registered, ...shown].filter((userId) => !hidden.includes(userId));
  expect(open.every((userId) => userId === finish?.params.USER_ID)).toBe(true);
  const talked = (call.talkSeconds ?? 1) > 0 && (call.outcome === 'answered' || call.outcome === 'lost');
  expect(finish?.params.STATUS_CODE === '200').toBe(talked);
  expect((finish?.params.DURATION as number) >= 1).toBe(talked);
  expect(of('attachRecord').length).toBeLessThanOrEqual(1);
}
