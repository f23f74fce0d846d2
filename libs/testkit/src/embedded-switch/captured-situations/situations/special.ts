import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { TestCall } from '../../testing/test-call';
import type { Stage } from '../stage';
import { answered, type Script } from './inbound';

/** Status lines of "agent-phone-other-sip-errors", in its order. */
const REFUSALS = [
  '480 Temporarily Unavailable',
  '404 Not Found',
  '488 Not Acceptable Here',
  '500 Server Internal Error',
  '503 Service Unavailable',
  '606 Not Acceptable',
];

const HOSTILE_NAME = [
  'Evil%0AHangup-Cause: FAKE%0D%0A%0AContent-Length: 5 \\"quoted\\" {a=b,c=d}[e=f] ${uuid} \'single\', semi;colon',
  ' | pipe <tag> \\\\ back ^^:x:y % %25 end ',
  'X'.repeat(58),
].join('');

/** A call from outside that is answered, under a name. */
async function answeredAs(stage: Stage, user: string, displayName: string, did: string): Promise<void> {
  const rings = (await stage.phone('1001')).incoming();
  const call = await stage.callIn(did, { user, displayName });
  const agent = await rings;
  agent.ring();
  await call.status(183);
  agent.answer();
  await call.status(200);
  await stage.event('CALL_UPDATE', (event) => {
    return event['Call-Direction'] === 'inbound' && event['Caller-Caller-ID-Number'] === user;
  });
  call.hangUp();
  await agent.ended();
  await stage.idle();
}

/** A program that the switch connects to: answers, plays a second, bridges to 1001. */
export class CallProgram {
  readonly heard: string[] = [];
  #socket: Socket | undefined;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<CallProgram> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const program = new CallProgram(server);
    server.on('connection', (socket) => program.#converse(socket));
    return program;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get text(): string {
    return this.heard.join('');
  }

  close(): void {
    this.#socket?.destroy();
    this.server.close();
  }

  #converse(socket: Socket): void {
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => this.heard.push(chunk.toString()));
    socket.write('connect\n\nlinger 1\n\nmyevents json\n\n');
    socket.write(execute('answer', ''));
    socket.write(
      execute('playback', 'tone_stream://%(1000,0,440)', ['Event-UUID: pb-1', 'event-lock: true']),
    );
    socket.write(execute('bridge', 'user/1001@127.0.0.1', ['event-lock: true']));
  }
}

function execute(application: string, data: string, more: readonly string[] = []): string {
  const lines = ['sendmsg', 'call-command: execute', `execute-app-name: ${application}`, ...more];
  if (data !== '') lines.push(`execute-app-arg: ${data}`);
  return `${lines.join('\n')}\n\n`;
}

/** Each call begins when the phone of the one before rings. */
async function fiftyCalls(stage: Stage): Promise<void> {
  const extensions = ['1001', '1002', '1003', '1004', '1005'];
  const phones = await Promise.all(extensions.map((extension) => stage.phone(extension)));
  const talks: Promise<void>[] = [];
  for (let index = 0; index < 50; index += 1) {
    const rings = phones[index % 5]!.incoming();
    const call = await stage.callIn(`7495200${extensions[index % 5]}`, {
      user: `7916100${String(index).padStart(4, '0')}`,
      displayName: `Клиент ${index}`,
    });
    talks.push(talkOfFifty(stage, call, await rings));
  }
  await Promise.all(talks);
}

async function talkOfFifty(stage: Stage, call: TestCall, agent: TestCall): Promise<void> {
  agent.ring();
  await call.status(183);
  await stage.talk(100);
  agent.answer();
  await call.status(200);
  await stage.talk(500);
  call.hangUp();
  await agent.ended();
}

export const SPECIAL: Readonly<Record<string, Script>> = {
  'agent-phone-other-sip-errors': async (stage) => {
    const phone = await stage.phone('1001');
    for (const line of REFUSALS) {
      const rings = phone.incoming();
      const call = await stage.callIn('74951234567', {
        user: `79160010${line.slice(0, 3)}`,
        displayName: undefined,
      });
      (await rings).refuse(line);
      await call.message(({ start }) => /^SIP\/2.0 [456]/.test(start));
      await stage.idle();
    }
  },
  'caller-name-injection': async (stage) => {
    await answeredAs(stage, '79161234567', HOSTILE_NAME, '74951234567');
    await answeredAs(stage, '79161234568', 'Ж'.repeat(200), '74951234573');
  },
  'outbound-socket-async-full': async (stage) => {
    const program = await CallProgram.open();
    await stage.embedded.api(`global_setvar socket_port=${program.port}`);
    const rings = (await stage.phone('1001')).incoming();
    const call = await stage.callIn('74951234571');
    await call.status(200);
    const agent = await rings;
    agent.ring();
    agent.answer();
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.hangUp();
    await agent.ended();
    await stage.idle();
    program.close();
  },
  'fifty-concurrent-calls': fiftyCalls,
  'loopback-leg-in-group': async (stage) => {
    const agentRings = (await stage.phone('1001')).incoming();
    const mobileRings = stage.carrier.incoming();
    const call = await stage.callIn('74951234578');
    (await agentRings).ring();
    const mobile = await mobileRings;
    await stage.event('CHANNEL_PROGRESS');
    mobile.ring();
    await stage.event('CHANNEL_BRIDGE');
    mobile.answer();
    await call.status(200);
    // the loopback bows out: the two real legs are connected
    await stage.event('CHANNEL_BRIDGE', () => true, 3);
    await stage.event('CALL_UPDATE', () => true, 6);
    call.hangUp();
    await mobile.ended();
  },
  'switch-graceful-shutdown-midcall': async (stage) => {
    await stage.phone('1002');
    const { call, agent } = await answered(stage);
    const rings = (await stage.phone('1002')).incoming();
    const other = await stage.callIn('74952001002', {
      user: '79161234568',
      displayName: 'Анна',
    });
    (await rings).ring();
    await other.status(183);
    void stage.embedded.api('fsctl shutdown');
    await Promise.all([call.ended(), agent.ended(), stage.esl.ended]);
  },
  'switch-crash-midcall': async (stage) => {
    const phones = [await stage.phone('1001'), await stage.phone('1002'), await stage.phone('1003')];
    const callers: readonly [string, string][] = [
      ['74951234567', 'Иван Петров'],
      ['74952001002', 'Анна'],
      ['74952001003', 'Пётр'],
    ];
    for (const [index, phone] of phones.entries()) {
      const rings = phone.incoming();
      const [did, displayName] = callers[index]!;
      const call = await stage.callIn(did, { user: `7916123456${index + 7}`, displayName });
      const agent = await rings;
      agent.ring();
      await call.status(183);
      if (index === 2) continue;
      agent.answer();
      await call.status(200);
      await stage.event('CALL_UPDATE', () => true, 2 * (index + 1));
    }
    await stage.event('CHANNEL_CALLSTATE', (event) => event['Channel-Call-State'] === 'EARLY', 3);
    await stage.embedded.crash();
    await stage.esl.ended;
    await stage.reconnect();
    await answeredAs(stage, '79161234570', 'После сбоя', '74951234567');
  },
};
