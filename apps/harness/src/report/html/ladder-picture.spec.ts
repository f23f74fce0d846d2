import fc from 'fast-check';
import { ladderOf } from '../ladder/ladder';
import type { ScenarioRecord } from '../run-record';
import { answeredCall } from '../testing/answered-call';
import { cardLeftOpen } from '../testing/card-left-open';
import { hostileScenario } from '../testing/hostile';
import { randomScenario } from '../testing/random-scenario';
import { ladderGeometry, ladderPicture, type PlacedRow } from './ladder-picture';
import { headOf, type ArrowShape, type TextShape } from './svg/shape';

function partsOf({ shapes }: PlacedRow): { arrow: ArrowShape | undefined; label: TextShape | undefined } {
  return {
    arrow: shapes.find((shape) => shape.kind === 'arrow'),
    label: shapes.find((shape) => shape.kind === 'text'),
  };
}

/** Everything that must be true of any ladder. */
function check(scenario: ScenarioRecord): void {
  const ladder = ladderOf(scenario);
  const { rows, lifelines, width, height } = ladderGeometry(ladder);
  let bottom = 0;
  let atMs = -Infinity;
  for (const placed of rows) {
    expect(placed.top).toBe(bottom);
    bottom += placed.height;
    if ('atMs' in placed.row) expect(placed.row.atMs).toBeGreaterThanOrEqual(atMs);
    if ('atMs' in placed.row) atMs = placed.row.atMs;
    checkRow(placed, lifelines, width);
  }
  expect(bottom).toBe(height);
}

function checkRow(placed: PlacedRow, lifelines: readonly number[], width: number): void {
  const { row, top, height } = placed;
  const { arrow, label } = partsOf(placed);
  expect(label).toBeDefined();
  expect(label!.y).toBeGreaterThan(top);
  expect(label!.y).toBeLessThan(top + height);
  if (row.kind !== 'message') {
    expect(label!.x + label!.width).toBeLessThanOrEqual(width);
    return;
  }
  expect(arrow!.x1).toBe(lifelines[row.from]);
  expect(arrow!.y1).toBe(arrow!.y2);
  expect(label!.y).toBeLessThan(arrow!.y1);
  expect(headOf(arrow!)[0]).toEqual([arrow!.x2, arrow!.y2]);
  if (row.from === row.to) return;
  expect(Math.sign(arrow!.x2 - arrow!.x1)).toBe(Math.sign(row.to - row.from));
  expect(arrow!.x2).toBe(lifelines[row.to]);
  // The label lies over its own arrow, and touches neither lifeline.
  expect(label!.x).toBeGreaterThan(Math.min(arrow!.x1, arrow!.x2));
  expect(label!.x + label!.width).toBeLessThan(Math.max(arrow!.x1, arrow!.x2));
}

describe('the ladder as a picture', () => {
  it.each([
    ['an answered call', answeredCall()],
    ['a failed queue', cardLeftOpen()],
    ['a hostile scenario', hostileScenario()],
  ])(
    'has its rows in order of time, its arrows from sender to receiver, and labels over them: %s',
    (_, scenario) => check(scenario),
  );

  it('has all that of random messages, too', () => {
    fc.assert(fc.property(randomScenario, check), { numRuns: 60 });
  });

  it('links each message to its text', () => {
    const picture = ladderPicture(answeredCall())!.text;
    const links = [...picture.matchAll(/href="#inbound-answered-m(\d+)"/g)].map(([, index]) => Number(index));
    expect(links).toEqual([
      0,
      ...answeredCall()
        .messages.slice(4)
        .map((_, index) => index + 4),
    ]);
  });

  it('does not grow without end', () => {
    const [message] = answeredCall().messages.slice(4);
    const messages = Array.from({ length: 5000 }, (_, atMs) => ({ ...message!, atMs }));
    const { rows } = ladderGeometry(ladderOf({ ...cardLeftOpen(), messages }));
    expect(rows.length).toBeLessThanOrEqual(402);
    expect(rows.map(({ row }) => row.kind)).toContain('left-out');
    expect(rows.map(({ row }) => row.kind)).toContain('failure');
  });

  it('is not there when there were no messages', () => {
    expect(ladderPicture({ ...answeredCall(), messages: [] })).toBeUndefined();
  });
});
