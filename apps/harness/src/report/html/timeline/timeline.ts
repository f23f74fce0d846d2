import { ladderOf } from '../../ladder/ladder';
import type { ScenarioRecord } from '../../run-record';
import { visibleText } from '../../text/visible-text';
import { html, type Html } from '../html';
import { scrollPane } from '../scroll-pane';
import { drawn, type Shape } from '../svg/shape';
import { fitText, textWidth } from '../svg/text-width';
import { timeScale, type TimeScale } from '../svg/time-scale';
import { audioBand } from './audio-band';
import type { Band } from './band';
import { cardsBand } from './cards-band';
import { legsBand } from './legs-band';
import { requestsBand } from './requests-band';
import { sipBand } from './sip-band';
import { stepsBand } from './steps-band';

/** A band with its place in the picture. */
export interface PlacedBand extends Band {
  readonly top: number;
}

export interface Timeline {
  readonly scale: TimeScale;
  readonly bands: readonly PlacedBand[];
  readonly height: number;
  readonly failures: readonly { readonly x: number; readonly line: number }[];
}

const NAMES_WIDTH = 176;
/** Moments below, failures above them. */
const AXIS_HEIGHT = 40;
const TITLE_HEIGHT = 20;
const AIR = 8;

/** Everything that has a moment, on one axis; undefined when nothing has happened. */
export function timelineOf(scenario: ScenarioRecord): Timeline | undefined {
  const scale = timeScale(momentsOf(scenario));
  const bands = [
    stepsBand(scenario.steps, scale),
    sipBand(ladderOf(scenario), scale),
    legsBand(scenario, scale),
    cardsBand(scenario, scale),
    requestsBand(scenario.requests, scale),
    audioBand(scenario, scale),
  ].filter((band) => band !== undefined);
  if (bands.length === 0) return undefined;
  let top = 0;
  const placed = bands.map((band) => {
    const place = { ...band, top: top + TITLE_HEIGHT };
    top = place.top + band.height + AIR;
    return place;
  });
  const failures = scenario.steps.flatMap(({ outcome, endedMs, line }) =>
    outcome === 'failed' && endedMs !== undefined ? [{ x: scale.x(endedMs), line }] : [],
  );
  return { scale, bands: placed, height: top, failures };
}

/** The end of what still lasted at the end counts as the end of the scenario. */
function momentsOf({ durationMs, steps, messages, legs, cards, requests, audio }: ScenarioRecord): number[] {
  const moments = [
    durationMs,
    ...steps.flatMap(({ beganMs, endedMs }) => [beganMs, endedMs]),
    ...messages.map(({ atMs }) => atMs),
    ...legs.flatMap(({ createdMs, rangMs, answeredMs, endedMs }) => [createdMs, rangMs, answeredMs, endedMs]),
    ...legs.flatMap(({ bridges, holds }) =>
      [...bridges, ...holds].flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
    ),
    ...cards.flatMap(({ shownMs, hiddenMs }) => [shownMs, hiddenMs]),
    ...requests.flatMap(({ atMs, durationMs: length = 0 }) => [atMs, atMs + length]),
    ...audio.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
  ];
  return moments.filter((moment) => moment !== undefined && Number.isFinite(moment)) as number[];
}

/** The timeline as a picture with its own scroll bars: names stay at the left, the axis at the top. */
export function timelinePicture(scenario: ScenarioRecord): Html | undefined {
  const timeline = timelineOf(scenario);
  if (!timeline) return undefined;
  const { scale, height } = timeline;
  const label = `Timeline of ${visibleText(scenario.title)}: the steps, SIP messages, legs, cards, requests and audio checks that are listed below`;
  return scrollPane({
    kind: 'timeline',
    label,
    corner: { width: NAMES_WIDTH, height: AXIS_HEIGHT, content: [] },
    top: { width: scale.width, height: AXIS_HEIGHT, content: drawn(axis(timeline)) },
    left: { width: NAMES_WIDTH, height, content: drawn(names(timeline)) },
    body: { width: scale.width, height, content: body(timeline) },
    data: {
      'data-from': String(scale.fromMs),
      'data-to': String(scale.toMs),
      'data-x0': String(scale.x(scale.fromMs)),
      'data-x1': String(scale.x(scale.toMs)),
    },
  });
}

function axis({ scale, failures }: Timeline): Shape[] {
  const ticks = scale.ticks.flatMap(({ x, label }): Shape[] => [
    { kind: 'line', x1: x, y1: AXIS_HEIGHT - 6, x2: x, y2: AXIS_HEIGHT, look: 'lifeline' },
    { kind: 'text', x: x + 3, y: AXIS_HEIGHT - 8, text: label, width: textWidth(label), look: 'muted' },
  ]);
  return [...ticks, ...failureMarks(failures)];
}

/** A flag at each failure; where there is no room for the next one the line alone. */
function failureMarks(failures: Timeline['failures']): Shape[] {
  let free = -Infinity;
  return failures.flatMap(({ x, line }): Shape[] => {
    const pole: Shape = { kind: 'line', x1: x, y1: 4, x2: x, y2: AXIS_HEIGHT, look: 'failure' };
    if (x < free) return [pole];
    const text = `✗ line ${line}`;
    const width = textWidth(text);
    free = x + width + AIR;
    return [pole, { kind: 'text', x: x + 4, y: 14, text, width, look: 'failure', isBold: true }];
  });
}

function names({ bands }: Timeline): Shape[] {
  return bands.flatMap(({ top, title, names: rows }): Shape[] => [
    {
      kind: 'text',
      x: 0,
      y: top - 6,
      text: title.toUpperCase(),
      width: textWidth(title.toUpperCase()),
      look: 'muted',
      isBold: true,
    },
    ...rows.map(({ text, y, isWrong }): Shape => {
      const short = fitText(text, NAMES_WIDTH - 12);
      return {
        kind: 'text',
        x: 4,
        y: top + y,
        text: short,
        width: textWidth(short),
        look: isWrong ? 'failure' : 'text',
      };
    }),
  ]);
}

function body({ scale, bands, height, failures }: Timeline): Html[] {
  const grid = scale.ticks.map(({ x }): Shape => ({
    kind: 'line',
    x1: x,
    y1: 0,
    x2: x,
    y2: height,
    look: 'grid',
  }));
  const rules = bands.map(({ top }): Shape => ({
    kind: 'line',
    x1: 0,
    y1: top - 2,
    x2: scale.width,
    y2: top - 2,
    look: 'grid',
  }));
  const marks = failures.map(({ x }): Shape => ({
    kind: 'line',
    x1: x,
    y1: 0,
    x2: x,
    y2: height,
    look: 'failure',
    isDashed: true,
  }));
  return [
    ...drawn([...grid, ...rules]),
    ...bands.map(({ top, shapes }) => html`<g transform="translate(0 ${top})">${drawn(shapes)}</g>`),
    ...drawn(marks),
  ];
}
