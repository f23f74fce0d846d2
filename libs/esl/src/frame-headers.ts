/**
 * The headers of a frame. Names compare without regard to case; a value is taken as it stands, because the switch
 * percent-encodes the headers inside an event but not those of the frame around it: a `Reply-Text` may hold a bare `%`.
 */
export class FrameHeaders {
  private constructor(private readonly values: ReadonlyMap<string, readonly string[]>) {}

  /** Reads `Name: value` lines. The first colon divides, so a value may hold ": "; a line without one has no value. */
  static parse(block: string): FrameHeaders {
    const values = new Map<string, string[]>();
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      const name = (colon === -1 ? line : line.slice(0, colon)).toLowerCase();
      const value = colon === -1 ? '' : line.slice(colon + 1).trim();
      const repeated = values.get(name);
      if (repeated) repeated.push(value);
      else values.set(name, [value]);
    }
    return new FrameHeaders(values);
  }

  /** The value of a header; of a repeated one the last, as JSON.parse decides for a doubled key of an event. */
  get(name: string): string | undefined {
    return this.getAll(name).at(-1);
  }

  /** All values of a header, in the order of the wire. */
  getAll(name: string): readonly string[] {
    return this.values.get(name.toLowerCase()) ?? [];
  }
}
