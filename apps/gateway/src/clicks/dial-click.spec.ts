import { orderFor, type Call, type ClickEnd, type ClickOrder, type StandIn } from '@app/calls';
import { EslCommandError, EslConnectionLostError, EslTimeoutError, type LinkState } from '@app/esl';
import { createLogger } from '@app/observability';
import { DialClick, SwitchAwayError } from './dial-click';

const ORDER: ClickOrder = {
  callId: 'call-00000001',
  switchId: 'main',
  click: {
    kind: 'click',
    portalId: 'acme',
    userId: 1,
    phone: { kind: 'extension', extension: '1001', domain: 'pbx.internal' },
    number: '+79161234567',
    agentUuid: '0c5d9f1e-8c1b-4e7a-9d6b-6f1a2b3c4d5e',
  },
  dialling: { digits: '79161234567', ringSeconds: 30, line: '74951234567' },
  dialBefore: 0,
};

interface Scene {
  readonly state?: LinkState;
  readonly contacts?: string | ((address: string) => string);
  readonly order?: ClickOrder | undefined;
  /** What comes of the originate. */
  readonly originate?: () => Promise<unknown>;
  /** The click is over by the time the switch has said where the phones are. */
  readonly isOver?: boolean;
}

/** Dials, and tells what was sent and how the click was ended. */
async function dialled(scene: Scene) {
  const { state = 'up', contacts = 'sofia/internal/sip:1001@10.0.0.9', isOver = false } = scene;
  const order = 'order' in scene ? scene.order : ORDER;
  const sent: string[] = [];
  const ends: Omit<ClickEnd, 'moment'>[] = [];
  const expected: Call[] = [];
  const link = {
    state,
    api: (command: string, args = '') => {
      sent.push(`${command} ${args}`);
      return Promise.resolve(typeof contacts === 'string' ? contacts : contacts(args));
    },
    bgapi: async (command: string, args = '') => {
      sent.push(`${command} ${args}`);
      await scene.originate?.();
      return { jobUuid: 'job', result: '+OK' };
    },
  };
  const intake = {
    expectClick: (call: Call) => void expected.push(call),
    awaitsChannel: () => !isOver,
    endClick: (_callId: string, end: Omit<ClickEnd, 'moment'>) => void ends.push(end),
  };
  const call = { callId: ORDER.callId } as Call;
  const clicks = {
    orderOf: () => Promise.resolve(order),
    take: (_callId: string, _now: number, standIn?: StandIn) =>
      Promise.resolve(order && { order: standIn ? orderFor(order, standIn) : order, call }),
  };
  const log = createLogger({ app: 'gateway', level: 'silent' });
  await new DialClick({ link, intake }, clicks, { mobileGateway: 'trunk' }, log).dial(ORDER.callId);
  // Whatever the switch answers is dealt with by then: there is nothing but promises that are kept.
  await new Promise(setImmediate);
  return { sent, ends, expected };
}

describe('dialling a click', () => {
  it('asks where the phone is, then originates with the uuid of the order', async () => {
    const { sent, ends, expected } = await dialled({});
    expect(sent).toEqual([
      'sofia_contact */1001@pbx.internal',
      'originate {origination_uuid=0c5d9f1e-8c1b-4e7a-9d6b-6f1a2b3c4d5e,connector_call_id=call-00000001,' +
        'connector_line=74951234567,origination_caller_id_number=79161234567,' +
        'origination_caller_id_name=79161234567,leg_timeout=30,ignore_early_media=true}' +
        'user/1001@pbx.internal 79161234567 XML click-to-call undef undef 30',
    ]);
    expect(ends).toEqual([]);
    expect(expected).toHaveLength(1);
  });

  it('leaves the uuid out for somebody with two phones, of which only one would ring', async () => {
    const { sent } = await dialled({ contacts: 'sofia/internal/sip:a,sofia/internal/sip:b' });
    expect(sent[1]).not.toContain('origination_uuid');
  });

  it.each([
    ['whose phone is there', ['1001', '1002', '1003'], '1001'],
    ['who stands in, when it is not', ['1003'], '1003'],
    ['who was picked, when nobody is there: the switch says why', [], '1001'],
  ])('calls the one for a callback %s', async (_whom, there, called) => {
    const standIn = (userId: number, extension: string): StandIn => ({
      userId,
      phone: { kind: 'extension', extension, domain: 'pbx.internal' },
    });
    const order = { ...ORDER, standIns: [standIn(2, '1002'), standIn(3, '1003')] };
    const contacts = (address: string) =>
      there.some((one) => address.includes(one))
        ? 'sofia/internal/sip:x@10.0.0.9'
        : 'error/user_not_registered';
    const { sent } = await dialled({ order, contacts });
    expect(sent.at(-1)).toContain(`}user/${called}@pbx.internal `);
  });

  it('calls a mobile over a gateway', async () => {
    const mobile = {
      ...ORDER,
      click: { ...ORDER.click, phone: { kind: 'mobile', number: '+79160000001' } as const },
    };
    const { sent } = await dialled({ order: mobile });
    expect(sent).toEqual([expect.stringContaining('}sofia/gateway/trunk/79160000001 79161234567 XML')]);
  });

  it('sends nothing while the switch is away, nor what somebody else has taken, nor what is over meanwhile', async () => {
    await expect(dialled({ state: 'connecting' })).rejects.toThrow(SwitchAwayError);
    expect((await dialled({ order: undefined })).sent).toEqual([]);
    expect((await dialled({ isOver: true })).sent).toEqual(['sofia_contact */1001@pbx.internal']);
  });

  it('sends nothing that is no number, whoever made the order', async () => {
    const dialling = { ...ORDER.dialling, digits: '1,user/2' };
    const { sent, ends } = await dialled({ order: { ...ORDER, dialling } });
    expect(sent).toHaveLength(1);
    expect(ends).toEqual([{ trouble: 'unreachable' }]);
  });

  it.each<[string, Error, object[]]>([
    [
      'a cause ends it with that cause',
      new EslCommandError('bgapi originate', '-ERR USER_NOT_REGISTERED\n'),
      [{ trouble: 'unreachable', hangupCause: 'USER_NOT_REGISTERED' }],
    ],
    [
      'a refusal ends it',
      new EslCommandError('bgapi originate', '-ERR permission denied'),
      [{ trouble: 'unreachable' }],
    ],
    ['a link that was gone before ends it', new EslConnectionLostError('down'), [{ trouble: 'switch-away' }]],
    ['a link that broke leaves it to the resync', new EslConnectionLostError('lost', { sent: true }), []],
    ['no answer at all ends it', new EslTimeoutError('bgapi originate', 1, true), [{ trouble: 'lost' }]],
  ])('%s', async (_what, error, ends) => {
    expect((await dialled({ originate: () => Promise.reject(error) })).ends).toEqual(ends);
  });
});
