import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tornRecording, writeRecording } from '@app/testkit';
import { RecordingsUnavailable } from './errors';
import { recordFileOf, recordName } from './record-file';
import { MappedRecordings } from './recording-source';

describe('recordings of a switch', () => {
  let folder: string;
  let source: MappedRecordings;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recordings-'));
    mkdirSync(join(folder, 'root'));
    source = new MappedRecordings([
      { id: 'main', recordings: [{ from: '/var/rec', to: join(folder, 'root') }] },
    ]);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const here = (...parts: string[]) => join(folder, 'root', ...parts);

  /** The bytes that would be sent, as the portal gets them. */
  async function sentBytes(path: string): Promise<Buffer> {
    const found = await source.open('main', path);
    if (found.kind !== 'file') throw new Error(`${found.kind}: ${found.detail}`);
    const { content } = await recordFileOf(found, 'call-1.wav');
    return Buffer.from(await content.arrayBuffer());
  }

  it('are found below the mapped root and sent as they are', async () => {
    writeRecording(here('2026', 'call.wav'), { seconds: 2 });
    const bytes = readFileSync(here('2026', 'call.wav'));
    expect(await source.open('main', '/var/rec/2026/call.wav')).toEqual({
      kind: 'file',
      localPath: here('2026', 'call.wav'),
      bytes: bytes.length,
      torn: false,
    });
    expect((await sentBytes('/var/rec/2026/call.wav')).equals(bytes)).toBe(true);
  });

  it('of another kind than WAV are not looked into', async () => {
    writeFileSync(here('call.mp3'), 'sound');
    expect(await source.open('main', '/var/rec/call.mp3')).toMatchObject({
      kind: 'file',
      torn: false,
      bytes: 5,
    });
  });

  it.each([
    ['a path outside of the roots', '/etc/passwd'],
    ['a way up', '/var/rec/../../etc/passwd'],
    ['a way up that leads back', '/var/rec/x/../call.wav'],
    ['a NUL', '/var/rec/call.wav\0.txt'],
    ['a relative path', 'call.wav'],
    ['a root that only begins alike', '/var/recordings/call.wav'],
    ['the root itself', '/var/rec'],
  ])('are never looked for by %s', async (_what, path) => {
    writeRecording(here('call.wav'), { seconds: 1 });
    expect(await source.open('main', path)).toMatchObject({ kind: 'unreadable' });
  });

  it('are not read through links that lead out, only through those that stay', async () => {
    writeRecording(join(folder, 'secret.wav'), { seconds: 1 });
    writeRecording(here('call.wav'), { seconds: 1 });
    symlinkSync(join(folder, 'secret.wav'), here('out.wav'));
    symlinkSync(folder, here('folder'));
    symlinkSync(here('call.wav'), here('in.wav'));
    const kinds = await Promise.all(
      ['out.wav', 'folder/secret.wav', 'in.wav'].map(
        async (path) => (await source.open('main', `/var/rec/${path}`)).kind,
      ),
    );
    expect(kinds).toEqual(['unreadable', 'unreadable', 'file']);
  });

  it('may be below a root that is a link itself', async () => {
    writeRecording(here('call.wav'), { seconds: 1 });
    symlinkSync(here(), join(folder, 'link'));
    const linked = new MappedRecordings([
      { id: 'main', recordings: [{ from: '/var/rec', to: join(folder, 'link') }] },
    ]);
    expect(await linked.open('main', '/var/rec/call.wav')).toMatchObject({ kind: 'file' });
  });

  it('are found below the longest of several roots', async () => {
    writeRecording(join(folder, 'other', 'call.wav'), { seconds: 1 });
    const two = new MappedRecordings([
      {
        id: 'main',
        recordings: [
          { from: '/var', to: here() },
          { from: '/var/rec', to: join(folder, 'other') },
        ],
      },
    ]);
    expect(await two.open('main', '/var/rec/call.wav')).toMatchObject({ kind: 'file' });
  });

  it('of a switch that nobody configured are not readable', async () => {
    expect(await source.open('another', '/var/rec/call.wav')).toMatchObject({ kind: 'unreadable' });
  });

  it('that are not there are missing', async () => {
    expect(await source.open('main', '/var/rec/call.wav')).toEqual({
      kind: 'missing',
      detail: 'there is no such file',
    });
  });

  it('say nothing when the whole place is away', async () => {
    rmSync(here(), { recursive: true });
    await expect(source.open('main', '/var/rec/call.wav')).rejects.toThrow(RecordingsUnavailable);
  });

  it('without sound are empty', async () => {
    tornRecording(here('nothing.wav'), 'empty');
    tornRecording(here('header.wav'), 'header-only');
    writeFileSync(here('nothing.mp3'), '');
    const found = await Promise.all(
      ['nothing.wav', 'header.wav', 'nothing.mp3'].map((path) => source.open('main', `/var/rec/${path}`)),
    );
    expect(found.map(({ kind }) => kind)).toEqual(['empty', 'empty', 'empty']);
  });

  it('that are folders, or no WAV files at all, are not readable', async () => {
    mkdirSync(here('folder.wav'));
    writeFileSync(here('page.wav'), '<html>'.repeat(20));
    expect(await source.open('main', '/var/rec/folder.wav')).toMatchObject({ kind: 'unreadable' });
    expect(await source.open('main', '/var/rec/page.wav')).toMatchObject({ kind: 'unreadable' });
  });

  describe.each(['header-never-fixed', 'truncated'] as const)('that a crash has torn (%s)', (kind) => {
    it('are sent with a header that fits, and stay as they are on the disk', async () => {
      tornRecording(here('call.wav'), kind);
      const before = readFileSync(here('call.wav'));
      expect(await source.open('main', '/var/rec/call.wav')).toMatchObject({ kind: 'file', torn: true });

      const sent = await sentBytes('/var/rec/call.wav');
      expect([sent.readUInt32LE(4), sent.readUInt32LE(40)]).toEqual([before.length - 8, before.length - 44]);
      expect(sent.subarray(44).equals(before.subarray(44))).toBe(true);
      expect(readFileSync(here('call.wav')).equals(before)).toBe(true);
    });
  });

  it('that end in half a sample lose it', async () => {
    writeRecording(here('call.wav'), { seconds: 1 });
    truncateSync(here('call.wav'), 44 + 4003);
    const sent = await sentBytes('/var/rec/call.wav');
    expect([sent.length, sent.readUInt32LE(4), sent.readUInt32LE(40)]).toEqual([44 + 4000, 36 + 4000, 4000]);
  });

  it('with further chunks before and after the sound are whole, and torn ones are mended at the right place', async () => {
    writeRecording(here('plain.wav'), { seconds: 1 });
    const plain = readFileSync(here('plain.wav'));
    const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1'); // odd length, padded
    const sound = plain.subarray(36);
    const whole = Buffer.concat([plain.subarray(0, 36), list, sound, list]);
    whole.writeUInt32LE(whole.length - 8, 4);
    writeFileSync(here('chunks.wav'), whole);
    expect(await source.open('main', '/var/rec/chunks.wav')).toMatchObject({ kind: 'file', torn: false });

    const torn = Buffer.concat([plain.subarray(0, 36), list, sound]);
    torn.writeUInt32LE(0, 36 + list.length + 4);
    writeFileSync(here('chunks.wav'), torn);
    expect(await source.open('main', '/var/rec/chunks.wav')).toMatchObject({ kind: 'file', torn: true });
    const sent = await sentBytes('/var/rec/chunks.wav');
    expect(sent.readUInt32LE(36 + list.length + 4)).toBe(sound.length - 8);
  });
});

describe('the name of a recording', () => {
  it.each([
    ['/var/rec/a b.wav', 'call-1.wav'],
    ['/var/rec/call.MP3', 'call-1.mp3'],
    ['/var/rec/call.ogg', undefined],
    ['/var/rec/call', undefined],
    ['/var/rec/.wav', undefined],
  ])('%s becomes %s', (path, name) => {
    expect(recordName('call-1', path)).toBe(name);
  });
});
