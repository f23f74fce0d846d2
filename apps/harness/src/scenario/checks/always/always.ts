import { ALWAYS, ALWAYS_NAMES, type AlwaysName } from '../../language/always';
import type { Aftermath } from '../aftermath';
import type { Check } from '../check';
import { judgeCards } from './cards';
import { filedOnce, lostCalls, untrueTimes } from './filing';

/** What is wrong, one sentence each; nothing when all is well. */
type Finder = (aftermath: Aftermath) => readonly string[];

const FINDERS: Readonly<Record<AlwaysName, Finder>> = {
  'portal is content': ({ scene }) =>
    scene.portal.fake.audit().map(({ kind, detail }) => `${kind}: ${detail}`),
  'no card left': ({ held, scene }) =>
    held.flatMap(({ cards, phone }) =>
      cards
        .filter(({ hiddenAt }) => hiddenAt === undefined)
        .map(
          ({ userId }) => `${scene.whoHasUser(userId) ?? `user ${userId}`} still sees the card of ${phone}`,
        ),
    ),
  'cards are true': (aftermath) =>
    judgeCards(aftermath)
      .filter(({ falseFrom }) => falseFrom !== undefined)
      .map(({ card, call, why }) => {
        const who = aftermath.scene.whoHasUser(card.userId) ?? `user ${card.userId}`;
        return `${who} saw the card of ${call.phone}: ${why ?? ''}`;
      }),
  'filed once': filedOnce,
  'no call lost': lostCalls,
  'true times': untrueTimes,
  settled: ({ unsettled }) => (unsettled === undefined ? [] : [unsettled]),
  'legs ended': ({ scene }) => [
    ...scene.handsets.flatMap((handset) => (handset.openCalls.length > 0 ? [handset.situation] : [])),
    ...openChannels(scene.events),
  ],
  'no errors logged': ({ scene: { world, beginning } }) => [
    ...world.logs.flatMap((log) => log.errorsSince(beginning.logs[log.app] ?? 0)),
    ...world.target.errors().slice(beginning.switchErrors),
  ],
  'nobody died': ({ scene: { world, beginning } }) =>
    world.deaths.slice(beginning.deaths).map(({ message }) => message),
};

/** Holds everything against what every scenario has to keep. What is good is told as one. */
export function checkAlways(aftermath: Aftermath): Check[] {
  const { scenario } = aftermath;
  const held = ALWAYS_NAMES.filter((name) => !scenario.tolerated.has(name));
  const failures = held.flatMap((name) => {
    const found = FINDERS[name](aftermath);
    if (found.length === 0) return [];
    return [
      { text: `always: ${name}`, line: 1, failure: { expected: ALWAYS[name], came: found.join('; ') } },
    ];
  });
  const good = held.filter((name) => !failures.some(({ text }) => text === `always: ${name}`));
  return [...(good.length > 0 ? [{ text: `always: ${good.join(', ')}`, line: 1 }] : []), ...failures];
}

function openChannels(events: Aftermath['scene']['events']): string[] {
  const of = (name: string): Set<string> =>
    new Set(events.flatMap((event) => (event.name === name && event.channelUuid ? [event.channelUuid] : [])));
  const ended = of('CHANNEL_HANGUP_COMPLETE');
  return [...of('CHANNEL_CREATE')]
    .filter((uuid) => !ended.has(uuid))
    .map((uuid) => `channel ${uuid} has not ended`);
}
