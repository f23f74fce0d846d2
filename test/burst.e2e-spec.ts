import { join } from 'node:path';
import { migrate } from '@app/store';
import {
  createTestDatabase,
  createTestQueue,
  FakePortal,
  writeRecording,
  type RequestLogEntry,
  type RunningPortal,
  type TestDatabase,
  type TestQueue,
} from '@app/testkit';
import { RunDirectory } from '../apps/harness/src/demo/run-directory';
import { freePort } from '../apps/harness/src/processes/free-port';
import { Service } from '../apps/harness/src/processes/service';
import { until } from '../apps/harness/src/processes/until';
import { Office } from '../apps/worker/src/testing/office';
import { RECORDINGS_ON_SWITCH, toldCall } from '../apps/worker/src/testing/told-call';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PATIENCE_MS = 100_000;
/** The limit of an ordinary plan, 100 times faster: portal and governor alike. */
const FASTER = { capacity: 50, drainPerSecond: 200 };

let database: TestDatabase;
let queue: TestQueue;
let directory: RunDirectory;
let office: Office;
const endings: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  directory = new RunDirectory();
  [database, queue] = await Promise.all([createTestDatabase(), createTestQueue()]);
  await migrate(database.url);
  endings.push(
    () => Promise.all([database.drop(), queue.drop()]),
    () => Promise.resolve(directory.remove()),
  );
});

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function open(portal: FakePortal): Promise<RunningPortal> {
  const door = await portal.listen();
  endings.push(() => door.close());
  return door;
}

async function openOffice(portal: FakePortal): Promise<void> {
  const { endpoint } = await open(portal);
  office = await Office.open({
    ...{ databaseUrl: database.url, queueUrl: queue.url, recordings: directory.recordings },
    ...{ endpoint, accessToken: portal.accessToken, rateLimit: FASTER },
  });
  endings.push(() => office.close());
}

/** A worker as the process it is. */
async function startWorker(name: string, env: Readonly<Record<string, string>> = {}): Promise<Service> {
  const opsPort = await freePort();
  const switches = [{ id: 'main', recordings: [{ from: RECORDINGS_ON_SWITCH, to: directory.recordings }] }];
  const worker = new Service({
    app: 'worker',
    opsPort,
    logFile: directory.logFile(name),
    onDeath: (death) => {
      throw death;
    },
    env: {
      ...{ DATABASE_URL: database.url, QUEUE_URL: queue.url, SWITCHES: JSON.stringify(switches) },
      ...{ PORTAL_ALLOWED_ADDRESSES: 'http://127.0.0.1:*', LOG_LEVEL: 'warn', ...(process.env.PROF ? { NODE_OPTIONS: '-r /tmp/prof.js' } : {}), ...env },
    },
  });
  endings.push(() => worker.stop());
  await worker.start();
  return worker;
}

