import { legOf, type Call, type Leg } from './call';
import type { Moment } from './moment';
import { partiesOf, type Parties } from './parties';
import { hearingsOf } from './sound';

/** A stretch in which the principal of the call talked with the same people. */
export interface Talk {
  readonly from: Moment;
  readonly until?: Moment;
  /** Who talked with the principal: legs of employees, or an outside phone the call was forwarded to. */
  readonly partners: readonly Leg[];
  readonly inRoom: boolean;
}

/** The talks of the call with its principal (the client; in an internal call the caller), in order. */
export function talksOf(call: Call, parties: Parties = partiesOf(call)): Talk[] {
  const { principal } = parties;
  if (!principal) return [];
  return hearingsOf(call, principal.channelUuid).map(({ from, until, heard, inRoom }) => ({
    from,
    until,
    inRoom,
    partners: heard.map((uuid) => legOf(call, uuid)).filter((leg) => leg !== undefined),
  }));
}

/** Length of a stretch in seconds; `now` closes one that goes on. */
export function secondsOf(stretch: { from: Moment; until?: Moment }, now: number): number {
  return Math.max(0, (stretch.until?.at ?? now) - stretch.from.at) / 1000;
}
