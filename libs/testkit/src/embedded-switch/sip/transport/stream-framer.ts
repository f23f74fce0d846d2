import { MAX_BODY_BYTES, MAX_HEAD_BYTES, parseHead } from '../message';

const BLANK_LINE = Buffer.from('\r\n\r\n');

/** Cuts a TCP stream into messages by Content-Length (RFC 3261 section 18.3). */
export class StreamFramer {
  #chunks: Buffer = Buffer.alloc(0);

  /**
   * Takes what was read. `pings` counts the keep-alives (RFC 5626: a double CRLF between messages).
   *
   * @returns undefined when the stream is no SIP: nothing after that can be trusted, so the connection has to go.
   */
  feed(chunk: Buffer): { messages: Buffer[]; pings: number } | undefined {
    this.#chunks = this.#chunks.length === 0 ? chunk : Buffer.concat([this.#chunks, chunk]);
    const messages: Buffer[] = [];
    let pings = 0;
    for (;;) {
      pings += this.#skipKeepAlives();
      const end = this.#chunks.indexOf(BLANK_LINE);
      if (end > MAX_HEAD_BYTES || (end < 0 && this.#chunks.length > MAX_HEAD_BYTES)) return undefined;
      if (end < 0) return { messages, pings };
      const total = this.#lengthOf(end);
      if (total === undefined) return undefined;
      if (this.#chunks.length < total) return { messages, pings };
      messages.push(this.#chunks.subarray(0, total));
      this.#chunks = this.#chunks.subarray(total);
    }
  }

  #skipKeepAlives(): number {
    let at = 0;
    while (this.#chunks[at] === 0x0d || this.#chunks[at] === 0x0a) at += 1;
    this.#chunks = this.#chunks.subarray(at);
    return at >= 4 ? 1 : 0;
  }

  #lengthOf(headEnd: number): number | undefined {
    const head = parseHead(this.#chunks.toString('utf8', 0, headEnd));
    const bodyBytes = head?.contentLength ?? 0;
    return head && bodyBytes <= MAX_BODY_BYTES ? headEnd + BLANK_LINE.length + bodyBytes : undefined;
  }
}
