import { painter, type Terminal } from '../terminal/terminal';

/** A terminal that remembers what was written, and answers what a test has prepared. */
export class MemoryTerminal implements Terminal {
  readonly written: string[] = [];
  readonly told: string[] = [];
  readonly questions: string[] = [];
  readonly paint = painter(false);

  constructor(
    /** In order, for `ask` and `askSecret`; none: nobody is there. */
    private readonly answers: string[] = [],
    /** What is piped in. */
    private readonly input = '',
  ) {}

  get isInteractive(): boolean {
    return this.answers.length > 0;
  }

  /** Everything that anybody could see. */
  get all(): string {
    return [...this.written, ...this.told].join('\n');
  }

  write(text: string): void {
    this.written.push(text);
  }

  tell(text: string): void {
    this.told.push(text);
  }

  ask(question: string): Promise<string> {
    this.questions.push(question);
    return Promise.resolve(this.answers.shift() ?? '');
  }

  askSecret(question: string): Promise<string> {
    return this.ask(question);
  }

  readInput(): Promise<string> {
    return Promise.resolve(this.input);
  }
}
