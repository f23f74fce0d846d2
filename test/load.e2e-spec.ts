import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakePortal } from '@app/testkit';
import type { EngineName } from '../apps/harness/src/load/engine/call-engine';
import { hasSipp } from '../apps/harness/src/load/engine/sipp-program';
import { readMix } from '../apps/harness/src/load/plan/mix';
import { SHIPPED_OFFICE } from '../apps/harness/src/load/plan/office';
import { loadExitCode, type LoadRecord } from '../apps/harness/src/load/report/load-record';
import { loadSummary } from '../apps/harness/src/load/report/load-summary';
import { runLoad } from '../apps/harness/src/load/run-load';
import { builtApp } from '../apps/harness/src/processes/built-app';
import { embeddedTarget } from '../apps/harness/src/world/embedded-target';
import { World } from '../apps/harness/src/world/world';

const MINUTE = 60_000;
jest.setTimeout(2 * MINUTE);

let world: World;
beforeAll(async () => {
  world = await World.build({
    settings: { switch: {}, connector: {} },
    openSwitch: (wanted, signal) => embeddedTarget({ ...wanted, signal }),
  });
});
afterAll(() => world.close());

/** Eight calls in four seconds: seldom enough for a busy machine. */
async function load(engine: EngineName, beforeJudging?: (portal: FakePortal) => void): Promise<LoadRecord> {
  return runLoad({
    world,
    office: SHIPPED_OFFICE,
    engine,
    order: {
      cps: 2,
      seconds: 4,
      mix: readMix('inbound=50,outbound=25,queue=25'),
      seed: 5,
      limit: { capacity: 1_000, drainPerSecond: 100 },
      drainSeconds: 30,
    },
    ...(beforeJudging && { beforeJudging }),
  });
}

const summaryUnless = (isGood: boolean, record: LoadRecord): string => (isGood ? '' : loadSummary(record));

it('every call is in the portal once and true; a row that somebody deletes there is missed', async () => {
  let client = '';
  const record = await load('phones', ({ state }) => {
    const [portalCallId = ''] = state.statistics.keys();
    client = state.calls.known(portalCallId)?.phone ?? '';
    state.statistics.delete(portalCallId);
  });
  const others = record.deviations.filter(({ call }) => !call?.includes(client));
  expect(summaryUnless(others.length === 0, record)).toBe('');
  expect(record.deviations).toMatchObject([
    { kind: 'wrong', expected: 'registered and filed once', came: 'registered 1 times, filed 0 times' },
  ]);
  expect(loadExitCode(record)).toBe(1);
  const { planned, lostSlots, established, refused, givenUp, lost } = record.calls;
  expect([planned, lost]).toEqual([8, 0]);
  expect(established + refused + givenUp + lostSlots).toBe(8);
  expect(record.measures.ringToCard?.count).toBeGreaterThan(0);
  expect(record.measures.dialToCard?.count).toBeGreaterThan(0);
});

const withSipp = hasSipp() ? it : it.skip;
if (!hasSipp())
  process.stderr.write('No sipp: the load is made by phones alone. apt-get install sip-tester\n');
withSipp('the same by sipp, with nothing spoilt', async () => {
  const record = await load('sipp');
  expect(summaryUnless(record.deviations.length === 0, record)).toBe('');
  expect(record).toMatchObject({ complaints: [], calls: { attempted: 8, lost: 0 }, portal: { filed: 8 } });
  expect(loadExitCode(record)).toBe(0);
});

describe('./run load', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'connector-load-test-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function run(...args: string[]) {
    const harness = spawn(process.execPath, [builtApp('harness/src/main.js'), 'load', ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const output of [harness.stdout, harness.stderr])
      output.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(harness, 'close');
    return { code: harness.exitCode, said };
  }

  it('refuses what cannot be done', async () => {
    const { code, said } = await run('--phones', '--cps', '50');
    expect(said).toContain('With phones --cps goes to 20');
    expect(code).toBe(2);
  });
});
