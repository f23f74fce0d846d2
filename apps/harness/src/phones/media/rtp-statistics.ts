import { SAMPLES_PER_SECOND } from './g711';
import type { RtpPacket } from './rtp-packet';

/** How the packets of one call arrived. */
export interface ReceptionReport {
  readonly packets: number;
  /** Packets that never came. */
  readonly lost: number;
  /** Came twice. */
  readonly duplicates: number;
  /** Came after one that had been sent later. */
  readonly reordered: number;
  /** Pauses between two packets of more than 60 ms, with packets before and after. */
  readonly gaps: number;
  readonly longestGapMs: number;
  /** Interarrival jitter of RFC 3550, section 6.4.1, ms. */
  readonly jitterMs: number;
  /** Moments (ms since 1970) of the first and the last packet. */
  readonly firstAt?: number;
  readonly lastAt?: number;
  /** How often the sender began a new stream (another SSRC): a switch does so at a transfer. */
  readonly streams: number;
}

const GAP_MS = 60;
/** A larger change of the transit time is a new beginning of the sender's clock (a transfer), not jitter, ms. */
const NEW_CLOCK_MS = 1000;
/** A sequence number so far behind or ahead is a new beginning, not a late packet or a loss (RFC 3550, appendix A.1). */
const MAX_BEHIND = 100;
const MAX_AHEAD = 3000;
const CYCLE = 65_536;

/** Counts the packets of one call, over all streams that it is made of. */
export class RtpStatistics {
  #packets = 0;
  #duplicates = 0;
  #reordered = 0;
  #gaps = 0;
  #longestGapMs = 0;
  #jitterMs = 0;
  #firstAt: number | undefined;
  #lastAt: number | undefined;
  #streams = 0;
  #lostBefore = 0;
  #stream: Stream | undefined;
  #transitMs: number | undefined;

  /** @returns whether its sound should be heard: false for one that came twice or too late */
  receive(packet: RtpPacket, at: number): boolean {
    this.#packets += 1;
    const stream = this.#streamOf(packet);
    const arrival = stream.arrive(packet.sequence);
    if (arrival === 'duplicate') this.#duplicates += 1;
    if (arrival === 'late') this.#reordered += 1;
    this.#time(packet, at);
    return arrival === 'next';
  }

  get report(): ReceptionReport {
    return {
      packets: this.#packets,
      lost: this.#lostBefore + (this.#stream?.lost ?? 0),
      duplicates: this.#duplicates,
      reordered: this.#reordered,
      gaps: this.#gaps,
      longestGapMs: this.#longestGapMs,
      jitterMs: this.#jitterMs,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      streams: this.#streams,
    };
  }

  /** A pause that was agreed on (hold) is no gap. */
  expectPause(): void {
    this.#transitMs = undefined;
    this.#lastAt = undefined;
  }

  #streamOf(packet: RtpPacket): Stream {
    if (this.#stream?.ssrc === packet.ssrc && !this.#stream.isBrokenBy(packet.sequence)) return this.#stream;
    this.#lostBefore += this.#stream?.lost ?? 0;
    this.#streams += 1;
    this.#transitMs = undefined;
    this.#stream = new Stream(packet.ssrc, packet.sequence);
    return this.#stream;
  }

  #time(packet: RtpPacket, at: number): void {
    this.#firstAt ??= at;
    const pauseMs = this.#lastAt === undefined ? 0 : at - this.#lastAt;
    this.#lastAt = at;
    if (pauseMs > GAP_MS) this.#gaps += 1;
    this.#longestGapMs = Math.max(this.#longestGapMs, pauseMs);
    const transitMs = at - (packet.timestamp * 1000) / SAMPLES_PER_SECOND;
    // Marked packets follow a pause of the sender; the packets of a DTMF digit share one timestamp.
    const change = this.#transitMs === undefined || packet.marker ? 0 : Math.abs(transitMs - this.#transitMs);
    this.#transitMs = transitMs;
    if (change < NEW_CLOCK_MS) this.#jitterMs += (change - this.#jitterMs) / 16;
  }
}

/** The sequence numbers of one SSRC, counted on over 65535. */
class Stream {
  #highest: number;
  readonly #first: number;
  readonly #recent = new Set<number>();
  #received = 0;

  constructor(
    readonly ssrc: number,
    first: number,
  ) {
    this.#first = first;
    this.#highest = first - 1;
  }

  get lost(): number {
    return this.#highest - this.#first + 1 - this.#received;
  }

  isBrokenBy(sequence: number): boolean {
    const extended = this.#extend(sequence);
    return extended < this.#highest - MAX_BEHIND || extended > this.#highest + MAX_AHEAD;
  }

  arrive(sequence: number): 'next' | 'late' | 'duplicate' {
    const extended = this.#extend(sequence);
    if (this.#recent.has(extended)) return 'duplicate';
    this.#remember(extended);
    if (extended < this.#first) return 'late';
    this.#received += 1;
    if (extended < this.#highest) return 'late';
    this.#highest = extended;
    return 'next';
  }

  /** The extended number nearest to the highest seen so far. */
  #extend(sequence: number): number {
    const ahead = (((sequence - this.#highest) % CYCLE) + CYCLE) % CYCLE;
    return ahead < CYCLE / 2 ? this.#highest + ahead : this.#highest + ahead - CYCLE;
  }

  #remember(extended: number): void {
    this.#recent.add(extended);
    if (this.#recent.size <= 2 * MAX_BEHIND) return;
    const [oldest] = this.#recent;
    if (oldest !== undefined) this.#recent.delete(oldest);
  }
}
