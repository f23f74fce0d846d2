import { legOf, type Call } from './call';
import { earliest, isBefore, type Moment } from './moment';

/** A stay of a channel in a conference room. */
export interface RoomVisit {
  readonly channelUuid: string;
  readonly room: string;
  readonly from: Moment;
  /** Undefined while it lasts. */
  readonly until?: Moment;
}

/** The stays in conference rooms: each from the entering to the next leaving, or to the end of the channel. */
export function roomVisits(call: Call): RoomVisit[] {
  return call.rooms
    .filter(({ direction }) => direction === 'in')
    .map(({ channelUuid, room, moment }) => {
      const left = call.rooms.find(
        (move) =>
          move.direction === 'out' &&
          move.channelUuid === channelUuid &&
          move.room === room &&
          isBefore(moment, move.moment),
      );
      return {
        channelUuid,
        room,
        from: moment,
        until: earliest(left?.moment, legOf(call, channelUuid)?.ended?.moment),
      };
    });
}
