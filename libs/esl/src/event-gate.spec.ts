import { EventGate } from './event-gate';
import { eventFromRecord } from './record-event';

function setUp(limit?: number): { gate: EventGate; seen: string[] } {
  const seen: string[] = [];
  const flow = { pause: () => void seen.push('pause'), resume: () => void seen.push('resume') };
  return { seen, gate: new EventGate((event) => void seen.push(event.name), flow, limit) };
}

const named = (name: string): ReturnType<typeof eventFromRecord> => eventFromRecord({ 'Event-Name': name });

it('holds events back and delivers them in order before all later ones', () => {
  const { gate, seen } = setUp();
  gate.accept(named('A'));
  gate.accept(named('B'));
  expect(seen).toEqual([]);

  gate.release();
  gate.accept(named('C'));

  expect(seen).toEqual(['A', 'B', 'C']);
});

it('stops reading when too many are held, and goes on after the release; none is lost', () => {
  const { gate, seen } = setUp(2);
  for (const name of ['A', 'B', 'C']) gate.accept(named(name));
  expect([gate.isFull, seen[0]]).toEqual([true, 'pause']);

  gate.release();

  expect(gate.isFull).toBe(false);
  expect(seen.filter((what) => what !== 'pause')).toEqual(['A', 'B', 'C', 'resume']);
});
