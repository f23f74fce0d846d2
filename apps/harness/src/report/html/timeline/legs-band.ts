import type { LegRecord, Stretch } from '../../evidence';
import { actorHeading } from '../../ladder/ladder';
import type { ActorRecord, ScenarioRecord } from '../../run-record';
import { momentText } from '../../text/durations';
import { visibleText } from '../../text/visible-text';
import type { Look } from '../svg/look';
import type { BarShape, Shape, TextShape } from '../svg/shape';
import { fitText, textWidth } from '../svg/text-width';
import type { TimeScale } from '../svg/time-scale';
import { BAR, barTop, baseline, LEAST_BAR, ROW, type Band } from './band';

const PADDING = 5;
const HOLD_HEIGHT = 5;

/** The channels of the switch: dialled, ringing, answered, bridged, held, and why they ended. */
export function legsBand(
  { legs, actors }: Pick<ScenarioRecord, 'legs' | 'actors'>,
  scale: TimeScale,
): Band | undefined {
  if (legs.length === 0) return undefined;
  const names = new Map(actors.map((actor) => [actor.id, actorHeading(actor)]));
  return {
    title: 'Legs',
    height: legs.length * ROW,
    names: legs.map((leg, row) => ({
      text: `${nameOf(leg, names)}${arrowOf(leg, names)}`,
      y: baseline(row),
    })),
    shapes: legs.flatMap((leg, row) => legShapes(leg, { row, scale, names, legs })),
  };
}

interface Place {
  readonly row: number;
  readonly scale: TimeScale;
  readonly names: ReadonlyMap<ActorRecord['id'], string>;
  readonly legs: readonly LegRecord[];
}

function nameOf({ actor }: LegRecord, names: Place['names']): string {
  return names.get(actor) ?? visibleText(actor);
}

/** A call into the switch, or out of it, and the number unless the name has it already. */
function arrowOf(leg: LegRecord, names: Place['names']): string {
  const sign = leg.direction === 'inbound' ? ' →' : ' ←';
  const number = visibleText(leg.number ?? '');
  return number === '' || nameOf(leg, names).endsWith(number) ? sign : `${sign} ${number}`;
}

interface Part extends Stretch {
  readonly look: Look;
  readonly what: string;
  readonly label?: string;
}

function legShapes(leg: LegRecord, place: Place): Shape[] {
  const name = nameOf(leg, place.names);
  const parts = [...phasesOf(leg), ...bridgesOf(leg, place)];
  const bars = parts.flatMap((part) => partShapes(part, name, place));
  const holds = leg.holds.map((hold) => holdBar(hold, name, place));
  return [...bars, ...holds, ...endLabel(leg, place)];
}

function phasesOf(leg: LegRecord): Part[] {
  const { createdMs, rangMs, answeredMs, endedMs } = leg;
  const ringEnd = answeredMs ?? endedMs;
  const called: Part = { look: 'dialled', what: 'is called', fromMs: createdMs, toMs: rangMs ?? ringEnd };
  const rings: Part[] =
    rangMs === undefined
      ? []
      : [{ look: 'ringing', what: 'rings', label: 'rings', fromMs: rangMs, toMs: ringEnd }];
  return [called, ...rings, ...aloneOf(leg)];
}

/** Answered, and bridged with nobody: an announcement, a queue, or a mistake. */
function aloneOf({ answeredMs, endedMs, bridges }: LegRecord): Part[] {
  if (answeredMs === undefined) return [];
  const [alone, from] = bridges.reduce<[Stretch[], number | undefined]>(
    ([stretches, fromMs], bridge) =>
      fromMs !== undefined && bridge.fromMs > fromMs
        ? [[...stretches, { fromMs, toMs: bridge.fromMs }], bridge.toMs]
        : [stretches, bridge.toMs],
    [[], answeredMs],
  );
  const isOver = from === undefined || (endedMs !== undefined && endedMs <= from);
  const all = isOver ? alone : [...alone, { fromMs: from, toMs: endedMs }];
  return all.map((stretch) => ({ ...stretch, look: 'answered', what: 'is on the line with nobody' }));
}

function bridgesOf(leg: LegRecord, { legs, names }: Place): Part[] {
  return leg.bridges.map((bridge) => {
    const other = legs.find(({ channelUuid }) => channelUuid === bridge.with);
    const whom = other ? nameOf(other, names) : visibleText(bridge.with);
    return { ...bridge, look: 'bridged', what: `is bridged with ${whom}`, label: `with ${whom}` };
  });
}

function partShapes({ look, what, label, ...stretch }: Part, name: string, { row, scale }: Place): Shape[] {
  const bar: BarShape = {
    kind: 'bar',
    ...extentOf(stretch, scale),
    y: barTop(row),
    height: BAR,
    look,
    title: `${name} ${what}, ${spanText(stretch)}`,
    during: { fromMs: stretch.fromMs, toMs: stretch.toMs ?? scale.toMs, say: `${name} ${what}` },
  };
  const text = label === undefined ? '' : fitText(label, bar.width - 2 * PADDING);
  if (text === '') return [bar];
  const labelled: TextShape = {
    kind: 'text',
    x: bar.x + PADDING,
    y: baseline(row),
    text,
    width: textWidth(text),
    look: 'on-bar',
  };
  return [bar, labelled];
}

function holdBar(stretch: Stretch, name: string, { row, scale }: Place): BarShape {
  return {
    kind: 'bar',
    ...extentOf(stretch, scale),
    y: barTop(row) + BAR - HOLD_HEIGHT,
    height: HOLD_HEIGHT,
    look: 'held',
    title: `${name} holds, ${spanText(stretch)}`,
    during: { fromMs: stretch.fromMs, toMs: stretch.toMs ?? scale.toMs, say: `${name} holds` },
  };
}

/** A bridge without an end lasted to the end of the scenario; one that ended before it began is a point. */
export function extentOf({ fromMs, toMs }: Stretch, scale: TimeScale): Pick<BarShape, 'x' | 'width'> {
  const x = scale.x(fromMs);
  return { x, width: Math.max(LEAST_BAR, scale.x(toMs ?? scale.toMs) - x) };
}

export function spanText({ fromMs, toMs }: Stretch): string {
  const end = toMs === undefined ? 'to the end' : `to ${momentText(toMs)} s`;
  return `from ${momentText(fromMs)} s ${end}`;
}

function endLabel({ endedMs, hangupCause }: LegRecord, { row, scale }: Place): TextShape[] {
  if (endedMs === undefined) return [];
  const x = scale.x(endedMs) + PADDING;
  const text = fitText(visibleText(hangupCause ?? 'ended'), scale.width - x);
  if (text === '') return [];
  return [{ kind: 'text', x, y: baseline(row), text, width: textWidth(text), look: 'muted' }];
}
