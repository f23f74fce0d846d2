import { verb, type Turn, type Verb } from '../language/verb';
import type { Scene } from '../run/scene';
import { waitFor } from '../run/wait-for';
import { said } from './shapes';

/** The people whose cards are on somebody's screen now, by name or number. */
function cardsOf(scene: Scene, person: string): string[] {
  const userId = scene.person(person)?.userId;
  if (userId === undefined) return [];
  const { state, screens } = scene.portal.fake;
  return screens.openOn(userId).map(({ callId }) => {
    const phone = state.calls.known(callId)?.phone ?? '';
    return scene.cast.clients.find(({ id }) => scene.isNumberOf(id, phone))?.id ?? phone;
  });
}

function inWords(scene: Scene, person: string): string {
  const cards = cardsOf(scene, person);
  const others = scene.cast.people
    .filter(({ id }) => id !== person)
    .flatMap(({ id }) => cardsOf(scene, id).map((whose) => `${id} has that of ${whose}`));
  const own =
    cards.length === 0 ? `${person} sees no card` : `${person} sees the card of ${cards.join(' and ')}`;
  return [own, ...others].join('; ');
}

async function each(turn: Turn, what: string, isSo: (cards: readonly string[]) => boolean): Promise<void> {
  const { scene, withinMs, forMs, names } = turn;
  await Promise.all(
    names.map((person) =>
      waitFor({
        expected: `${person} ${what}`,
        isSo: () => isSo(cardsOf(scene, person)),
        came: () => inWords(scene, person),
        withinMs,
        forMs,
        signal: scene.signal,
      }),
    ),
  );
}

export const SCREENS: readonly Verb[] = [
  verb({
    one: 'sees the card of',
    several: 'see the card of',
    who: ['person'],
    mood: 'awaits',
    about: 'The card of a client is on his screen in the portal; with "for" all that time.',
    example: 'anna: sees the card of ivan',
    takes: ['within', 'for'],
    shape: ({ client }) => ({ 'sees the card of': client }),
    perform: (turn) => {
      const whose = turn.args['sees the card of'] ?? '';
      return each(turn, `sees the card of ${whose}`, (cards) => cards.includes(whose));
    },
  }),
  verb({
    one: 'sees no card',
    several: 'see no card',
    who: ['person'],
    mood: 'awaits',
    about: 'No card is on his screen, or none of the client that is named; with "for" all that time.',
    example: 'boris: sees no card',
    takes: ['within', 'for'],
    bare: true,
    shape: ({ client }) => ({ 'sees no card': said, of: client.optional() }),
    perform: (turn) => {
      const { of: whose } = turn.args;
      return each(turn, whose === undefined ? 'sees no card' : `sees no card of ${whose}`, (cards) =>
        whose === undefined ? cards.length === 0 : !cards.includes(whose),
      );
    },
  }),
];
