import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { WAV_HEADER_BYTES, wavHeader } from './wav-header';

export interface RecordingSound {
  readonly seconds: number;
  /** Samples a second; 8000 (telephone) unless told. */
  readonly sampleRate?: number;
  /** 2 unless told: the captured switch records stereo, the caller left and the other side right. */
  readonly channels?: 1 | 2;
  /** Whole Hz of the left (or only) channel, 440 unless told. The right one sounds a fifth higher. */
  readonly toneHz?: number;
}

/** About -26 dB: audible, and no shock in a headset. */
const AMPLITUDE = 0.05 * 0x7fff;
const BYTES_PER_SAMPLE = 2;

/**
 * Writes a playable WAV file with a quiet tone, and the folders above it. Synchronous, so that the file is complete
 * before the event that names it is sent, as on the real switch.
 */
export function writeRecording(path: string, sound: RecordingSound): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, recordingBytes(sound));
}

/** The bytes of such a file. */
export function recordingBytes(sound: RecordingSound): Buffer {
  const { seconds, sampleRate = 8000, channels = 2, toneHz = 440 } = sound;
  const frames = Math.round(seconds * sampleRate);
  const data = Buffer.alloc(frames * channels * BYTES_PER_SAMPLE);
  data.fill(oneSecond(sampleRate, channels, toneHz));
  return Buffer.concat([wavHeader(channels, sampleRate, data.length), data], WAV_HEADER_BYTES + data.length);
}

/** A second of whole-Hz tones ends where it began, so it can be repeated without a click. */
function oneSecond(sampleRate: number, channels: number, toneHz: number): Buffer {
  const tones = channels === 2 ? [toneHz, Math.round(toneHz * 1.5)] : [toneHz];
  const second = Buffer.alloc(sampleRate * channels * BYTES_PER_SAMPLE);
  for (let frame = 0; frame < sampleRate; frame += 1) {
    tones.forEach((hz, channel) => {
      const level = Math.round(AMPLITUDE * Math.sin((2 * Math.PI * hz * frame) / sampleRate));
      second.writeInt16LE(level, (frame * channels + channel) * BYTES_PER_SAMPLE);
    });
  }
  return second;
}
