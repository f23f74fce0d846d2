/** The byte stream of a connection cannot be cut into messages any more; it has to be closed. */
export class SipFramingError extends Error {
  override readonly name = 'SipFramingError';
}

/** Headers of honest messages have 1 to 4 kB. */
const MAX_HEAD_BYTES = 64 * 1024;
const MAX_BODY_BYTES = 1024 * 1024;
const END_OF_HEAD = '\r\n\r\n';
const CR = 13;
const LF = 10;

/** `ping`: an empty line twice, which keeps a connection alive and is to be answered by one (RFC 5626, section 3.5.1). */
export type SipFrame = { readonly kind: 'message'; readonly text: string } | { readonly kind: 'ping' };

/**
 * Cuts the bytes of a TCP connection into SIP messages (RFC 3261, section 18.3): a head up to the empty line, then as many
 * bytes as Content-Length says. Whatever the borders of the chunks, the messages are the same.
 */
export class SipFramer {
  #bytes: Buffer = Buffer.alloc(0);
  #lookedAt = 0;

  /** @throws SipFramingError */
  push(chunk: Buffer): SipFrame[] {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const frames: SipFrame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): SipFrame | undefined {
    const blank = this.#skipBlank();
    if (blank) return blank;
    const from = Math.max(0, this.#lookedAt - END_OF_HEAD.length + 1);
    const head = this.#bytes.indexOf(END_OF_HEAD, from, 'latin1');
    this.#lookedAt = this.#bytes.length;
    if (head < 0) {
      if (this.#bytes.length > MAX_HEAD_BYTES) throw new SipFramingError('a head without an end');
      return undefined;
    }
    const length = head + END_OF_HEAD.length + contentLength(this.#bytes.toString('latin1', 0, head));
    if (this.#bytes.length < length) {
      this.#lookedAt = head;
      return undefined;
    }
    return { kind: 'message', text: this.#take(length).toString('utf8') };
  }

  /** Empty lines between messages are allowed; two at once are a ping. A single CR may be the half of something. */
  #skipBlank(): SipFrame | undefined {
    const isLine = (at: number): boolean => this.#bytes[at] === CR && this.#bytes[at + 1] === LF;
    if (!isLine(0)) return undefined;
    if (isLine(2)) {
      this.#take(4);
      return { kind: 'ping' };
    }
    if (this.#bytes.length < 4 && this.#bytes.subarray(2).every((byte) => byte === CR)) return undefined;
    this.#take(2);
    return this.#skipBlank();
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    this.#lookedAt = 0;
    return taken;
  }
}

function contentLength(head: string): number {
  const written = /(?:^|\r\n)(?:content-length|l)[ \t]*:[ \t]*([^\r\n]*)/i.exec(head)?.[1]?.trim();
  if (written === undefined) return 0;
  const length = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
  if (!(length <= MAX_BODY_BYTES)) throw new SipFramingError(`a Content-Length of "${written.slice(0, 20)}"`);
  return length;
}
