import type { EventRecord } from '../../captured-calls/captured-event';
import type { Channel } from './channel';
import { carriesVariables, channelHeaders, variableHeaders } from './channel-headers';

/** Headers of an event beside those of the channel. */
export interface EventExtras {
  /** Before the channel's own. */
  readonly first?: EventRecord;
  /** After them. */
  readonly last?: EventRecord;
  /** Keys that stand twice in the json. */
  readonly doubled?: readonly string[];
  /** The variables are left out, although events of that name have them. */
  readonly isBasic?: boolean;
}

/** Lets an event of a channel happen. */
export function fire(
  channel: Channel,
  name: string,
  { first, last, doubled, isBasic = false }: EventExtras = {},
): void {
  const { core } = channel;
  const subclass = first?.['Event-Subclass'];
  const isHeard = core.events.isHeard(name, typeof subclass === 'string' ? subclass : undefined);
  const withVariables = isHeard && !isBasic && (carriesVariables(name) || core.isVerbose);
  core.events.fire(
    name,
    {
      ...first,
      ...channelHeaders(channel),
      ...(withVariables ? variableHeaders(channel) : isHeard ? {} : accountOf(channel, name)),
      ...last,
    },
    doubled,
  );
}

/** `CUSTOM` of a module about a channel. */
export function fireCustom(channel: Channel, subclass: string, headers: EventRecord = {}): void {
  fire(channel, 'CUSTOM', { first: { 'Event-Subclass': subclass }, last: headers });
}

/** All that can be said of a channel now: `uuid_dump`. */
export function channelData(channel: Channel): EventRecord {
  return { ...channelHeaders(channel), ...variableHeaders(channel) };
}

/** The one variable that the table of channels wants to know when nobody else listens. */
function accountOf({ variables }: Channel, eventName: string): EventRecord {
  const account = carriesVariables(eventName) ? variables.get('accountcode') : undefined;
  return account === undefined ? {} : { variable_accountcode: account };
}
