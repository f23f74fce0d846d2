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
  const { isTrue, why, shownBy, hiddenBy, hiddenMs, shownMs } = card;
  const place = extentOf(stretchOf(card), scale);
  const verdict = isTrue ? '' : `; WRONG${why === undefined ? '' : `: ${visibleText(why)}`}`;
  const label = `${isTrue ? '' : '✗ '}${visibleText(card.label)}`;
  const text = fitText(label, place.width - 2 * PADDING);
  return [
    {
      kind: 'bar',
      ...place,
      y: barTop(row),
      height: BAR,
      look: isTrue ? 'card' : 'card-false',
      title: `card of ${visibleText(card.label)} on the screen of ${name}, ${spanText(stretchOf(card))}, by ${shownBy}${hiddenBy === undefined ? '' : ` and ${hiddenBy}`}${verdict}`,
      during: {
        fromMs: shownMs,
        toMs: hiddenMs ?? scale.toMs,
        say: `${name} has the card of ${visibleText(card.label)}${isTrue ? '' : ' (wrong)'}`,
      },
      isStriped: !isTrue,
    },
    ...(text === ''
      ? []
      : [
          {
            kind: 'text' as const,
            x: place.x + PADDING,
            y: baseline(row),
            text,
            width: textWidth(text),
            look: 'on-bar' as const,
          },
        ]),
  ];
}
