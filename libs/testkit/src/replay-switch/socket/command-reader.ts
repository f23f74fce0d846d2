/** One command as a client wrote it: the first line, headers (lower-case names) under it, a body if it announced one. */
export interface Command {
  readonly line: string;
  readonly headers: ReadonlyMap<string, string>;
  /** The headers as written, for `sendevent`. */
  readonly written: readonly (readonly [string, string])[];
  readonly body: string;
}

/**
 * Cuts the bytes of a client into commands. A blank line ends one, CRLF is as good as LF, several may come in one
 * write, empty lines between them mean nothing (all seen on a real switch: "crlf line ends", "two commands in one
 * write", "misc").
 */
export class CommandReader {
  #bytes: Buffer = Buffer.alloc(0);

  /** Takes what was read and gives the commands that are complete. */
  feed(chunk: Buffer): Command[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const commands: Command[] = [];
    for (let command = this.#next(); command; command = this.#next()) commands.push(command);
    return commands;
  }

  #next(): Command | undefined {
    // latin1 keeps one character per byte, so positions in the text are positions in the bytes
    const text = this.#bytes.toString('latin1');
    const start = text.search(/[^\r\n]/);
    const end = /\n\r*\n/.exec(text.slice(Math.max(0, start)));
    if (start < 0 || !end) return undefined;
    const bodyAt = start + end.index + end[0].length;
    const head = parseHead(this.#bytes.toString('utf8', start, start + end.index));
    const bodyBytes = Number(head.headers.get('content-length') ?? 0);
    if (this.#bytes.length < bodyAt + bodyBytes) return undefined;
    const body = this.#bytes.toString('utf8', bodyAt, bodyAt + bodyBytes);
    this.#bytes = this.#bytes.subarray(bodyAt + bodyBytes);
    return { ...head, body };
  }
}

function parseHead(text: string): Omit<Command, 'body'> {
  const [line = '', ...rest] = text.split(/[\r\n]+/);
  const written = rest
    .filter((header) => header.includes(':'))
    .map((header): [string, string] => {
      const colon = header.indexOf(':');
      return [header.slice(0, colon), header.slice(colon + 1).trimStart()];
    });
  return { line, written, headers: new Map(written.map(([name, value]) => [name.toLowerCase(), value])) };
}
