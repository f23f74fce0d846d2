import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { passwords } from '../apps/harness/src/phones/testing/phones';
import { TestExchange } from '../apps/harness/src/phones/testing/test-exchange';
import { hasWrtc } from '../apps/harness/src/phones/webrtc/load-wrtc';
import { builtApp } from '../apps/harness/src/processes/built-app';
import { until } from '../apps/harness/src/processes/until';

const PATIENCE_MS = 30_000;
const MINUTE = 60_000;

/** The phone of `./run phone`, as a process that is typed at. */
class TypedPhone {
  readonly #child: ChildProcess;
  #said = '';

  constructor(args: readonly string[], password: string) {
    this.#child = spawn(process.execPath, [builtApp('harness/src/main.js'), 'phone', ...args], {
      env: { ...process.env, PHONE_PASSWORD: password },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const output of [this.#child.stdout, this.#child.stderr])
      output?.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
  }

  get said(): string {
    return this.#said;
  }

  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async untilSays(what: RegExp): Promise<void> {
    await until(`the phone says ${String(what)}`, () => what.test(this.#said), { withinMs: PATIENCE_MS });
  }

  async end(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }
}

let exchange: TestExchange;
beforeEach(async () => (exchange = await TestExchange.open({ users: passwords('1001', '1002') })));
afterEach(() => exchange.close());

function phone(number: string, transport: 'tcp' | 'ws', ...more: string[]): TypedPhone {
  const { host, port } = exchange.network(transport).server;
  const where = ['--server', `${host}:${port}`, '--transport', transport, '--domain', 'test.example'];
  return new TypedPhone([number, ...where, ...more], `secret-${number}`);
}

async function talk(transport: 'tcp' | 'ws', ...more: string[]): Promise<void> {
  const boris = phone('1002', transport, '--answer', '--tone', '900', ...more);
  await boris.untilSays(/1002 says 900 Hz/);
  const anna = phone('1001', transport, '--tone', '1550', ...more);
  anna.type('call 1002');
  await Promise.all([anna.untilSays(/1001#1 hears 900 Hz/), boris.untilSays(/1002#1 hears 1550 Hz/)]);
  anna.type('status');
  await anna.untilSays(/1001 is registered and says 1550 Hz\n.*1001#1 with 1002: talking; hears 900 Hz/);
  anna.type('quit');
  expect(await anna.end()).toBe(0);
  await boris.untilSays(/1002#1 ended: hung-up by them/);
  boris.kill('SIGTERM');
  expect(await boris.end()).toBe(0);
  expect([exchange.knows('1001'), exchange.knows('1002')]).toEqual([false, false]);
}

describe('./run phone', () => {
  it('talks with another, shows what it hears, and leaves nothing behind', () => talk('tcp'), MINUTE);

  const withWrtc = hasWrtc() ? it : it.skip;
  withWrtc(
    'talks as a browser does, if the package for that is there',
    () => talk('ws', '--media', 'webrtc'),
    MINUTE,
  );

  it(
    'ends with a sentence when it cannot register',
    async () => {
      const { port } = exchange.network('tcp').server;
      const stranger = new TypedPhone(
        ['1001', '--server', `127.0.0.1:${port}`, '--domain', 'test.example'],
        'guessed',
      );
      expect(await stranger.end()).toBe(1);
      expect(stranger.said).toMatch(
        /^phone: sip:test\.example refused .* 403 Forbidden: the user or the password/,
      );
    },
    MINUTE,
  );
});
