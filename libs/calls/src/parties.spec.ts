import { partiesOf } from './parties';
import { callOf } from './testing/retell';
import { CLIENT_NUMBER, COMPANY_NUMBER, story, type Story } from './testing/story';

const partiesIn = (told: Story) => {
  const { principal, dialler, ...rest } = partiesOf(callOf(told));
  return { ...rest, principal: principal?.channelUuid, dialler: dialler?.channelUuid };
};

describe('who called whom', () => {
  it('a client who calls in makes an inbound call, with the number he dialled', () => {
    expect(
      partiesIn(
        story()
          .comesIn('client', { origin: { callerName: 'Anna' } })
          .dials('1001'),
      ),
    ).toEqual({
      direction: 'inbound',
      clickToCall: false,
      principal: 'client',
      dialler: undefined,
      externalNumber: CLIENT_NUMBER,
      externalName: 'Anna',
      did: COMPANY_NUMBER,
    });
  });

  it('the first caller counts: what FreeSWITCH handed on, not what a transfer made of it', () => {
    const origin = { callerNumber: '1002', originalCallerNumber: CLIENT_NUMBER };
    expect(partiesIn(story().comesIn('client', { origin })).externalNumber).toBe(CLIENT_NUMBER);
    const bare = { callerNumber: '+4930123456', originalCallerNumber: undefined };
    expect(partiesIn(story().comesIn('client', { origin: bare })).externalNumber).toBe('+4930123456');
  });

  it('an inbound call stays one when it is forwarded to a mobile', () => {
    expect(partiesIn(story().comesIn('client').dials('mobile'))).toMatchObject({
      direction: 'inbound',
      principal: 'client',
    });
  });

  it('an employee who dials a client makes an outbound call', () => {
    expect(partiesIn(story().phones('1001', CLIENT_NUMBER).dials('gateway'))).toMatchObject({
      direction: 'outbound',
      clickToCall: false,
      principal: 'gateway',
      dialler: '1001',
      externalNumber: CLIENT_NUMBER,
      did: COMPANY_NUMBER,
    });
  });

  it('an outbound call is one before, and even if, no gateway leg appears', () => {
    expect(partiesIn(story().phones('1001', CLIENT_NUMBER))).toMatchObject({
      direction: 'outbound',
      principal: undefined,
      externalNumber: CLIENT_NUMBER,
      did: undefined,
    });
  });

  it('of several gateways the one that was talked over is the client, else the last', () => {
    const told = story()
      .phones('1001', CLIENT_NUMBER)
      .dials('gateway-1')
      .ends('gateway-1', 'GATEWAY_DOWN')
      .dials('gateway-2');
    expect(partiesIn(told).principal).toBe('gateway-2');
    told.talk('1001', 'gateway-2').wait(9).hangsUp('gateway-2').dials('supplier');
    expect(partiesIn(told).principal).toBe('gateway-2');
  });

  it('employee to employee is internal: the caller is its principal', () => {
    expect(partiesIn(story().phones('1001', '1002').dials('1002'))).toMatchObject({
      direction: 'internal',
      principal: '1001',
      dialler: '1001',
    });
  });

  it('a colleague reached by his long number is a colleague, not a client', () => {
    const told = story().phones('1001', '+74951112233').dials('1002').talk('1001', '1002');
    expect(partiesIn(told)).toMatchObject({ direction: 'internal', principal: '1001' });
  });

  it('an internal call that goes on to a client becomes outbound', () => {
    const told = story().phones('1001', '1002').dials('1002').talk('1001', '1002').wait(5).dials('gateway');
    expect(partiesIn(told)).toMatchObject({
      direction: 'outbound',
      principal: 'gateway',
      externalNumber: CLIENT_NUMBER,
    });
  });
});

describe('click-to-call', () => {
  it('the switch calls the employee first: he is the dialler, the number shown to him the client', () => {
    expect(partiesIn(story().originates('1001'))).toMatchObject({
      direction: 'outbound',
      clickToCall: true,
      principal: undefined,
      dialler: '1001',
      externalNumber: CLIENT_NUMBER,
    });
  });

  it('the client dialled after it is the principal', () => {
    const told = story().originates('1001').rings('1001').answers('1001').dials('gateway');
    expect(partiesIn(told)).toMatchObject({ clickToCall: true, principal: 'gateway', dialler: '1001' });
  });

  it('of the two phones of the employee the one he took is the dialler', () => {
    const told = story().originates('1001', CLIENT_NUMBER, { callId: 'click-0001' });
    told
      .originates('1001-softphone', CLIENT_NUMBER, { callId: 'click-0001' })
      .rings('1001', '1001-softphone');
    expect(partiesIn(told).dialler).toBe('1001');
    told.wait(2).answers('1001-softphone').ends('1001', 'LOSE_RACE').dials('gateway');
    expect(partiesIn(told)).toMatchObject({
      clickToCall: true,
      dialler: '1001-softphone',
      principal: 'gateway',
    });
  });

  it('a callback that is offered to two colleagues is an outbound call before the client is dialled', () => {
    const told = story().originates('1001', CLIENT_NUMBER, { callId: 'callback-1' });
    told.originates('1002', CLIENT_NUMBER, { callId: 'callback-1' }).rings('1001', '1002');
    expect(partiesIn(told)).toMatchObject({
      direction: 'outbound',
      clickToCall: true,
      externalNumber: CLIENT_NUMBER,
    });
    expect(partiesIn(told.answers('1002').ends('1001', 'LOSE_RACE')).dialler).toBe('1002');
  });

  it('a colleague who comes to the call with one of his own did not dial it', () => {
    const told = story()
      .originates('1001')
      .rings('1001')
      .answers('1001')
      .wait(2)
      .phones('1002', '*8')
      .answers('1002');
    expect(partiesIn(told.bridges('1002', '1001'))).toMatchObject({
      direction: 'outbound',
      clickToCall: true,
      dialler: '1001',
    });
  });

  it('two colleagues joined by the switch are an internal call', () => {
    expect(partiesIn(story().originates('1001', '1002').answers('1001').dials('1002'))).toMatchObject({
      direction: 'internal',
      clickToCall: false,
    });
  });
});
