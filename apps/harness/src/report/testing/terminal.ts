/**
 * A terminal that keeps what is on its screen and what has scrolled by. It breaks lines that are too long for it, and
 * understands "n lines up", "clear below", colours and the cursor, which is all that progress may use. Anything else is an
 * error.
 */
export class Terminal {
  readonly #lines: string[] = [''];
  #row = 0;
  /** Every escape sequence that changes colours. */
  colours = 0;
  isCursorHidden = false;
  readonly isTTY = true;

  constructor(
    readonly columns = 100,
    readonly rows = 30,
  ) {}

  /** All lines, from the first ever written. */
  get text(): string {
    return this.#lines.join('\n').trimEnd();
  }

  write(text: string): void {
    for (const part of text.split(/(\u001b\[[?\d;]*[A-Za-z]|\n)/)) this.#take(part);
  }

  #take(part: string): void {
    const sequence = /^\u001b\[([?\d;]*)([A-Za-z])$/.exec(part);
    if (sequence) this.#obey(sequence[1] ?? '', sequence[2] ?? '');
    else if (part === '\n') this.#down();
    else this.#print(part);
  }

  #print(part: string): void {
    if (/[\p{Cc}]/u.test(part)) throw new Error(`the terminal would obey ${JSON.stringify(part)}`);
    for (const character of part) {
      const line = this.#lines[this.#row] ?? '';
      if (line.length < this.columns) {
        this.#lines[this.#row] = line + character;
      } else {
        this.#down();
        this.#lines[this.#row] = character;
      }
    }
  }

  #down(): void {
    this.#row += 1;
    if (this.#row === this.#lines.length) this.#lines.push('');
  }

  #obey(argument: string, command: string): void {
    if (command === 'm') this.colours += 1;
    else if (command === 'J') this.#lines.splice(this.#row, Infinity, '');
    else if (command === 'F') this.#row = this.#above(Number(argument));
    else if (argument === '?25') this.isCursorHidden = command === 'l';
    else throw new Error(`unexpected sequence ${argument}${command}`);
  }

  #above(lines: number): number {
    if (lines > this.#row || lines >= this.rows) throw new Error(`${lines} lines up is above the screen`);
    return this.#row - lines;
  }
}
