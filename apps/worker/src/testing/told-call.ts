import { Switchboard, type Call, type ChannelOrigin, type Observation } from '@app/calls';

type Told<T = Observation> = T extends Observation ? Omit<T, 'switchId' | 'coreUuid' | 'moment'> : never;

const CLIENT: ChannelOrigin = {
  direction: 'inbound',
  party: { kind: 'outside' },
  callerNumber: '+79161234567',
  dialled: '+74951234567',
};

/** Where the switch says that recordings of calls are. */
export const RECORDINGS_ON_SWITCH = '/var/lib/freeswitch/recordings';

/**
 * A recorded inbound call that 1001 and 1002 ring for and 1001 answers: as it is after each of its three turns.
 *
 * @param startedAt epoch ms
 */
export function toldCall(
  callId: string,
  switchId = 'main',
  startedAt = Date.now(),
): { ringing: Call; answered: Call; ended: Call } {
  const board = new Switchboard({ callIdFor: () => callId });
  const path = `${RECORDINGS_ON_SWITCH}/${callId}.wav`;
  const [client, first, second] = [`${callId}-client`, `${callId}-1001`, `${callId}-1002`];
  let seq = 0;
  const tell = (seconds: number, ...told: Told[]): Call => {
    const calls = told.flatMap((one) => {
      const moment = { at: startedAt + seconds * 1000, seq: (seq += 1) };
      return board.take({ ...one, switchId, coreUuid: 'core-1', moment }).changes.map(({ call }) => call);
    });
    const last = calls.at(-1);
    if (!last) throw new Error('nothing has changed');
    return last;
  };
  const rings = (channelUuid: string, extension: string): Told[] => [
    { type: 'ChannelSeen', channelUuid, origin: phone(extension), linkedTo: [client] },
    { type: 'ChannelRang', channelUuid },
  ];
  const ends = (channelUuid: string, hangupCause: string): Told => {
    return { type: 'ChannelEnded', channelUuid, hangupCause, transferredAway: false };
  };
  return {
    ringing: tell(
      0,
      { type: 'ChannelSeen', channelUuid: client, origin: CLIENT, linkedTo: [] },
      ...rings(first, '1001'),
      ...rings(second, '1002'),
    ),
    answered: tell(
      4,
      { type: 'ChannelAnswered', channelUuid: first },
      { type: 'ChannelAnswered', channelUuid: client },
      { type: 'RecordingStarted', channelUuid: client, path },
      { type: 'ChannelsBridged', channelUuid: client, otherUuid: first },
      ends(second, 'LOSE_RACE'),
    ),
    ended: tell(
      64,
      { type: 'RecordingStopped', channelUuid: client, path, discarded: false },
      ends(client, 'NORMAL_CLEARING'),
      ends(first, 'NORMAL_CLEARING'),
    ),
  };
}

function phone(extension: string): ChannelOrigin {
  return { direction: 'outbound', party: { kind: 'employee', extension }, dialled: extension };
}
