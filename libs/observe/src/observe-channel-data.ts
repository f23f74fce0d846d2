import type { Moment, Observation } from '@app/calls';
import { present, timeHeader, variable, type ReadHeader } from './channel-headers';
import { channelOrigin, linkedChannels, ownCallId } from './channel-origin';

/**
 * What a `uuid_dump UUID json` says of a channel that was already there when we came (or came back): that it exists,
 * whether it rang and was answered, and whom it is bridged with. The moments are the switch's own; what happened in
 * between (transfers, holds) is not told.
 *
 * @param dump the answer of the switch, parsed; anything else than a channel gives nothing
 */
export function observeChannelData(dump: unknown, switchId: string): Observation[] {
  const read = reader(dump);
  const channelUuid = read('Unique-ID');
  const createdAt = timeHeader(read, 'Caller-Channel-Created-Time');
  if (!channelUuid || createdAt === undefined) return [];
  const seen = { switchId, coreUuid: read('Core-UUID') ?? '', channelUuid };
  const callId = ownCallId(read);
  const ringing =
    timeHeader(read, 'Caller-Channel-Progress-Time') ??
    timeHeader(read, 'Caller-Channel-Progress-Media-Time');
  const answered = timeHeader(read, 'Caller-Channel-Answered-Time');
  const bridged = timeHeader(read, 'Caller-Channel-Bridged-Time');
  const partner = bridgedWith(read);
  return [
    {
      type: 'ChannelSeen',
      ...seen,
      moment: moment(createdAt),
      origin: channelOrigin(read),
      linkedTo: linkedChannels(read),
      ...(callId !== undefined && { callId }),
    },
    ...(ringing === undefined ? [] : [{ type: 'ChannelRang' as const, ...seen, moment: moment(ringing) }]),
    ...(answered === undefined
      ? []
      : [{ type: 'ChannelAnswered' as const, ...seen, moment: moment(answered) }]),
    ...(bridged === undefined || partner === undefined
      ? []
      : [{ type: 'ChannelsBridged' as const, ...seen, moment: moment(bridged), otherUuid: partner }]),
  ];
}

const moment = (at: number): Moment => ({ at, seq: 0 });

/** `signal_bond` is the partner while bridged, but the last created leg while ringing: only trusted in a talk. */
function bridgedWith(read: ReadHeader): string | undefined {
  const state = read('Channel-Call-State');
  if (state !== 'ACTIVE' && state !== 'HELD' && state !== 'EARLY') return undefined;
  return variable(read, 'signal_bond') ?? present(read('Other-Leg-Unique-ID'));
}

function reader(dump: unknown): ReadHeader {
  const record: Readonly<Record<string, unknown>> =
    typeof dump === 'object' && dump !== null ? { ...dump } : {};
  return (name) => {
    const value: unknown = record[name];
    // FreeSWITCH sends a variable that was pushed to more than once as an array.
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? first : undefined;
  };
}
