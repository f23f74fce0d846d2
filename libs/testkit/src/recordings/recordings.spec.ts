import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tornRecording, type TornRecording } from './torn-recording';
import { parseWavHeader } from './wav-header';
import { recordingBytes, writeRecording } from './write-recording';

/** How much of a pure tone there is in the samples, 0..1 (Goertzel). */
function toneShare(samples: number[], sampleRate: number, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let [previous, beforeThat] = [0, 0];
  for (const sample of samples) {
    [previous, beforeThat] = [sample + coefficient * previous - beforeThat, previous];
  }
  const power = previous ** 2 + beforeThat ** 2 - coefficient * previous * beforeThat;
  const energy = samples.reduce((sum, sample) => sum + sample ** 2, 0);
  return (2 * power) / (energy * samples.length);
}

function channelOf(wav: Buffer, channel: number, channels: number): number[] {
  const samples: number[] = [];
  for (let at = 44 + channel * 2; at < wav.length; at += channels * 2) samples.push(wav.readInt16LE(at));
  return samples;
}

describe('recordings', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recording-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are as long as a captured one: 4.04 s of stereo are 129 324 bytes', () => {
    const path = join(folder, '2026', '11', 'call.wav');
    writeRecording(path, { seconds: 4.04 });
    const wav = readFileSync(path);
    expect(wav).toHaveLength(129_324);
    expect(parseWavHeader(wav)).toEqual({
      channels: 2,
      sampleRate: 8000,
      bitsPerSample: 16,
      dataBytes: 129_280,
      seconds: 4.04,
    });
  });

  it('sound a tone on each side, quietly', () => {
    const wav = recordingBytes({ seconds: 2.5, toneHz: 400 });
    const [left, right] = [channelOf(wav, 0, 2), channelOf(wav, 1, 2)];
    expect(toneShare(left, 8000, 400)).toBeGreaterThan(0.99);
    expect(toneShare(right, 8000, 600)).toBeGreaterThan(0.99);
    expect(Math.max(...left.map(Math.abs))).toBeLessThan(0x7fff / 10);
  });

  it('can be mono and of another rate', () => {
    const wav = recordingBytes({ seconds: 1, channels: 1, sampleRate: 16_000, toneHz: 1000 });
    expect(parseWavHeader(wav)).toMatchObject({ channels: 1, sampleRate: 16_000, seconds: 1 });
    expect(toneShare(channelOf(wav, 0, 1), 16_000, 1000)).toBeGreaterThan(0.99);
  });

  it.each<[TornRecording, number, number | undefined]>([
    ['header-never-fixed', 65_580, 0],
    ['header-only', 44, 0],
    ['empty', 0, undefined],
    ['truncated', 32_044, 320_000],
  ])('can be torn: %s', (kind, size, claimed) => {
    const path = join(folder, 'torn', 'call.wav');
    tornRecording(path, kind);
    const wav = readFileSync(path);
    expect(wav).toHaveLength(size);
    expect(parseWavHeader(wav)?.dataBytes).toBe(claimed);
  });

  it('are told from other files by their header', () => {
    const wav = recordingBytes({ seconds: 0.1 });
    expect(parseWavHeader(wav)).toBeDefined();
    wav.write('RIFX', 0);
    expect(parseWavHeader(wav)).toBeUndefined();
    expect(parseWavHeader(Buffer.from('<html>'))).toBeUndefined();
  });
});
