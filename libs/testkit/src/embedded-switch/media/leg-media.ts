import type { Codec, Frame } from './codec';
import { transcode } from './g711';

/** Hears both directions of a leg: a recording, somebody who listens in. */
export interface Tap {
  /** What came from the phone. */
  heard(frame: Frame): void;
  /** What went to the phone. */
  spoken(frame: Frame): void;
}

/** The sound of one leg inside the switch: what its phone says goes to the readers, what is written goes to the phone. */
export class LegMedia {
  readonly #readers = new Set<(frame: Frame) => void>();
  readonly #taps = new Set<Tap>();
  #codec: Codec = 'PCMA';

  /** @param send carries a frame to the phone */
  constructor(private readonly send: (frame: Frame) => void) {}

  get codec(): Codec {
    return this.#codec;
  }

  set codec(codec: Codec) {
    this.#codec = codec;
  }

  /** A frame came from the phone. */
  hear(frame: Frame): void {
    this.#taps.forEach((tap) => tap.heard(frame));
    this.#readers.forEach((reader) => reader(frame));
  }

  /** Plays a frame to the phone, in the codec of the leg. */
  write(frame: Frame): void {
    this.#taps.forEach((tap) => tap.spoken(frame));
    this.send(transcode(frame, this.#codec));
  }

  /** Gives what the phone says to `reader`; the function returned ends it. */
  read(reader: (frame: Frame) => void): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** Listens to both directions; the function returned ends it. */
  tap(tap: Tap): () => void {
    this.#taps.add(tap);
    return () => this.#taps.delete(tap);
  }
}
