import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tornRecording, writeRecording } from '@app/testkit';
import { wavSeconds } from './wav-seconds';

describe('how long a recording plays', () => {
  let path: string;
  beforeEach(() => {
    path = join(mkdtempSync(join(tmpdir(), 'wav-')), 'a.wav');
  });
  afterEach(() => rmSync(join(path, '..'), { recursive: true }));

  it('is known of a whole file', () => {
    writeRecording(path, { seconds: 2.5 });
    expect(wavSeconds(readFileSync(path))).toBeCloseTo(2.5, 3);
  });

  it.each(['header-never-fixed', 'header-only', 'empty', 'truncated'] as const)(
    'is unknown of one that a player would refuse: %s',
    (kind) => {
      tornRecording(path, kind);
      expect(wavSeconds(readFileSync(path))).toBeUndefined();
    },
  );

  it('is unknown of what is no recording', () => {
    expect(wavSeconds(Buffer.from('<html>not found</html>'))).toBeUndefined();
  });
});
