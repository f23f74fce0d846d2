import { observeEvent } from './observe-event';
import { makeEvent, SEEN } from './testing/make-event';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const history = (epoch: number, what: string) => `${epoch}:${ID}:${what}`;

function transfersIn(name: string, headers: Readonly<Record<string, unknown>>) {
  return observeEvent(makeEvent(name, headers), 'fs1').filter(({ type }) => type === 'ChannelTransferred');
}
const told = (variable_transfer_history: unknown, headers: Readonly<Record<string, unknown>> = {}) =>
  transfersIn('CHANNEL_UNBRIDGE', { variable_transfer_history, ...headers });

describe('transfers that the switch wrote down', () => {
  it('a blind one: when, its id, and where to', () => {
    expect(told(history(1772442000, 'bl_xfer:1002/default/XML'))).toEqual([
      {
        type: 'ChannelTransferred',
        ...SEEN,
        moment: { at: 1772442000000, seq: 0 },
        transferId: ID,
        to: '1002',
      },
    ]);
  });

  it('several, as the json format tells them', () => {
    const both = [
      history(1772442000, 'bl_xfer:1002/default/XML'),
      history(1772442060, 'bl_xfer:6001/default/XML'),
    ];
    expect(told(both)).toMatchObject([{ to: '1002' }, { to: '6001' }]);
  });

  it('at the end of a bridge and of the channel, not with other events', () => {
    const headers = { variable_transfer_history: history(1772442000, 'bl_xfer:1002/default/XML') };
    expect(transfersIn('CHANNEL_HANGUP_COMPLETE', headers)).toHaveLength(1);
    expect(transfersIn('CHANNEL_ANSWER', headers)).toEqual([]);
  });

  it.each([
    ['an attended one, which its bridges show', history(1772442000, 'att_xfer:1001@office.example/1002')],
    ['a bridge by command', history(1772442000, 'uuid_br:other-leg')],
    ['no destination', history(1772442000, 'bl_xfer:')],
    ['no id', '1772442000::bl_xfer:1002/default/XML'],
    ['no time', `soon:${ID}:bl_xfer:1002/default/XML`],
    ['nothing', ''],
    ['nothing set', '_undef_'],
    ['anything', 'x'.repeat(10_000)],
    ['none', []],
    ['no text', { a: 1 }],
  ])('%s is none', (_what, text) => {
    expect(told(text)).toEqual([]);
  });

  it('a destination that a hostile phone chose is cleaned and cut', () => {
    expect(told(history(1772442000, 'bl_xfer:10\n02\u202e/default/XML'))).toMatchObject([{ to: '10 02' }]);
    expect(told(history(1772442000, `bl_xfer:${'1'.repeat(10_000)}/default/XML`))[0]).toMatchObject({
      to: '1'.repeat(64),
    });
    expect(told(history(1772442000, 'bl_xfer:\n/default/XML'))).toEqual([]);
  });
});

describe('who asked for it', () => {
  const refer = {
    'variable_sip_h_Referred-By': '"Anna" <sip:1001@office.example>;tag=1',
    variable_sip_refer_to: '<sip:1002@office.example>',
  };
  const to1002 = history(1772442000, 'bl_xfer:1002/default/XML');

  it('the phone that sent the REFER', () => {
    expect(told(to1002, refer)).toMatchObject([{ referredBy: '1001' }]);
    expect(
      told(to1002, { ...refer, 'variable_sip_h_Referred-By': 'sips:1001@office.example' }),
    ).toMatchObject([{ referredBy: '1001' }]);
  });

  it('the headers stay on the channel: they speak only of the transfer to their own target', () => {
    const both = [to1002, history(1772442060, 'bl_xfer:1003/default/XML')];
    expect(told(both, refer).map((seen) => 'referredBy' in seen)).toEqual([true, false]);
  });

  it.each([
    ['no REFER', {}],
    ['no target', { ...refer, variable_sip_refer_to: '_undef_' }],
    ['no name', { ...refer, 'variable_sip_h_Referred-By': '<sip:office.example>' }],
    ['nonsense', { ...refer, 'variable_sip_h_Referred-By': 'sip:'.repeat(2500) }],
  ])('nobody is named: %s', (_what, headers) => {
    expect(told(to1002, headers)[0]).not.toHaveProperty('referredBy');
  });
});
