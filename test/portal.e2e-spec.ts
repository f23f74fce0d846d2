import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FakePortalControl } from '@app/testkit';
import type { CloudAddresses } from '../apps/harness/src/portal/addresses';
import { builtApp } from '../apps/harness/src/processes/built-app';

jest.setTimeout(60_000);

const ROOT = join(__dirname, '..');

/** `./run portal` as its user meets it: a process, a port, and the page that documents it. */
function start(...args: readonly string[]): ChildProcess {
  const harness = builtApp('harness/src/main.js');
  return spawn(process.execPath, [harness, 'portal', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function addressesOf(portal: ChildProcess): Promise<CloudAddresses> {
  let line = '';
  for await (const chunk of portal.stdout!) {
    line += String(chunk);
    if (line.endsWith('\n')) break;
  }
  return JSON.parse(line) as CloudAddresses;
}

async function refusal(...args: readonly string[]): Promise<[number | null, string]> {
  const portal = start(...args);
  const [errors] = await Promise.all([text(portal.stderr!), once(portal, 'exit')]);
  return [portal.exitCode, errors];
}

describe('the fake portal as a command', () => {
  const running: ChildProcess[] = [];
  afterEach(async () => {
    for (const portal of running.splice(0)) {
      portal.kill('SIGKILL');
      if (portal.exitCode === null && portal.signalCode === null) await once(portal, 'exit');
    }
  });

  async function opened(
    ...args: readonly string[]
  ): Promise<{ portal: ChildProcess; addresses: CloudAddresses }> {
    const portal = start('--port', '0', '--json', ...args);
    running.push(portal);
    return { portal, addresses: await addressesOf(portal) };
  }

  it('listens, is steered from here, and ends with Ctrl-C', async () => {
    const { portal, addresses } = await opened('--portals', '2', '--enterprise', '--crm-mode', 'simple');
    const [first, second] = addresses.portals;
    const control = new FakePortalControl(first!.origin);
    expect((await control.see('limits')).rate).toEqual({ threshold: 250, leakPerSecond: 5 });
    expect((await control.see('company')).crmMode).toBe('simple');
    const profile = await fetch(`${second!.endpoint}profile?auth=${second!.accessToken}`);
    expect(await profile.json()).toMatchObject({ result: { ID: '1' } });
    expect(await (await fetch(`${first!.origin}/`)).text()).toContain(second!.origin);
    portal.kill('SIGINT');
    const [code] = (await once(portal, 'exit')) as [number | null];
    expect(code).toBe(130);
    await expect(fetch(first!.origin)).rejects.toThrow();
  });

  it('gives the same secrets with the same seed', async () => {
    const [one, other, third] = await Promise.all([opened(), opened(), opened('--seed', '2')]);
    const secretOf = ({ addresses }: typeof one) => addresses.portals[0]!.clientSecret;
    expect(secretOf(one)).toBe(secretOf(other));
    expect(secretOf(one)).not.toBe(secretOf(third));
  });

  it('says what is wrong with its arguments, its company and its port', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'company-'));
    const file = join(directory, 'company.yaml');
    writeFileSync(file, 'users: [{ id: 1, name: Anna, colour: red }]');
    const { addresses } = await opened();
    const taken = new URL(addresses.portals[0]!.origin).port;
    const refusals = await Promise.all([
      refusal('--portals', 'many'),
      refusal('--colour', 'red'),
      refusal('--company', file),
      refusal('--port', taken),
    ]);
    expect(refusals).toEqual([
      [2, '--portals takes a whole number from 1 to 20.\n'],
      [2, expect.stringContaining("'--colour'")],
      [2, `${file} is no company: users.0: Unrecognized key: "colour"\n`],
      [2, expect.stringContaining('Choose another --port')],
    ]);
    rmSync(directory, { recursive: true });
  });

  it('does all that its page says', async () => {
    const { addresses } = await opened();
    const [portal] = addresses.portals;
    const listener = createServer((incoming, outgoing) => incoming.resume().on('end', () => outgoing.end()));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const directory = mkdtempSync(join(tmpdir(), 'examples-'));
    const examples = examplesOf(readFileSync(join(ROOT, 'docs/fake-portal.md'), 'utf8'));
    expect(examples.length).toBeGreaterThan(10);
    try {
      const env = {
        ...process.env,
        PORTAL: portal!.origin,
        OAUTH: addresses.oauthOrigin,
        CLIENT_ID: portal!.clientId,
        CLIENT_SECRET: portal!.clientSecret,
        HANDLER: handlerOf(listener),
        TMPDIR: directory,
      };
      const outputs = await runAll(examples, env);
      for (const [index, { code, expected }] of examples.entries())
        expect({ code, output: outputs[index] }).toEqual({ code, output: asWritten(expected) });
    } finally {
      listener.close();
      rmSync(directory, { recursive: true });
    }
  });
});

const handlerOf = (listener: Server): string =>
  `http://127.0.0.1:${(listener.address() as AddressInfo).port}/events`;

interface Example {
  readonly language: 'sh' | 'mjs';
  readonly code: string;
  /** What the block after it shows: a part of the last line of JSON that is printed. */
  readonly expected: unknown;
}

/** Every block of code that is followed by a block of JSON, its answer. */
function examplesOf(page: string): readonly Example[] {
  const blocks = page.matchAll(/^```(sh|mjs)\n([^]*?)^```\n\n```json\n([^]*?)^```/gm);
  return [...blocks].map(([, language = '', code = '', expected = '']) => ({
    language: language as Example['language'],
    code,
    expected: JSON.parse(expected) as unknown,
  }));
}

/** `…` stands for anything, and what is shown is part of what comes. */
function asWritten(expected: unknown): unknown {
  if (expected === '…') return expect.anything();
  if (Array.isArray(expected)) return expected.map(asWritten);
  if (typeof expected !== 'object' || expected === null || Object.keys(expected).length === 0)
    return expected;
  const parts = Object.entries(expected).map(([key, value]) => [key, asWritten(value)]);
  return expect.objectContaining(Object.fromEntries(parts) as object);
}

const MARK = '=== end of example ===';

/** Runs the examples one after the other in one shell, as a reader would. Gives the last line of each, as JSON. */
async function runAll(examples: readonly Example[], env: NodeJS.ProcessEnv): Promise<readonly unknown[]> {
  const script = examples.map(({ language, code }) =>
    language === 'sh' ? code : `node --input-type=module <<'MODULE'\n${code}MODULE\n`,
  );
  const shell = spawn('bash', ['-euo', 'pipefail'], { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'pipe'] });
  shell.stdin.end(script.map((code) => `${code}\necho; echo '${MARK}'\n`).join(''));
  const [out, errors] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'exit')]);
  if (shell.exitCode !== 0) throw new Error(`an example failed: ${errors}\n${out}`);
  return out
    .split(MARK)
    .slice(0, examples.length)
    .map((printed) => lastJson(printed));
}

/** The answers of several requests stand on one line if none of them ended it. */
function lastJson(printed: string): unknown {
  const last = printed.trim().split('\n').at(-1) ?? '';
  const from = last.lastIndexOf('}{');
  return JSON.parse(from === -1 ? last : last.slice(from + 1));
}
