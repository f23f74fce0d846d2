import { UsageError } from '../../usage-error';
import type { AudioReport } from '../media/rtp-session';
import type { Phone } from '../phone/phone';
import { PhoneBox } from '../testing/phones';
import { CallChoice } from './call-choice';
import { COMMANDS, runLine } from './commands';
import { heardNow, levelBar } from './meter';
import { terminalOptions } from './options';

/** Longer than the waits inside, whose messages say more. */
jest.setTimeout(20_000);

describe('the command line', () => {
  it('needs a number and guesses the rest', () => {
    expect(terminalOptions(['1001'], {})).toMatchObject({
      number: '1001',
      network: { transport: 'tcp', server: { host: '127.0.0.1', port: 5060 } },
      domain: '127.0.0.1',
      toneHz: 550,
      answers: false,
      registers: true,
    });
  });

  it('takes the password from the environment, unless it is given', () => {
    const env = { PHONE_PASSWORD: 'hidden' };
    expect(terminalOptions(['1001'], env).password).toBe('hidden');
    expect(terminalOptions(['1001', '--password', 'shown'], env).password).toBe('shown');
  });

  it('understands servers of all transports', () => {
    const network = (...args: string[]) => terminalOptions(['1', ...args], {}).network;
    expect(network('--server', 'pbx.example:5080', '--transport', 'udp').server).toEqual({
      host: 'pbx.example',
      port: 5080,
    });
    expect(network('--transport', 'ws', '--server', 'pbx.example').server.port).toBe(5066);
    expect(network('--transport', 'ws', '--server', 'wss://pbx.example/sip')).toEqual({
      transport: 'ws',
      server: { host: 'pbx.example', port: 443 },
      url: 'wss://pbx.example/sip',
    });
  });

  it.each([
    [[], /one number/],
    [['1', '2'], /one number/],
    [['1', '--tone', '50'], /--tone takes a frequency/],
    [['1', '--transport', 'tls'], /--transport is one of: tcp, udp, ws/],
    [['1', '--server', 'a:b:c'], /no address of a server/],
    [['1', '--server', 'h:99999'], /no address of a server/],
    [['1', '--server', 'ws://h'], /is for --transport ws/],
    [['1', '--what'], /--what/],
  ])('refuses %j', (args, message) => {
    expect(() => terminalOptions(args, {})).toThrow(UsageError);
    expect(() => terminalOptions(args, {})).toThrow(message);
  });
});

describe('the meter', () => {
  it('goes from silence to loud', () => {
    expect([-Infinity, -90, -54, -30, -13, 0].map(levelBar)).toEqual([' ', ' ', '▁', '▄', '▇', '█']);
  });

  it('tells what is heard', () => {
    const audio = (state: AudioReport['state']) => ({ state, levelDb: -15.3 }) as AudioReport;
    expect(heardNow({ audio: audio('sound'), tonesNow: [480, 440] })).toBe('▆ -15 dB 440+480 Hz');
    expect(heardNow({ audio: audio('sound'), tonesNow: [] })).toBe('▆ -15 dB sound');
    expect(heardNow({ audio: audio('no-audio'), tonesNow: [] })).toBe('no sound');
  });
});

describe('commands', () => {
  const box = new PhoneBox();
  afterEach(() => box.close());

  /** A phone and somebody who types at it. */
  async function desk(
    number: string,
  ): Promise<{ phone: Phone; lines: string[]; type: (line: string) => Promise<void> }> {
    const phone = await box.direct(number);
    const lines: string[] = [];
    const choice = new CallChoice(() => phone.openCalls);
    const parts = { phone, choice, print: (line: string) => void lines.push(line), quit: () => undefined };
    return { phone, lines, type: (line) => runLine(parts, line) };
  }

  it('call, answer, hold, dial, show and hang up', async () => {
    const [anna, boris] = [await desk('1001'), await desk('1002')];
    await anna.type(`call ${boris.phone.contact}`);
    const into = await boris.phone.untilCalled();
    await boris.type('answer');
    const [out] = anna.phone.openCalls;
    await out!.untilHears(boris.phone.toneHz);
    await anna.type('hold');
    await into.untilHeldByThem();
    await anna.type('unhold');
    await anna.type('dtmf 42');
    await into.untilDigits('42');
    await out!.untilHears(boris.phone.toneHz);
    await anna.type('status');
    expect(anna.lines).toEqual([
      '1001 is not registered and says 550 Hz',
      expect.stringMatching(/^ {2}1001#1 with 1002: talking; hears \d+ Hz; sent \d+, got \d+, lost 0/),
    ]);
    await anna.type('hangup');
    expect(await into.untilEnded()).toMatchObject({ how: 'hung-up', by: 'them' });
  });

  it('an attended transfer is a second call, and then joining both', async () => {
    const [anna, boris, clara] = [await desk('1001'), await desk('1002'), await desk('1003')];
    await anna.type(`call ${boris.phone.contact}`);
    await boris.phone.untilCalled();
    await boris.type('answer');
    await anna.phone.calls[0]!.untilAnswered();
    await boris.type(`att-transfer ${clara.phone.contact}`);
    await clara.phone.untilCalled();
    await clara.type('answer');
    await boris.phone.calls[1]!.untilAnswered();
    await boris.type('att-transfer');
    await anna.phone.openCalls.at(-1)!.untilHears(clara.phone.toneHz);
    expect(boris.phone.openCalls).toEqual([]);
  });

  it('decline and redirect are for the call that rings', async () => {
    const [anna, boris] = [await desk('1001'), await desk('1002')];
    await anna.type(`call ${boris.phone.contact}`);
    await boris.phone.untilCalled();
    await boris.type('decline 603');
    expect(await anna.phone.calls[0]!.untilEnded()).toMatchObject({ statusCode: 603 });
    await anna.type(`call ${boris.phone.contact}`);
    await boris.phone.untilCalled();
    await boris.type('redirect 1003');
    expect(await anna.phone.calls[1]!.untilEnded()).toMatchObject({ how: 'redirected', target: '1003' });
  });

  it.each([
    ['answer', 'there is no call that could be answered'],
    ['hangup', 'there is no call that could be hung up'],
    ['call', 'say call NUMBER'],
    ['line 7', 'there is no call 7 now'],
    ['constructor', '"constructor" means nothing here'],
    ['wait x', 'a wait is from 0 to 3600 seconds'],
  ])('%s: %s', async (line, message) => {
    const { type } = await desk('1001');
    await expect(type(line)).rejects.toThrow(message);
  });

  it('help lists all of them', async () => {
    const { type, lines } = await desk('1001');
    await type('help');
    expect(lines).toHaveLength(Object.keys(COMMANDS).length);
  });
});
