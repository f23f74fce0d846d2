import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CaptureError } from './capture-error';
import { captureFolder } from './capture-library';
import { parseCapturedLine } from './parse-captured-line';
import { readCapture } from './read-capture';

const EVENT = '{"Event-Name":"HEARTBEAT","Core-UUID":"c","_received_at":1.5}';

it('a stream saved without arrival times has those of the switch', () => {
  const line = '{"Event-Name":"HEARTBEAT","Event-Date-Timestamp":"1795344461711375","_note":7}';
  expect(parseCapturedLine(line)).toMatchObject({
    receivedAtMs: 1795344461711.375,
    record: { 'Event-Name': 'HEARTBEAT' },
  });
});

describe('reading a capture', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'capture-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Writes a file, reads it as a capture, gives the error. */
  async function errorOf(content: Buffer | string, name = 'events.jsonl.gz'): Promise<CaptureError> {
    const file = join(folder, name);
    await writeFile(file, content);
    return readCapture(file).then(
      () => {
        throw new Error('the capture was accepted');
      },
      (error: unknown) => error as CaptureError,
    );
  }

  it('takes the folder or the file, and names the capture after the folder', async () => {
    const path = captureFolder('inbound-busy-486');
    const byFolder = await readCapture(path);
    expect(byFolder.name).toBe('inbound-busy-486');
    expect(await readCapture(join(path, 'events.jsonl.gz'))).toEqual(byFolder);
  });

  it('names a file of another name after itself', async () => {
    const file = join(folder, 'strange-call.jsonl.gz');
    await writeFile(file, gzipSync(EVENT));
    expect((await readCapture(file)).name).toBe('strange-call');
  });

  it('keeps what the switch sent apart from what the capture tool added', async () => {
    const file = join(folder, 'events.jsonl.gz');
    await writeFile(
      file,
      gzipSync(
        '{"Event-Name":"CHANNEL_HANGUP_COMPLETE","Hangup-Cause":"X","list":["a","b"],"_body":"text\\n",' +
          '"_duplicate_keys":["Hangup-Cause"],"_received_at":12.5}\n',
      ),
    );
    expect((await readCapture(file)).events).toEqual([
      {
        kind: 'event',
        receivedAtMs: 12.5,
        doubledKeys: ['Hangup-Cause'],
        record: {
          'Event-Name': 'CHANNEL_HANGUP_COMPLETE',
          'Hangup-Cause': 'X',
          list: ['a', 'b'],
          _body: 'text\n',
        },
      },
    ]);
  });

  it('keeps the loss of the connection in its place', async () => {
    const { timeline, events } = await readCapture(captureFolder('switch-graceful-shutdown-midcall'));
    const markers = timeline.filter((line) => line.kind === 'marker');
    expect(markers).toEqual([
      {
        kind: 'marker',
        receivedAtMs: 5361.2,
        marker: 'frame',
        detail: 'The system is being shut down.\n',
        contentType: 'text/disconnect-notice',
      },
      { kind: 'marker', receivedAtMs: 5361.4, marker: 'connection-lost', detail: 'end of stream' },
      { kind: 'marker', receivedAtMs: 11486.3, marker: 'reconnected', detail: '' },
    ]);
    expect(events).toHaveLength(timeline.length - 3);
    expect(new Set(events.map(({ record }) => record['Core-UUID'])).size).toBe(2);
  });

  it('says so when there is no such file', async () => {
    const file = join(folder, 'nowhere.jsonl.gz');
    await expect(readCapture(file)).rejects.toMatchObject({
      name: 'CaptureError',
      problem: 'not-found',
      message: `${file}: no such file`,
    });
    await expect(readCapture(folder)).rejects.toMatchObject({
      problem: 'not-found',
      file: join(folder, 'events.jsonl.gz'),
    });
  });

  it('says so when the file cannot be read', async () => {
    const tooLong = join(folder, `${'x'.repeat(300)}.jsonl.gz`);
    await expect(readCapture(tooLong)).rejects.toMatchObject({
      problem: 'unreadable',
      message: `${tooLong}: cannot be read (ENAMETOOLONG)`,
    });
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'empty', 'the file is empty'],
    ['plain text', Buffer.from(EVENT), 'not-gzip', 'not a gzip file'],
    ['no line at all', gzipSync('\n\n'), 'empty', 'there is no event in it'],
    [
      'markers only',
      gzipSync('{"_marker":"reconnected","_received_at":1}'),
      'empty',
      'there is no event in it',
    ],
  ])('refuses %s', async (_what, content, problem, detail) => {
    const error = await errorOf(content);
    expect(error.problem).toBe(problem);
    expect(error.message).toBe(`${join(folder, 'events.jsonl.gz')}: ${detail}`);
    expect(error.line).toBeUndefined();
  });

  it('refuses a gzip stream that was cut off', async () => {
    const whole = gzipSync(`${EVENT}\n`.repeat(100));
    const error = await errorOf(whole.subarray(0, whole.length - 9));
    expect(error.problem).toBe('damaged-gzip');
    expect(error.message).toContain('truncated or damaged gzip (unexpected end of file)');
  });

  it('refuses a gzip stream with a flipped byte', async () => {
    const whole = gzipSync(Array.from({ length: 50 }, (_, i) => EVENT.replace('1.5', String(i))).join('\n'));
    whole[20] = (whole[20] ?? 0) ^ 0xff;
    expect((await errorOf(whole)).problem).toBe('damaged-gzip');
  });

  it.each([
    ['{"Event-Name":"X"', 'not-json', 'not JSON: "{\\"Event-Name\\":\\"X\\""'],
    ['[1]', 'not-an-event', 'a JSON object was expected: "[1]"'],
    ['{"Core-UUID":"x","_received_at":1}', 'not-an-event', 'no "Event-Name" in this line'],
    [
      '{"Event-Name":"X","Up-Time":5,"_received_at":1}',
      'not-an-event',
      '"Up-Time" is neither text nor a list of texts',
    ],
  ])('names file and line of %s', async (bad, problem, detail) => {
    const error = await errorOf(gzipSync(`${EVENT}\n\n${bad}\n${EVENT}\n`));
    expect(error).toMatchObject({ problem, line: 3 });
    expect(error.message).toBe(`${join(folder, 'events.jsonl.gz')}:3: ${detail}`);
  });
});
