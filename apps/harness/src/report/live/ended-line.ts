import type { RunEvent } from '../run-event';
import { lengthText } from '../text/durations';
import { visibleText } from '../text/visible-text';
import { outcomeWord, type Paint } from './paint';

type Ended = Extract<RunEvent, { event: 'scenario-ended' }>;

/** What is said of a scenario when it is over: one line, with the reason below it unless all is well. */
export function endedLines({ outcome, durationMs, title, file, reason }: Ended, paint: Paint): string[] {
  const length = outcome === 'skipped' ? '' : lengthText(durationMs);
  const head = `${outcomeWord(outcome, paint)} ${length.padStart(8)}  ${visibleText(title)}  ${paint.dim(visibleText(file))}`;
  return reason === undefined ? [head] : [head, `${' '.repeat(17)}${visibleText(reason)}`];
}
