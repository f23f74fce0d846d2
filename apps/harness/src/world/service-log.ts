import { existsSync, readFileSync } from 'node:fs';

/** What of a log line counts. */
interface LogLine {
  readonly level?: string;
  readonly msg?: string;
  readonly err?: { readonly message?: string };
  readonly reason?: string;
}

const ERRORS = ['error', 'fatal'];

/** The log of a service, which is one JSON object per line (libs/observability). */
export class ServiceLog {
  constructor(
    readonly app: string,
    readonly file: string,
  ) {}

  /** How long it is now, for `errorsSince`. */
  get length(): number {
    return this.text().length;
  }

  /** Errors that were logged behind a position, one sentence each. What is no JSON was not meant to be there, and counts. */
  errorsSince(position: number): string[] {
    return this.text()
      .slice(position)
      .split('\n')
      .flatMap((line) => errorIn(line))
      .map((text) => `${this.app}: ${text}`);
  }

  /** What was logged behind a position. */
  since(position: number): string {
    return this.text().slice(position);
  }

  private text(): string {
    return existsSync(this.file) ? readFileSync(this.file, 'utf8') : '';
  }
}

function errorIn(line: string): string[] {
  if (line.trim() === '') return [];
  try {
    const { level = '', msg = '', err, reason } = JSON.parse(line) as LogLine;
    const why = err?.message ?? reason;
    return ERRORS.includes(level) ? [why === undefined ? msg : `${msg}: ${why}`] : [];
  } catch {
    return [line.trim()];
  }
}
