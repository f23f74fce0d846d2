import { FramingError } from './errors';
import { FrameHeaders } from './frame-headers';

/** One message of the switch: a block of headers and, when they name a length, that many bytes of body. */
export interface Frame {
  /** `Content-Type`, or `''` when the header is missing. */
  readonly contentType: string;
  readonly headers: FrameHeaders;
  readonly body: Buffer;
}

/** Limits of one frame, bytes. The body cap is the one mod_event_socket uses for its own input (MAX_CONTENT_LENGTH). */
export const MAX_HEADER_BYTES = 64 * 1024;
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);
const LINE_FEED = 0x0a;
const HEADER_END = '\n\n';

/**
 * Cuts the byte stream of the event socket into frames, however TCP has cut it into chunks.
 *
 * Everything counts in bytes: `Content-Length` is a byte count and a chunk may end inside a character. A long body is
 * collected chunk by chunk and joined once, so its cost is linear; joining on every chunk took 2.5 s for 20 MB.
 * Line ends are `\n` alone: the switch accepts CRLF from us but never sends it (mod_event_socket.c writes every header
 * with `\n`). One decoder serves one connection; after a {@link FramingError} the connection must be dropped.
 */
export class FrameDecoder {
  private unread: Buffer = NOTHING;
  /** Where the search for the end of the header block goes on; the byte before it may be the first half of `\n\n`. */
  private searched = 0;
  private headers: FrameHeaders | undefined;
  private bodyParts: Buffer[] = [];
  private bodyMissing = 0;

  /**
   * Takes in the next bytes and returns the frames they complete. Take all of them: frames left in the iterable come out
   * of the next call.
   * @throws FramingError from the iteration, after the frames before the fault, on a length that is no number, two
   * lengths that differ, or a frame beyond {@link MAX_HEADER_BYTES} / {@link MAX_BODY_BYTES}.
   */
  push(chunk: Buffer): Iterable<Frame> {
    this.unread = this.unread.length === 0 ? chunk : Buffer.concat([this.unread, chunk]);
    return this.frames();
  }

  /** The start of a frame that has not ended yet, for diagnosis. */
  get unfinished(): string {
    return this.unread.toString('utf8', 0, MAX_HEADER_BYTES);
  }

  private *frames(): Generator<Frame> {
    for (;;) {
      this.headers ??= this.takeHeaders();
      if (!this.headers || !this.takeBody()) return;
      const frame = this.finish(this.headers);
      yield frame;
    }
  }

  private takeHeaders(): FrameHeaders | undefined {
    this.skipBlankLines();
    const end = this.unread.indexOf(HEADER_END, this.searched);
    if ((end === -1 ? this.unread.length : end) > MAX_HEADER_BYTES) {
      throw new FramingError(`a header block of more than ${MAX_HEADER_BYTES} bytes`);
    }
    if (end === -1) {
      this.searched = Math.max(0, this.unread.length - 1);
      return undefined;
    }
    const headers = FrameHeaders.parse(this.unread.toString('utf8', 0, end));
    this.consume(end + HEADER_END.length);
    this.bodyMissing = bodyLength(headers);
    return headers;
  }

  /** A stray empty line between frames is no frame; the switch's own client library skips it too. */
  private skipBlankLines(): void {
    if (this.searched > 0) return;
    let start = 0;
    while (this.unread[start] === LINE_FEED) start++;
    this.consume(start);
  }

  /** True when the body is complete. */
  private takeBody(): boolean {
    const part = this.unread.subarray(0, this.bodyMissing);
    if (part.length > 0) this.bodyParts.push(part);
    this.bodyMissing -= part.length;
    this.consume(part.length);
    return this.bodyMissing === 0;
  }

  private consume(bytes: number): void {
    this.unread = this.unread.subarray(bytes);
    this.searched = 0;
  }

  private finish(headers: FrameHeaders): Frame {
    const [first = NOTHING, ...more] = this.bodyParts;
    const body = more.length === 0 ? first : Buffer.concat(this.bodyParts);
    this.headers = undefined;
    this.bodyParts = [];
    return { contentType: headers.get('Content-Type') ?? '', headers, body };
  }
}

function bodyLength(headers: FrameHeaders): number {
  const lengths = new Set(headers.getAll('Content-Length'));
  if (lengths.size === 0) return 0;
  const [text = ''] = lengths;
  if (lengths.size > 1 || !/^\d{1,15}$/.test(text)) {
    throw new FramingError(`Content-Length is not one number: ${[...lengths].join(', ').slice(0, 60)}`);
  }
  const length = Number(text);
  if (length > MAX_BODY_BYTES)
    throw new FramingError(`a body of ${length} bytes is announced, the limit is ${MAX_BODY_BYTES}`);
  return length;
}