describe('a burst of 500 calls', () => {
  it(
    'XX',
    async () => {
      const portal = new FakePortal({
        rateLimit: { threshold: FASTER.capacity, leakPerSecond: FASTER.drainPerSecond },
      });
      await openOffice(portal);
      const live = Array.from({ length: 300 }, (_, n) => toldCall(`live-${n}`));
      const recorded = Array.from({ length: 100 }, (_, n) => toldCall(`recorded-${n}`, 'main'));
      const old = Array.from({ length: 100 }, (_, n) => toldCall(`old-${n}`, 'main', Date.now() - 3 * HOUR));
      for (const { ended } of recorded)
        writeRecording(join(directory.recordings, `${ended.callId}.wav`), { seconds: 0.1 });
      const workers = await Promise.all([startWorker('worker-1'), startWorker('worker-2')]);
      const cpu = () => {
        const { readFileSync } = require('node:fs'); const { execFileSync } = require('node:child_process');
        const of = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(f[11]) + Number(f[12])) / 100; };
        return { w: workers.map((w) => of(w.pid!)), me: of(process.pid), pg: Number(execFileSync('python3', ['/tmp/cpu.py', new URL(database.url).port]).toString()) };
      };
      console.log(cpu());

      const seen = new Map<string, number>(); let sampling = true;
      const sampler = (async () => { while (sampling) { for (const r of await office.rows<{ q: string; w: string | null }>("SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 60) AS q, wait_event AS w FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()")) { const k = r.q + ' | ' + r.w; seen.set(k, (seen.get(k) ?? 0) + 1); } await new Promise((r) => setTimeout(r, 25)); } })();
      const t0 = Date.now();
      await office.tell(...[...old, ...recorded].map(({ ended }) => ended));
      await office.tell(...live.map(({ ringing }) => ringing));
      const turns = new Map(live.map((call) => [call.ringing.callId, 'ringing' as 'ringing' | 'answered' | 'ended']));
      const byId = new Map(live.map((call) => [call.ringing.callId, call]));
      await until(
        'all is filed',
        async () => {
          const answered: string[] = [];
          const endedIds: string[] = [];
          for (const call of portal.state.calls.all) {
            const id = call.externalId ?? '';
            const turn = turns.get(id);
            if (turn === undefined) continue;
            const viewers = portal.screens.viewers(call.id).length;
            if (turn === 'ringing' && viewers === 2) answered.push(id);
            if (turn === 'answered' && viewers === 1) endedIds.push(id);
          }
          for (const id of answered) turns.set(id, 'answered');
          for (const id of endedIds) turns.set(id, 'ended');
          const calls = [
            ...answered.map((id) => byId.get(id)!.answered),
            ...endedIds.map((id) => byId.get(id)!.ended),
          ];
          if (calls.length > 0) await office.tell(...calls);
          const [row] = await office.rows<{ n: number }>(
            'SELECT count(*)::integer AS n FROM call_sync WHERE settled AND call_version = synced_version',
          );
          return row?.n === 500;
        },
        { withinMs: PATIENCE_MS },
      );
      const seconds = (Date.now() - t0) / 1000;
      sampling = false; await sampler; console.log([...seen].sort((a, b) => b[1] - a[1]).slice(0, 25).map(([k, n]) => n + ' ' + k).join('\n'));
      console.log(cpu());
      if (process.env.PROF) { for (const w of workers) process.kill(w.pid!, 'SIGUSR2'); await new Promise((r) => setTimeout(r, 4000)); }
      const requests = portal.requests.filter(({ inBatch }) => inBatch === undefined);
      const busy = requests.filter(({ status }) => status === 503).length;
      const kinds = new Map<string, number>();
      for (const { method } of portal.requests) kinds.set(method, (kinds.get(method) ?? 0) + 1);
      const rows = await office.rows<Record<string, unknown>>(
        `SELECT step_class, count(*)::integer, min(turn)::integer AS min, max(turn)::integer AS max,
           extract(epoch from min(started_at) - (select min(started_at) from portal_request))::float4 AS first,
           extract(epoch from max(started_at) - (select min(started_at) from portal_request))::float4 AS last,
           avg(extract(epoch from started_at - ready_at))::float4 AS waited, count(batch_id)::integer AS batched
         FROM portal_request GROUP BY step_class`,
      );
      const passed = await office.rows<Record<string, unknown>>(
        `SELECT low.step, low.turn, low.ready_at, high.step AS hstep, high.turn AS hturn, high.ready_at AS hready
         FROM portal_request low JOIN portal_request high ON high.step_class = 'live-card'
           AND low.step_class IN ('recording', 'backfill') AND high.turn > low.turn AND high.ready_at < low.ready_at LIMIT 5`,
      );
      console.log(await office.rows('SELECT datname, xact_commit FROM pg_stat_database WHERE xact_commit > 100'));
      console.log(seconds, requests.length, busy, kinds, rows, passed, portal.audit().slice(0, 5));
      expect(portal.state.statistics.size).toBe(500);
    },
    3 * MINUTE,
  );
});

export type { RequestLogEntry };
