import fc from 'fast-check';
import type { ScenarioRecord } from '../../run-record';
import { answeredCall } from '../../testing/answered-call';
import { aScenario } from '../../testing/build';
import { cardLeftOpen } from '../../testing/card-left-open';
import { hostileScenario } from '../../testing/hostile';
import { randomScenario } from '../../testing/random-scenario';
import { headOf, type ArrowShape, type BarShape, type Shape, type TextShape } from '../svg/shape';
import { timelineOf, type PlacedBand, type Timeline } from './timeline';

const isText = (shape: Shape): shape is TextShape => shape.kind === 'text';
const isBar = (shape: Shape): shape is BarShape => shape.kind === 'bar';
const isArrow = (shape: Shape): shape is ArrowShape => shape.kind === 'arrow';
const LETTERS_ABOVE = 8;

function overlaps(labels: readonly TextShape[]): [string, string][] {
  return labels.flatMap((a, index) =>
    labels
      .slice(index + 1)
      .filter((b) => Math.abs(a.y - b.y) < LETTERS_ABOVE && a.x < b.x + b.width && b.x < a.x + a.width)
      .map((b): [string, string] => [a.text, b.text]),
  );
}

function extentOf(shape: Shape): { left: number; right: number; top: number; bottom: number } {
  switch (shape.kind) {
    case 'bar':
      return {
        left: shape.x,
        right: shape.x + shape.width,
        top: shape.y,
        bottom: shape.y + shape.height,
      };
    case 'text':
      return { left: shape.x, right: shape.x + shape.width, top: shape.y - LETTERS_ABOVE, bottom: shape.y };
    case 'line':
    case 'arrow':
      return {
        left: Math.min(shape.x1, shape.x2),
        right: Math.max(shape.x1, shape.x2),
        top: Math.min(shape.y1, shape.y2),
        bottom: Math.max(shape.y1, shape.y2),
      };
    case 'area':
      return {
        left: Math.min(...shape.points.map(([x]) => x)),
        right: Math.max(...shape.points.map(([x]) => x)),
        top: Math.min(...shape.points.map(([, y]) => y)),
        bottom: Math.max(...shape.points.map(([, y]) => y)),
      };
  }
}

function outside({ shapes, height }: PlacedBand, { scale }: Timeline): Shape[] {
  return shapes.filter((shape) => {
    const { left, right, top, bottom } = extentOf(shape);
    return !(
      left >= -0.001 &&
      right <= scale.width + 0.5 &&
      top >= 0 &&
      bottom <= height &&
      right >= left - 0.001
    );
  });
}

function bandOf(scenario: ScenarioRecord, title: string): PlacedBand {
  return timelineOf(scenario)!.bands.find((band) => band.title === title)!;
}

