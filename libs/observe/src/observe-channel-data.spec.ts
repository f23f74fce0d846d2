import { observeChannelData } from './observe-channel-data';
import dumps from './testing/uuid-dumps.json';

const { clientInTalk, agentInTalk } = dumps;
const CLIENT = clientInTalk['Unique-ID'];
const AGENT = agentInTalk['Unique-ID'];
const at = (milliseconds: number) => ({ at: milliseconds, seq: 0 });

describe('a channel that was there before us (uuid_dump of a real switch)', () => {
  it('the client in a talk: who he is, when it rang, was answered and bridged', () => {
    const seen = { switchId: 'fs1', coreUuid: clientInTalk['Core-UUID'], channelUuid: CLIENT };
    expect(observeChannelData(clientInTalk, 'fs1')).toEqual([
      {
        type: 'ChannelSeen',
        ...seen,
        moment: at(1795344460151),
        origin: {
          direction: 'inbound',
          party: { kind: 'outside' },
          callerNumber: '79161234567',
          originalCallerNumber: '79161234567',
          callerName: 'Иван Петров',
          dialled: '74951234567',
        },
        linkedTo: [AGENT],
      },
      { type: 'ChannelRang', ...seen, moment: at(1795344460151) },
      { type: 'ChannelAnswered', ...seen, moment: at(1795344461691) },
      { type: 'ChannelsBridged', ...seen, moment: at(1795344461711), otherUuid: AGENT },
    ]);
  });

  it('the employee in the same talk', () => {
    expect(observeChannelData(agentInTalk, 'fs1')).toMatchObject([
      {
        type: 'ChannelSeen',
        origin: {
          direction: 'outbound',
          party: { kind: 'employee', extension: '1001', domain: '127.0.0.1' },
        },
        linkedTo: [CLIENT],
      },
      { type: 'ChannelRang' },
      { type: 'ChannelAnswered' },
      { type: 'ChannelsBridged', otherUuid: CLIENT },
    ]);
  });
});

describe('how far a channel got', () => {
  const typesOf = (changes: Readonly<Record<string, unknown>>) =>
    observeChannelData({ ...agentInTalk, ...changes }, 'fs1').map(({ type }) => type);

  it('it does not ring yet', () => {
    const times = {
      'Caller-Channel-Progress-Time': '0',
      'Caller-Channel-Answered-Time': '0',
      'Caller-Channel-Bridged-Time': '0',
    };
    expect(typesOf({ ...times, 'Channel-Call-State': 'DOWN' })).toEqual(['ChannelSeen']);
    expect(
      typesOf({
        ...times,
        'Channel-Call-State': 'EARLY',
        'Caller-Channel-Progress-Media-Time': '1795344460151759',
      }),
    ).toEqual(['ChannelSeen', 'ChannelRang']);
  });

  it.each(['ACTIVE', 'HELD', 'EARLY'])('bridged, in state %s', (state) => {
    expect(typesOf({ 'Channel-Call-State': state })).toContain('ChannelsBridged');
  });

  it('while it rings, the partner that it names is only the last that was dialled', () => {
    expect(typesOf({ 'Channel-Call-State': 'RINGING' })).not.toContain('ChannelsBridged');
    expect(typesOf({ 'Channel-Call-State': 'RING_WAIT' })).not.toContain('ChannelsBridged');
  });

  it('without a partner there is no bridge', () => {
    expect(typesOf({ variable_signal_bond: '', 'Other-Leg-Unique-ID': undefined })).not.toContain(
      'ChannelsBridged',
    );
  });

  it('the partner by its other header, our own id, and the number that was dialled at first', () => {
    const dump = {
      ...clientInTalk,
      variable_signal_bond: '_undef_',
      variable_connector_call_id: 'call-0001',
    };
    const seen = observeChannelData({ ...dump, 'Caller-Destination-Number': '1002' }, 'fs1');
    expect(seen[0]).toMatchObject({ callId: 'call-0001', origin: { dialled: '74951234567' } });
    expect(seen.at(-1)).toMatchObject({ type: 'ChannelsBridged', otherUuid: AGENT });
  });
});

describe('an answer that is no channel', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', '-ERR No such channel!'],
    ['a list', [1, 2]],
    ['an empty object', {}],
    ['a channel without a uuid', { ...agentInTalk, 'Unique-ID': '' }],
    ['a uuid that is no text', { ...agentInTalk, 'Unique-ID': 7 }],
    ['a channel that was never created', { ...agentInTalk, 'Caller-Channel-Created-Time': '0' }],
    ['a time that is none', { ...agentInTalk, 'Caller-Channel-Created-Time': '-5' }],
  ])('%s says nothing', (_what, dump) => {
    expect(observeChannelData(dump, 'fs1')).toEqual([]);
  });

  it('hostile values are read as by events: cleaned, cut, of several the first', () => {
    const dump = {
      ...clientInTalk,
      'Caller-Orig-Caller-ID-Name': 'Evil\nX',
      'Caller-Orig-Caller-ID-Number': ['+7916', '+7917'],
      'Caller-Caller-ID-Number': { a: 1 },
      'Channel-Name': null,
    };
    expect(observeChannelData(dump, 'fs1')[0]).toMatchObject({
      origin: { callerName: 'Evil X', originalCallerNumber: '+7916' },
    });
  });
});
