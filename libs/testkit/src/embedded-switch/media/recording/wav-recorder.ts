import { mkdirSync, openSync, closeSync, writeSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { WAV_HEADER_BYTES, wavHeader } from '../../../recordings/wav-header';
import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE, type Frame } from '../codec';
import { decodeFrame } from '../g711';
import type { Tap } from '../leg-media';
import { SampleTrack } from './sample-track';

/** FreeSWITCH writes in pieces of this size: what a killed switch leaves behind is cut there. */
const CHUNK_BYTES = 65_536;

export interface RecordingOptions {
  readonly isStereo: boolean;
  /** Epoch ms. */
  readonly now: () => number;
  /** Nothing is recorded before this holds; from then on everything is (RECORD_ANSWER_REQ). */
  readonly mayBegin: () => boolean;
}

export interface Recorded {
  readonly bytes: number;
  readonly samples: number;
}

/**
 * Writes what was heard on a leg into a WAV file as `record_session` does: 16 bit, 8 kHz, with RECORD_STEREO the phone
 * on the left and what it was played on the right. Time is the clock's, so silence is as long in the file as it was. The
 * lengths in the header are filled in at the end: the file of a killed switch says nothing of them.
 */
export class WavRecorder implements Tap {
  readonly #file: number;
  readonly #channels: number;
  readonly #tracks = [new SampleTrack(), new SampleTrack()] as const;
  #startedAt: number | undefined;
  /** When it was told to pause. */
  #pausedAt: number | undefined;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #samples = 0;
  #isOpen = true;

  /** @throws the system's error when the file cannot be made */
  constructor(
    readonly path: string,
    private readonly options: RecordingOptions,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.#channels = options.isStereo ? 2 : 1;
    this.#file = openSync(path, 'w');
    writeSync(this.#file, wavHeader(this.#channels, SAMPLE_RATE, 0));
    if (options.mayBegin()) this.#startedAt = options.now();
  }

  heard(frame: Frame): void {
    this.#add(0, frame);
  }

  spoken(frame: Frame): void {
    this.#add(1, frame);
  }

  /** Nothing of what is heard from now on is kept, and its time does not count. */
  pause(): void {
    this.#pausedAt ??= this.options.now();
  }

  resume(): void {
    if (this.#pausedAt === undefined) return;
    if (this.#startedAt !== undefined) this.#startedAt += this.options.now() - this.#pausedAt;
    this.#pausedAt = undefined;
  }

  /** Completes the file. */
  stop(): Recorded {
    const total = Math.round(this.#elapsed() / FRAME_SAMPLES) * FRAME_SAMPLES;
    this.#tracks.forEach((track) => track.padTo(total));
    this.#flush(total - this.#samples);
    this.#write(true);
    const dataBytes = this.#samples * this.#channels * 2;
    writeSync(this.#file, wavHeader(this.#channels, SAMPLE_RATE, dataBytes), 0, WAV_HEADER_BYTES, 0);
    this.#close();
    return { bytes: dataBytes + WAV_HEADER_BYTES, samples: this.#samples };
  }

  /** Leaves the file as it is, as a killed switch does. */
  abandon(): void {
    this.#close();
  }

  /** Takes the file away: it was too short to be kept. */
  discard(): void {
    this.#close();
    rmSync(this.path, { force: true });
  }

  #add(side: 0 | 1, frame: Frame): void {
    if (!this.#isOpen || this.#pausedAt !== undefined || !this.options.mayBegin()) return;
    this.#startedAt ??= this.options.now() - FRAME_MS;
    const elapsed = this.#elapsed();
    this.#tracks[side].add(decodeFrame(frame), elapsed);
    this.#tracks[side === 0 ? 1 : 0].keepUp(elapsed);
    this.#flush(Math.min(...this.#tracks.map((track) => track.length)));
    this.#write(false);
  }

  /** Samples since the start. */
  #elapsed(): number {
    const now = this.#pausedAt ?? this.options.now();
    return ((now - (this.#startedAt ?? now)) * SAMPLE_RATE) / 1000;
  }

  #flush(count: number): void {
    if (count <= 0) return;
    const [left, right] = this.#tracks.map((track) => track.take(count)) as [Int16Array, Int16Array];
    const bytes = Buffer.allocUnsafe(count * this.#channels * 2);
    for (let at = 0; at < count; at += 1) {
      if (this.#channels === 2) {
        bytes.writeInt16LE(left[at]!, at * 4);
        bytes.writeInt16LE(right[at]!, at * 4 + 2);
      } else {
        bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, left[at]! + right[at]!)), at * 2);
      }
    }
    this.#samples += count;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
  }

  #write(everything: boolean): void {
    if (this.#pendingBytes < CHUNK_BYTES && !everything) return;
    const bytes = Buffer.concat(this.#pending);
    const count = everything ? bytes.length : bytes.length - (bytes.length % CHUNK_BYTES);
    writeSync(this.#file, bytes, 0, count);
    this.#pending = [bytes.subarray(count)];
    this.#pendingBytes = bytes.length - count;
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }
}
