import type { RunEvent, RunListener } from '../run-event';
import { lengthText } from '../text/durations';
import { visibleText } from '../text/visible-text';
import { totalsText } from '../totals';
import { endedLines } from './ended-line';
import { NO_PAINT, type Paint } from './paint';

/** Progress for logs and pipes: a line when a scenario is over. */
export class LineProgress implements RunListener {
  #left = 0;

  /** @param print prints one line */
  constructor(
    private readonly print: (line: string) => unknown,
    private readonly paint: Paint = NO_PAINT,
  ) {}

  on(event: RunEvent): void {
    switch (event.event) {
      case 'run-started':
        this.#left = event.scenarios;
        this.print(startLine(event));
        return;
      case 'scenario-ended':
        this.#left -= 1;
        for (const line of endedLines(event, this.paint)) this.print(line);
        return;
      case 'run-ended':
        this.print(endLine(event, this.#left));
        return;
      case 'scenario-started':
      case 'step-started':
      case 'step-ended':
    }
  }
}

/** "60 scenarios on the embedded switch 1.0, 4 at a time" */
export function startLine({
  scenarios,
  target,
  parallel,
}: Extract<RunEvent, { event: 'run-started' }>): string {
  const where = target.kind === 'embedded' ? 'the embedded switch' : 'FreeSWITCH';
  const many = parallel > 1 ? `, ${parallel} at a time` : '';
  return `${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'} on ${where} ${visibleText(target.version)}${many}`;
}

/** "2 failed, 58 passed in 3 min 5 s" */
export function endLine(
  { totals, durationMs, interrupted }: Extract<RunEvent, { event: 'run-ended' }>,
  left: number,
): string {
  const unrun = left > 0 ? `, ${left} not run` : '';
  const why = interrupted === undefined ? '' : ` (interrupted: ${visibleText(interrupted)})`;
  return `${totalsText(totals)}${unrun} in ${lengthText(durationMs)}${why}`;
}
