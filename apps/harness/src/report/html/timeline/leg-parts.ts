import type { BridgeRecord, LegRecord, Stretch } from '../../evidence';
import type { Look } from '../svg/look';

/** What one leg did for a while. */
export interface LegPart extends Stretch {
  readonly look: Look;
  readonly what: string;
  readonly label?: string;
  readonly isStriped?: boolean;
}

/**
 * The life of a leg in parts that follow each other: called, ringing, alone on the line, bridged.
 *
 * @param nameOfLeg of a leg by its channelUuid
 */
export function legParts(leg: LegRecord, nameOfLeg: (channelUuid: string) => string): LegPart[] {
  const bridges = oneAtATime(leg.bridges);
  return [
    ...phasesOf(leg, bridges),
    ...bridges.flatMap((bridge) => bridgeParts(leg, bridge, nameOfLeg(bridge.with))),
  ];
}

/** The newest bridge counts: in an attended transfer the end of the old one comes late. */
function oneAtATime(bridges: readonly BridgeRecord[]): BridgeRecord[] {
  const inOrder = [...bridges].sort((a, b) => a.fromMs - b.fromMs);
  return inOrder.map((bridge, index) => {
    const next = inOrder[index + 1]?.fromMs;
    return next === undefined ? bridge : { ...bridge, toMs: Math.min(bridge.toMs ?? next, next) };
  });
}

function phasesOf(leg: LegRecord, bridges: readonly BridgeRecord[]): LegPart[] {
  const { createdMs, rangMs, answeredMs, endedMs } = leg;
  const ringEnd = least(answeredMs, bridges[0]?.fromMs, endedMs);
  const called: LegPart = {
    look: 'dialled',
    what: 'is called',
    fromMs: createdMs,
    toMs: least(rangMs, ringEnd),
  };
  const rings: LegPart[] =
    rangMs === undefined || (ringEnd !== undefined && ringEnd <= rangMs)
      ? []
      : [{ look: 'ringing', what: 'rings', label: 'rings', fromMs: rangMs, toMs: ringEnd }];
  return [called, ...rings, ...aloneOf(leg, bridges)];
}

function least(...moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Answered, and bridged with nobody: an announcement, a queue, or a mistake. */
function aloneOf({ answeredMs, endedMs }: LegRecord, bridges: readonly BridgeRecord[]): LegPart[] {
  if (answeredMs === undefined) return [];
  const alone: Stretch[] = [];
  let from: number | undefined = answeredMs;
  for (const { fromMs, toMs } of bridges) {
    if (from !== undefined && fromMs > from) alone.push({ fromMs: from, toMs: fromMs });
    from = toMs === undefined || from === undefined ? undefined : Math.max(from, toMs);
  }
  if (from !== undefined && (endedMs === undefined || endedMs > from))
    alone.push({ fromMs: from, toMs: endedMs });
  return alone.map((stretch) => ({ ...stretch, look: 'answered', what: 'is on the line with nobody' }));
}

/** A bridge before the answer is early media: a tone or an announcement, no talk. */
function bridgeParts(leg: LegRecord, bridge: BridgeRecord, whom: string): LegPart[] {
  const { fromMs, toMs } = bridge;
  const answered = leg.answeredMs ?? Infinity;
  const early: LegPart = {
    fromMs,
    toMs: least(toMs, leg.answeredMs),
    look: 'bridged',
    what: `has early media with ${whom}`,
    label: `early media, ${whom}`,
    isStriped: true,
  };
  const talk: LegPart = {
    fromMs: Math.max(fromMs, leg.answeredMs ?? fromMs),
    toMs,
    look: 'bridged',
    what: `is bridged with ${whom}`,
    label: `with ${whom}`,
  };
  return [...(fromMs < answered ? [early] : []), ...((toMs ?? Infinity) > answered ? [talk] : [])];
}
