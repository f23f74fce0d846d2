import type { RunEvent } from '../run-event';
import { eventsOf } from '../testing/events';
import { hostileRun } from '../testing/hostile';
import { sampleRun } from '../testing/sample-run';
import { JsonLines } from './json-lines';

function linesOf(events: readonly RunEvent[]): string[] {
  let written = '';
  const lines = new JsonLines((text) => (written += text));
  for (const event of events) lines.on(event);
  expect(written.endsWith('\n')).toBe(true);
  return written.split('\n').slice(0, -1);
}

describe('JSON lines', () => {
  it('have one event each, from the start of the run to its end', () => {
    const events = linesOf(eventsOf(sampleRun())).map((line) => JSON.parse(line) as RunEvent);
    expect(events[0]).toMatchObject({ event: 'run-started', scenarios: 5 });
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'step-ended', id: 'queue-simultaneous', step: 6, outcome: 'failed' }),
    );
    expect(events.at(-1)).toMatchObject({
      event: 'run-ended',
      totals: { failed: 1, broken: 1, passed: 2, skipped: 1 },
      exitCode: 1,
    });
  });

  it('stay lines whatever a scenario is called', () => {
    const events = eventsOf(hostileRun());
    const lines = linesOf(events);
    expect(lines).toHaveLength(events.length);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      events.map((event) => JSON.parse(JSON.stringify(event)) as unknown),
    );
  });
});
