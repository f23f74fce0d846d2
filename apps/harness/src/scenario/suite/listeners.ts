import type { RunEvent, RunListener } from '../../report/run-event';

/** Everybody who is told what happens in a run. */
export class Listeners {
  constructor(private readonly all: readonly RunListener[]) {}

  tell(event: RunEvent): void {
    for (const listener of this.all) listener.on(event);
  }
}
