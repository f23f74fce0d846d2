import type { CardRecord } from '../../evidence';
import { actorHeading } from '../../ladder/ladder';
import type { ScenarioRecord } from '../../run-record';
import { visibleText } from '../../text/visible-text';
import type { Shape } from '../svg/shape';
import { fitText, textWidth } from '../svg/text-width';
import type { TimeScale } from '../svg/time-scale';
import { BAR, barTop, baseline, ROW, type Band } from './band';
import { extentOf, spanText } from './stretch';
import { packRows } from './pack-rows';

const PADDING = 5;

/** Who had which card on the screen; a row per person, more if he had several at the same time. */
export function cardsBand(
  { cards, actors }: Pick<ScenarioRecord, 'cards' | 'actors'>,
  scale: TimeScale,
): Band | undefined {
  if (cards.length === 0) return undefined;
  const users = [...new Set(cards.map(({ portalUserId }) => portalUserId))];
  const names: Band['names'][number][] = [];
  const shapes: Shape[] = [];
  let top = 0;
  for (const userId of users) {
    const own = cards.filter(({ portalUserId }) => portalUserId === userId);
    const actor = actors.find(({ id }) => id === own[0]?.actor);
    const name = actor ? actorHeading(actor) : `user ${userId}`;
    const rows = packRows(own.map((card) => edges(card, scale))).map((row) => top + (row ?? 0));
    names.push({ text: name, y: baseline(top), isWrong: own.some(({ isTrue }) => !isTrue) });
    own.forEach((card, index) => shapes.push(...cardShapes(card, name, rows[index] ?? top, scale)));
    top = Math.max(...rows) + 1;
  }
  return { title: 'Cards', height: top * ROW, names, shapes };
}

function edges(card: CardRecord, scale: TimeScale) {
  const { x, width } = extentOf(stretchOf(card), scale);
  return { left: x, right: x + width };
}

function stretchOf({ shownMs, hiddenMs }: CardRecord) {
  return { fromMs: shownMs, toMs: hiddenMs };
}

function cardShapes(card: CardRecord, name: string, row: number, scale: TimeScale): Shape[] {
  const { isTrue, why, shownBy, hiddenBy } = card;
  const label = visibleText(card.label);
  const by = [shownBy, ...(hiddenBy === undefined ? [] : [hiddenBy])].join(' and ');
  const wrong = isTrue ? '' : `; WRONG${why === undefined ? '' : `: ${visibleText(why)}`}`;
  const title = `card of ${label} on the screen of ${name}, ${spanText(stretchOf(card))}, by ${by}${wrong}`;
  return partsOf(card, scale).flatMap(({ isWrong, ...stretch }): Shape[] => {
    const place = extentOf(stretch, scale);
    const say = `${name} has the card of ${label}${isWrong ? ' (wrong)' : ''}`;
    const bar: Shape = {
      kind: 'bar',
      ...place,
      y: barTop(row),
      height: BAR,
      look: isWrong ? 'card-false' : 'card',
      title,
      during: { ...stretch, say },
      isStriped: isWrong,
    };
    const text = fitText(isWrong ? `✗ ${label}` : label, place.width - 2 * PADDING);
    if (text === '') return [bar];
    const words = { x: place.x + PADDING, y: baseline(row), text, width: textWidth(text) };
    return [bar, { kind: 'text', ...words, look: 'on-bar' }];
  });
}

interface CardPart {
  readonly fromMs: number;
  readonly toMs: number;
  readonly isWrong: boolean;
}

/** As long as it was true, and then; one part if it never changed. */
function partsOf(
  { shownMs, hiddenMs, isTrue, falseFromMs = shownMs }: CardRecord,
  scale: TimeScale,
): CardPart[] {
  const toMs = hiddenMs ?? scale.toMs;
  if (isTrue) return [{ fromMs: shownMs, toMs, isWrong: false }];
  if (falseFromMs <= shownMs || falseFromMs >= toMs) return [{ fromMs: shownMs, toMs, isWrong: true }];
  return [
    { fromMs: shownMs, toMs: falseFromMs, isWrong: false },
    { fromMs: falseFromMs, toMs, isWrong: true },
  ];
}
