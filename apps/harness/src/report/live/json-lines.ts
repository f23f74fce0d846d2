import type { RunEvent, RunListener } from '../run-event';

/** Writes every event as one line of JSON (https://jsonlines.org), at once: others may follow the run in it. */
export class JsonLines implements RunListener {
  constructor(private readonly write: (text: string) => unknown) {}

  on(event: RunEvent): void {
    this.write(`${JSON.stringify(event)}\n`);
  }
}
