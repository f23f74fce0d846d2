import type { Observation } from '../observation';

/** FreeSWITCH delivers an event at most so many places of `Event-Sequence` late (freeswitch-facts, section 1.12). */
const LATEST = 17;

/** A story's observations are so many places apart, because most events of a switch are none of ours. */
const PLACES_APART = 3;

/**
 * The same observations in another order that a switch may deliver: late by up to 17 places, each leg's own in order;
 * and some of them told twice, the second time any time later.
 *
 * @param dice one number per observation, used round and round: how late it is, and whether and when it comes again
 */
export function inDisorder(observations: readonly Observation[], dice: readonly number[]): Observation[] {
  const lastOfLeg = new Map<string, number>();
  const delivered = observations.flatMap((seen, index) => {
    const die = dice[index % dice.length] ?? 0;
    const own = index * PLACES_APART;
    const place = Math.max(own + (die % (LATEST + 1)), lastOfLeg.get(seen.channelUuid) ?? 0);
    lastOfLeg.set(seen.channelUuid, place);
    const again = die % 5 === 0 ? [{ seen, place: place + (die % 200) }] : [];
    return [{ seen, place }, ...again];
  });
  return delivered.sort((a, b) => a.place - b.place).map(({ seen }) => seen);
}

/** The channels that live after what was observed. */
export function aliveAfter(observations: readonly Observation[]): Set<string> {
  const alive = new Set<string>();
  for (const { type, channelUuid } of observations) {
    if (type === 'ChannelSeen') alive.add(channelUuid);
    if (type === 'ChannelEnded') alive.delete(channelUuid);
  }
  return alive;
}

/** What the living channels say of themselves when they are asked: who they are, and how far they got. */
export function listingOf(observations: readonly Observation[]): Observation[] {
  const alive = aliveAfter(observations);
  return observations
    .filter(({ type, channelUuid }) => alive.has(channelUuid) && TOLD_BY_A_LISTING.has(type))
    .map((seen) => ({ ...seen, moment: { at: seen.moment.at, seq: 0 } }));
}

const TOLD_BY_A_LISTING: ReadonlySet<Observation['type']> = new Set([
  'ChannelSeen',
  'ChannelRang',
  'ChannelAnswered',
] as const);
