import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A token that cannot be printed by accident: templates, JSON, console and loggers all show `[secret]`. Only
 * `reveal()` gives it, and only the code that sends a request calls that.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The token itself. Never put the result into an error, a log or a ledger. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
