import type { LegRecord, Stretch } from '../../evidence';
import { actorHeading } from '../../ladder/ladder';
import type { ActorRecord, ScenarioRecord } from '../../run-record';
import { visibleText } from '../../text/visible-text';
import type { BarShape, Shape, TextShape } from '../svg/shape';
import { fitText, textWidth } from '../svg/text-width';
import type { TimeScale } from '../svg/time-scale';
import { BAR, barTop, baseline, ROW, type Band } from './band';
import { legParts, type LegPart } from './leg-parts';
import { extentOf, spanText } from './stretch';

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

function nameOfLeg(channelUuid: string, { legs, names }: Place): string {
  const leg = legs.find((candidate) => candidate.channelUuid === channelUuid);
  return leg ? nameOf(leg, names) : visibleText(channelUuid);
}

/** A call into the switch, or out of it, and the number unless the name has it already. */
function arrowOf(leg: LegRecord, names: Place['names']): string {
  const sign = leg.direction === 'inbound' ? ' →' : ' ←';
  const number = visibleText(leg.number ?? '');
  return number === '' || nameOf(leg, names).endsWith(number) ? sign : `${sign} ${number}`;
}

function legShapes(leg: LegRecord, place: Place): Shape[] {
  const name = nameOf(leg, place.names);
  const parts = legParts(leg, (channelUuid) => nameOfLeg(channelUuid, place));
  const bars = parts.flatMap((part) => partShapes(part, name, place));
  const holds = leg.holds.map((hold) => holdBar(hold, name, place));
  const right = bars.reduce(
    (most, bar) => (bar.kind === 'bar' ? Math.max(most, bar.x + bar.width) : most),
    0,
  );
  return [...bars, ...holds, ...endLabel(leg, right, place)];
}

function partShapes(
  { look, what, label, isStriped, ...stretch }: LegPart,
  name: string,
  { row, scale }: Place,
): Shape[] {
  const bar: BarShape = {
    kind: 'bar',
    ...extentOf(stretch, scale),
    y: barTop(row),
    height: BAR,
    look,
    isStriped,
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

/** @param right where the bars of the leg end */
function endLabel({ endedMs, hangupCause }: LegRecord, right: number, { row, scale }: Place): TextShape[] {
  if (endedMs === undefined) return [];
  const x = right + PADDING;
  const text = fitText(visibleText(hangupCause ?? 'ended'), scale.width - x);
  if (text === '') return [];
  return [{ kind: 'text', x, y: baseline(row), text, width: textWidth(text), look: 'muted' }];
}