describe('the timeline, whatever happened,', () => {
  const check = (scenario: ScenarioRecord): void => {
    const timeline = timelineOf(scenario);
    if (!timeline) return;
    for (const band of timeline.bands) {
      expect(outside(band, timeline)).toEqual([]);
      expect(overlaps(band.shapes.filter(isText))).toEqual([]);
    }
    const ends = timeline.bands.map(({ top, height }) => top + height);
    timeline.bands.slice(1).forEach(({ top }, index) => expect(top).toBeGreaterThan(ends[index]!));
    expect(timeline.height).toBeGreaterThanOrEqual(ends.at(-1)!);
  };

  it.each([
    ['an answered call', answeredCall()],
    ['a card left open', cardLeftOpen()],
    ['a hostile scenario', hostileScenario()],
  ])('keeps everything in its place and no label over another: %s', (_, scenario) => check(scenario));

  it('keeps everything in its place and no label over another: random scenarios', () => {
    fc.assert(fc.property(randomScenario, check), { numRuns: 60 });
  });

  it('goes from left to right, with marks that can be told apart', () => {
    fc.assert(
      fc.property(randomScenario, fc.integer({ min: 1, max: 10_000_000 }), (scenario, durationMs) => {
        const { scale } = timelineOf({ ...scenario, durationMs }) ?? {};
        const ticks = scale?.ticks ?? [];
        ticks.slice(1).forEach((tick, index) => {
          expect(tick.ms).toBeGreaterThan(ticks[index]!.ms);
          expect(tick.x - ticks[index]!.x).toBeGreaterThanOrEqual(69);
          expect(tick.label).not.toBe(ticks[index]!.label);
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe('the timeline of a failed queue', () => {
  const scenario = cardLeftOpen();
  const { scale, failures, bands } = timelineOf(scenario)!;

  it('has a band for each kind of evidence', () => {
    expect(bands.map(({ title }) => title)).toEqual(['Steps', 'SIP', 'Legs', 'Cards', 'REST', 'Audio']);
  });

  it('flags the failures where they were', () => {
    expect(failures).toEqual([
      { x: scale.x(4062), line: 14 },
      { x: scale.x(6130), line: 15 },
    ]);
  });

  it('points each message from who sent it to who got it, when it was sent', () => {
    const { names, shapes } = bandOf(scenario, 'SIP');
    expect(names.map(({ text }) => text)).toEqual([
      'Ivan, a client',
      'switch',
      'Anna 1001',
      'Boris 1002',
      'Vera 1003',
    ]);
    const arrows = shapes.filter(isArrow);
    const declined = arrows.find(({ title }) => title?.includes('603 Decline'))!;
    expect(declined.x1).toBe(scale.x(2290));
    expect(declined.y1).toBeGreaterThan(declined.y2);
    expect(headOf(declined)[0]).toEqual([declined.x2, declined.y2]);
    expect(declined.title).toBe('2.290 s: 603 Decline, Vera 1003 to switch');
    const invite = arrows.find(({ title }) => title?.includes('INVITE 1003'))!;
    expect(invite.y2).toBeGreaterThan(invite.y1);
  });

  it('tells of each leg whether it rang, talked, held, and why it ended', () => {
    const { shapes } = bandOf(scenario, 'Legs');
    const boris = shapes.filter(isBar).filter(({ title }) => title?.startsWith('Boris'));
    expect(boris.map(({ look, during }) => [look, during?.fromMs, during?.toMs])).toEqual([
      ['dialled', 60, 102],
      ['ringing', 102, 3014],
      ['answered', 3014, 3044],
      ['bridged', 3044, 7204],
      ['held', 6150, 7198],
    ]);
    expect(shapes.filter(isText).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['LOSE_RACE', 'CALL_REJECTED', 'with Boris 1002']),
    );
  });

  it('strikes out the card that should not be there', () => {
    const { shapes, names } = bandOf(scenario, 'Cards');
    const wrong = shapes.filter(isBar).filter(({ look }) => look === 'card-false');
    expect(wrong).toHaveLength(1);
    expect(wrong[0]!.x).toBe(scale.x(3012));
    expect(wrong[0]!.x + wrong[0]!.width).toBeCloseTo(scale.x(scale.toMs));
    expect(wrong[0]!.title).toContain('WRONG: Boris had answered');
    expect(names.filter(({ isWrong }) => isWrong).map(({ text }) => text)).toEqual(['Anna 1001']);
  });

  it('shows errors of requests in their colour, with their code', () => {
    const { shapes } = bandOf(scenario, 'REST');
    expect(
      shapes
        .filter(isBar)
        .map(({ look }) => look)
        .filter((look) => look === 'rest-error'),
    ).toHaveLength(1);
    expect(shapes.filter(isText).map(({ text }) => text)).toContain('hide QUERY_LIMIT_EXCEEDED');
  });

  it('shows where no packets came, and tones by what was expected', () => {
    const { shapes } = bandOf(scenario, 'Audio');
    const gap = shapes.filter(isBar).find(({ look }) => look === 'no-packets')!;
    expect(gap.x).toBeCloseTo(scale.x(6400));
    expect(gap.x + gap.width).toBeCloseTo(scale.x(6700));
    const music = shapes.filter(isBar).filter(({ title }) => title?.startsWith('500'));
    expect(music.map(({ look, title }) => [look, title?.split(',')[0]])).toEqual([
      ['tone', '500 Hz'],
      ['tone', '500 + 1100 Hz'],
    ]);
  });
});

describe('a leg', () => {
  const leg = {
    channelUuid: 'a',
    actor: 'anna',
    direction: 'outbound' as const,
    createdMs: 0,
    holds: [],
    bridges: [],
  };
  function looks(parts: object): unknown[] {
    const { shapes } = bandOf(aScenario({ legs: [{ ...leg, ...parts }] }), 'Legs');
    return shapes
      .filter(isBar)
      .map(({ look, during, isStriped }) => [isStriped ? 'early media' : look, during?.fromMs, during?.toMs]);
  }

  it('that is bridged before it is answered has early media', () => {
    const bridges = [{ with: 'b', fromMs: 500, toMs: 4000 }];
    expect(looks({ rangMs: 400, answeredMs: 2000, endedMs: 4000, bridges })).toEqual([
      ['dialled', 0, 400],
      ['ringing', 400, 500],
      ['early media', 500, 2000],
      ['bridged', 2000, 4000],
    ]);
  });

  it('has one partner at a time, the newest', () => {
    const bridges = [
      { with: 'b', fromMs: 1000, toMs: 3500 },
      { with: 'c', fromMs: 3000, toMs: 4500 },
    ];
    expect(looks({ answeredMs: 1000, endedMs: 5000, bridges })).toEqual([
      ['dialled', 0, 1000],
      ['answered', 4500, 5000],
      ['bridged', 1000, 3000],
      ['bridged', 3000, 4500],
    ]);
  });
});

it('has no timeline when nothing happened', () => {
  expect(timelineOf(aScenario({ durationMs: 0 }))).toBeUndefined();
});
