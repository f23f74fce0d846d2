import type { CallTroubles } from '@app/store';
import { green, red, yellow, type Finding } from '../finding';

/** Calls that are not in their portal as they should be. */
export function callFindings({ problems, overdue }: CallTroubles): Finding[] {
  const waiting = problems.map(({ problem, calls }) =>
    yellow(
      'calls.waiting',
      `${calls === 1 ? 'One call waits' : `${calls} calls wait`}: ${problem}`,
      'They are filed by themselves when the reason is gone, or need a person when the portal refused for good.',
    ),
  );
  const late =
    overdue === 0
      ? []
      : [
          red(
            'calls.overdue',
            `Nobody has looked at ${overdue === 1 ? 'one call' : `${overdue} calls`} for more than a minute.`,
            'See that a worker is alive and the queue is there.',
          ),
        ];
  const all = [...late, ...waiting];
  return all.length === 0 ? [green('calls', 'No call waits')] : all;
}
