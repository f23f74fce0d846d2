import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headerText } from '../libs/testkit/src/captured-calls/captured-event';
import {
  ShippedStage,
  startShippedSwitch,
  type ShippedSwitch,
} from '../libs/testkit/src/embedded-switch/shipped-situations';
import { inTime } from '../libs/testkit/src/embedded-switch/testing/in-time';
import { wavHeader } from '../libs/testkit/src/recordings/wav-header';
import { TestPhone } from '../libs/testkit/src/embedded-switch/testing/test-phone';

jest.setTimeout(120_000);

const CALLS = 50;
const SECONDS_OF_TONE = 20;

/** Programs that somebody else has written: what they take for SIP is not what we take for SIP. */
function aboutProgram(name: string, debianPackage: string): jest.Describe {
  const isThere = spawnSync(name, ['-h']).error === undefined;
  if (!isThere)
    process.stderr.write(
      `No ${name}: it does not call through the embedded switch. apt-get install ${debianPackage}\n`,
    );
  return isThere ? describe : describe.skip;
}

let carrier: TestPhone;
let shipped: ShippedSwitch;
let stage: ShippedStage;
let folder: string;
let running: ChildProcess[];

beforeEach(async () => {
  running = [];
  folder = mkdtempSync(join(tmpdir(), 'sip-programs-'));
  carrier = await TestPhone.open({ user: '79161234567' });
  shipped = await startShippedSwitch({ CONNECTOR_TRUNK_HOST: `127.0.0.1:${carrier.port}` });
  stage = await ShippedStage.open(shipped.address, carrier);
});
afterEach(async () => {
  for (const program of running) {
    if (program.exitCode !== null || program.signalCode !== null) continue;
    program.kill('SIGKILL');
    await once(program, 'close');
  }
  await stage.close();
  await shipped.stop();
  rmSync(folder, { recursive: true });
});

function start(command: string, args: readonly string[]): ChildProcess {
  const program = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  program.stdout.resume();
  program.stderr.resume();
  running.push(program);
  return program;
}

const registered = (user: string) =>
  stage.event(
    'CUSTOM',
    (event) => event['Event-Subclass'] === 'sofia::register' && event['from-user'] === user,
  );

aboutProgram('sipp', 'sip-tester')('sipp and the embedded switch', () => {
  /** @returns the exit code: 0 = every call went as the scenario says */
  async function sipp(...args: string[]): Promise<number> {
    const program = start('sipp', ['-i', '127.0.0.1', '-nostdin', '-timeout', '30', ...args]);
    const [code] = (await once(program, 'close')) as [number];
    return code;
  }
  const scenario = (name: string, service: string): string[] => [
    ...['-sf', join(__dirname, 'sipp', `${name}.xml`), '-s', service],
    ...['-au', '1001', '-ap', shipped.address.phonePassword],
    `127.0.0.1:${shipped.address.phones}`,
  ];

  it('registers', async () => {
    expect(await sipp('-m', '1', ...scenario('register', '1001'))).toBe(0);
    await inTime(registered('1001'), () => stage.events);
  });

  it(`makes ${CALLS} calls at once, and none is lost`, async () => {
    const port = carrier.port;
    carrier.close();
    start('sipp', ['-sn', 'uas', '-i', '127.0.0.1', '-p', String(port), '-nostdin']);
    const calls = ['-m', String(CALLS), '-l', String(CALLS), '-r', '25'];
    expect(await sipp(...calls, ...scenario('call', '79161234567'))).toBe(0);
    await inTime(stage.idle(), () => stage.events);
    const causes = stage.events
      .filter((event) => event['Event-Name'] === 'CHANNEL_HANGUP_COMPLETE')
      .map((event) => headerText(event, 'Hangup-Cause'));
    expect(causes).toEqual(Array(2 * CALLS).fill('NORMAL_CLEARING'));
    expect(JSON.parse(await stage.esl.api('show channels as json'))).toEqual({ row_count: 0 });
    expect(shipped.embedded.errors).toEqual([]);
  });
});

aboutProgram('baresip', 'baresip')('baresip and the embedded switch', () => {
  /** A phone of 1001 that answers by itself, with a tone in place of a microphone. */
  function baresip(...commands: string[]): void {
    const { domain, phones, phonePassword } = shipped.address;
    mkdirSync(join(folder, 'baresip'));
    const tone = join(folder, 'tone.wav');
    const samples = Buffer.alloc(2 * 8000 * SECONDS_OF_TONE);
    for (let at = 0; at < samples.length; at += 2)
      samples.writeInt16LE(Math.round(8000 * Math.sin((Math.PI * 440 * at) / 8000)), at);
    writeFileSync(tone, Buffer.concat([wavHeader(1, 8000, samples.length), samples]));
    const account = `<sip:1001@${domain}>;auth_user=1001;auth_pass=${phonePassword};outbound="sip:127.0.0.1:${phones}";regint=60;answermode=auto`;
    writeFileSync(join(folder, 'baresip', 'accounts'), `${account}\n`);
    writeFileSync(join(folder, 'baresip', 'contacts'), '');
    writeFileSync(
      join(folder, 'baresip', 'config'),
      [
        'sip_listen 127.0.0.1:0',
        `audio_source aufile,${tone}`,
        `audio_player aufile,${join(folder, 'heard.wav')}`,
        'module_path /usr/lib/baresip/modules',
        ...['g711', 'aufile'].map((name) => `module ${name}.so`),
        ...['account', 'contact', 'menu'].map((name) => `module_app ${name}.so`),
        '',
      ].join('\n'),
    );
    start('baresip', ['-f', join(folder, 'baresip'), ...commands.flatMap((command) => ['-e', command])]);
  }

  it('registers, and is called by a client', async () => {
    baresip();
    await inTime(registered('1001'), () => stage.events);
    const call = await stage.callIn('74951234567');
    await inTime(call.status(200), () => stage.events);
    await inTime(stage.event('CHANNEL_BRIDGE'), () => stage.events);
    call.hangUp();
    await inTime(stage.idle(), () => stage.events);
    expect(shipped.embedded.errors).toEqual([]);
  });

  it('calls a client', async () => {
    const rings = carrier.incoming();
    baresip('/dial 79161234567');
    const client = await inTime(rings, () => stage.events);
    client.answer();
    await inTime(stage.event('CHANNEL_BRIDGE'), () => stage.events);
    client.hangUp();
    await inTime(stage.idle(), () => stage.events);
    expect(shipped.embedded.errors).toEqual([]);
  });
});
