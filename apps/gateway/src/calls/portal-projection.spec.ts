import { Switchboard, type Call, type ChannelOrigin, type Observation } from '@app/calls';
import { PortalProjection } from './portal-projection';

type Told<O = Observation> = O extends Observation ? Omit<O, 'switchId' | 'coreUuid' | 'moment'> : never;

/** A call on a switch, told event by event, a second apart. */
function toldCall() {
  const board = new Switchboard({ callIdFor: (channelUuid) => `call-of-${channelUuid}` });
  let seconds = 0;
  return (told: Told): Call => {
    seconds += 1;
    const moment = { at: 1_800_000_000_000 + seconds * 1_000, seq: seconds };
    const { changes } = board.take({ switchId: 'main', coreUuid: 'core', moment, ...told });
    const [change] = changes;
    if (!change) throw new Error(`${told.type} changed nothing`);
    return change.call;
  };
}

const CLIENT: ChannelOrigin = {
  direction: 'inbound',
  party: { kind: 'outside' },
  callerNumber: '79161234567',
  dialled: '74951234567',
};
const ANNA: ChannelOrigin = { direction: 'outbound', party: { kind: 'employee', extension: '1001' } };

describe('what rings for a call', () => {
  it('is each change of what some portal could be asked to show, whatever its settings', () => {
    const tell = toldCall();
    const projection = new PortalProjection();
    const rings = (told: Told) => projection.hasChanged(tell(told));
    rings({ type: 'ChannelSeen', channelUuid: 'client', origin: CLIENT, linkedTo: [] });
    rings({ type: 'ChannelSeen', channelUuid: 'anna', origin: ANNA, linkedTo: ['client'] });
    expect(rings({ type: 'ChannelRang', channelUuid: 'anna' })).toBe(true);
    expect(rings({ type: 'ChannelAnswered', channelUuid: 'anna' })).toBe(false);
    expect(rings({ type: 'ChannelAnswered', channelUuid: 'client' })).toBe(false);
    // Who wants his card on answer sees it only now, and the gateway cannot know who does.
    expect(rings({ type: 'ChannelsBridged', channelUuid: 'client', otherUuid: 'anna' })).toBe(true);
    expect(rings({ type: 'ChannelHeld', channelUuid: 'anna' })).toBe(false);
  });
});
