import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { migrate } from '@app/store';
import {
  createTestDatabase,
  createTestQueue,
  FakeCloud,
  FakePortal,
  openCapture,
  ReplaySwitch,
  writeRecording,
  type EventRecord,
  type PlayOptions,
  type RequestLogEntry,
  type TestDatabase,
  type TestQueue,
} from '@app/testkit';
import { RunDirectory } from '../apps/harness/src/demo/run-directory';
import { freePort } from '../apps/harness/src/processes/free-port';
import { Service } from '../apps/harness/src/processes/service';
import { until } from '../apps/harness/src/processes/until';
import { Office, SECRET_KEYS } from '../apps/worker/src/testing/office';
import { RECORDINGS_ON_SWITCH, toldCall } from '../apps/worker/src/testing/told-call';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PATIENCE_MS = 2 * MINUTE;
/**
 * What these tests say does not depend on how many calls there are, but the minutes that they take do: `BURST=full` plays
 * them in full size, 500 calls and ten thousand, and looks at the pace as well. Every other run plays a fifth.
 */
const IN_FULL = process.env.BURST === 'full';
const sized = (calls: number): number => (IN_FULL ? calls : calls / 5);
/** The limit of an ordinary plan, 100 times faster: what portal and governor are set to. */
const CAPACITY = 50;
const DRAIN_PER_SECOND = 200;
/** Five times faster: so that it is the portal that is waited for, not the machine of the test. */
const FASTER = { capacity: 50, drainPerSecond: 10 };

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
    () => Promise.resolve().then(() => directory.remove()),
  );
});

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
}, MINUTE);

/** A portal that listens, and the office of a switch whose calls belong to it. */
async function openOffice(
  portal: FakePortal,
  rateLimit?: { readonly capacity: number; readonly drainPerSecond: number },
): Promise<void> {
  const door = await portal.listen();
  endings.push(() => door.close());
  await openOfficeAt({ endpoint: door.endpoint, accessToken: portal.accessToken, rateLimit });
}

async function openOfficeAt(portal: Parameters<Office['addPortal']>[1]): Promise<void> {
  const place = { databaseUrl: database.url, queueUrl: queue.url, recordings: directory.recordings };
  office = await Office.open({ ...place, ...portal });
  endings.push(() => office.close());
}

/** An app as the process it is. */
async function startService(
  app: 'gateway' | 'worker',
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<Service> {
  const service = new Service({
    app,
    opsPort: await freePort(),
    logFile: directory.logFile(name),
    onDeath: (death) => {
      throw death;
    },
    env: {
      ...{ DATABASE_URL: database.url, QUEUE_URL: queue.url, ALLOWED_PORTALS: 'http://127.0.0.1:*' },
      ...{ SECRET_KEYS, LOG_LEVEL: 'warn', ...env },
    },
  });
  endings.push(() => service.stop());
  await service.start();
  return service;
}

async function startWorker(name: string, env: Readonly<Record<string, string>> = {}): Promise<Service> {
  const folders = [RECORDINGS_ON_SWITCH, directory.recordings];
  const recordings = folders.map((from) => ({ from, to: directory.recordings }));
  return startService('worker', name, { SWITCHES: JSON.stringify([{ id: 'main', recordings }]), ...env });
}

/** A gateway that follows a switch: what is played on it is what the calls of the company are. */
async function startGateway(): Promise<ReplaySwitch> {
  const password = 'secret';
  const fs = await ReplaySwitch.start({ password });
  endings.push(() => fs.stop());
  const { host, port } = fs;
  await startService('gateway', 'gateway', {
    SWITCHES: JSON.stringify([{ id: 'main', host, port, password }]),
    HTTP_PORT: String(await freePort()),
  });
  await fs.subscribed('CHANNEL_CREATE');
  return fs;
}

const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** How many calls the portal holds all of that it ever will. */
async function settled(switchId = 'main'): Promise<number> {
  const [row] = await office.rows<{ count: number }>(
    `SELECT count(*)::integer AS count FROM call_sync JOIN call USING (call_id)
     WHERE settled AND call_version = synced_version AND switch_id = $1`,
    [switchId],
  );
  return row?.count ?? 0;
}

/** How many calls wait for a turn. */
async function waiting(): Promise<number> {
  const [row] = await office.rows<{ count: number }>('SELECT count(*)::integer AS count FROM waiting_step');
  return row?.count ?? 0;
}

/** A row of the ledger: a request, or a command of a batch. */
interface LedgerRow {
  readonly method: string;
  readonly portalCall: string;
  readonly stepClass: string;
  readonly turn: number;
  /** Epoch ms: since when it could have been sent, and when it was. */
  readonly readyAt: number;
  readonly startedAt: number;
}

const LEDGER = `
  SELECT method, coalesce(params ->> 'EXTERNAL_CALL_ID', params ->> 'CALL_ID') AS "portalCall",
    step_class AS "stepClass", turn::integer AS turn,
    extract(epoch FROM ready_at)::float8 * 1000 AS "readyAt", extract(epoch FROM started_at)::float8 * 1000 AS "startedAt"
  FROM portal_request ORDER BY turn, request_id`;

const isCard = ({ stepClass }: LedgerRow) => stepClass === 'live-card';
const isRecording = ({ stepClass }: LedgerRow) => stepClass === 'recording';
const canWait = ({ stepClass }: LedgerRow) => stepClass === 'recording' || stepClass === 'backfill';

/**
 * The share of the time that some steps waited in which the portal's bucket was not empty: a bucket drains at its full rate
 * until it is, so this is the share of the permitted rate that was used, from when the bucket was half full on: before that
 * nobody waits for it. By the ledger, where a request has a turn.
 *
 * @param needy the steps that need a request each
 */
function drainShare(
  rows: readonly LedgerRow[],
  needy: readonly LedgerRow[],
  { capacity, drainPerSecond }: typeof FASTER,
): number {
  const sentAt = [...new Map(rows.map(({ turn, startedAt }) => [turn, startedAt])).values()];
  let [level, waitedMs, idleMs, before, isFull] = [0, 0, 0, Number.NEGATIVE_INFINITY, false];
  for (const at of sentAt.sort((a, b) => a - b)) {
    const waiting = needy.filter(({ readyAt, startedAt }) => readyAt <= before && startedAt >= at);
    if (isFull && waiting.length >= 10) {
      waitedMs += at - before;
      idleMs += Math.max(0, at - before - (level / drainPerSecond) * 1000);
    }
    level = Math.max(0, level - ((at - before) / 1000) * drainPerSecond) + 1;
    before = at;
    isFull ||= level >= capacity / 2;
  }
  return 1 - idleMs / waitedMs;
}

/**
 * Cards that reached the portal after something less urgent that had become ready later. Two that were on their way at
 * the same time may pass each other on the wire: it counts who was let go first.
 */
function overtaken(rows: readonly LedgerRow[]): string[] {
  const low = rows.filter(canWait);
  return rows
    .filter(isCard)
    .flatMap((card) =>
      low
        .filter((other) => other.turn < card.turn && other.readyAt > card.readyAt)
        .map((other) => `${other.method} (turn ${other.turn}) before ${card.method} (turn ${card.turn})`),
    );
}

/** The same by the portal's own log; gives how often, in relation to all that could have been. */
function passedOnTheWire(rows: readonly LedgerRow[], log: readonly RequestLogEntry[]): number {
  const places = new Map<string, number>();
  log.forEach(({ method, params }, place) =>
    places.set(`${method} ${String(params.EXTERNAL_CALL_ID ?? params.CALL_ID)}`, place),
  );
  const placeOf = ({ method, portalCall }: LedgerRow) => places.get(`${method} ${portalCall}`) ?? Number.NaN;
  const low = rows.filter(canWait);
  const cards = rows.filter(isCard);
  const passed = cards.filter((card) =>
    low.some((other) => other.readyAt > card.readyAt && placeOf(other) < placeOf(card)),
  );
  return passed.length / cards.length;
}

describe(`a burst of ${sized(500)} calls`, () => {
  /** Calls with a recording, each from its own number: 1001 to 1003 ring, and 1002 answers. */
  async function playCalls(
    fs: ReplaySwitch,
    from: number,
    to: number,
    options: PlayOptions,
  ): Promise<unknown> {
    const capture = await openCapture('simultaneous-ring-second-answers');
    const calls = many(to - from, (n) => {
      const rename = { '79161234567': String(79160000000 + from + n) };
      const ends = { recordingsDir: directory.recordings, uuidSalt: `call ${from + n}`, rename };
      return fs.play(capture, { ...options, ...ends });
    });
    return Promise.all(calls);
  }

  /** True when all three phones ring. */
  function threeRing(): (event: EventRecord) => boolean {
    let rang = 0;
    return (event) => event['Event-Name'] === 'CHANNEL_PROGRESS' && (rang += 1) === 3;
  }

  it(
    'is filed, cards first, and the portal hardly ever has to refuse',
    async () => {
      const rateLimit = { threshold: CAPACITY, leakPerSecond: DRAIN_PER_SECOND };
      const portal = new FakePortal({ rateLimit });
      await openOffice(portal, { capacity: CAPACITY, drainPerSecond: DRAIN_PER_SECOND });
      // A faster portal has more requests on their way at the same time.
      const env = { PORTAL_CONCURRENCY: '8', DATABASE_POOL_SIZE: '20' };
      const old = many(sized(300), (n) => toldCall(`old-${n}`, 'main', Date.now() - 3 * HOUR));
      await Promise.all([startWorker('worker-1', env), startWorker('worker-2', env)]);
      const fs = await startGateway();

      // Somebody else has used up the limit until now: the burst piles up, and is let go as a whole.
      await office.rows('SELECT count_requests(portal_id, $1, 1000000, NULL) FROM portal', ['default']);
      await office.tell(...old.map(({ ended }) => ended));
      const [fast, ring, slow] = [sized(100), sized(60), sized(40)];
      await playCalls(fs, 0, fast, { speed: Infinity });
      const ringing = many(ring, (n) => playCalls(fs, fast + n, fast + n + 1, { pauseAfter: threeRing() }));
      await until('all of them wait', async () => (await waiting()) === old.length + fast + ring, {
        withinMs: PATIENCE_MS,
      });
      await office.rows('UPDATE portal_rate SET level = 0');
      const shown = () => portal.state.calls.all.filter(({ id }) => portal.screens.viewers(id).length === 3);
      await until('all who ring see it', () => shown().length === ring, { withinMs: PATIENCE_MS });
      fs.resume();
      const rest = playCalls(fs, fast + ring, fast + ring + slow, { speed: 1 });
      await Promise.all([...ringing, rest]);
      await until('every call is filed', async () => (await settled()) === sized(500), {
        withinMs: PATIENCE_MS,
      });

      const rows = await office.rows<LedgerRow>(LEDGER);
      const requests = portal.requests.filter(({ inBatch }) => inBatch === undefined);
      const refused = requests.filter(({ status }) => status === 503);
      expect(portal.audit()).toEqual([]);
      expect(portal.state.statistics.size).toBe(sized(500));
      expect(portal.state.recordings.size).toBe(fast + ring + slow);
      expect(refused.length).toBeLessThanOrEqual(Math.max(2, requests.length * 0.01));
      // Without batches it would have been one for each of these rows.
      expect(requests.length).toBeLessThan(rows.length / 2);
      // A share of what a busy machine lets pass each other: of few calls, it says nothing.
      if (IN_FULL) expect(passedOnTheWire(rows, portal.requests)).toBeLessThanOrEqual(0.02);
      // All cards were sent while there was something else to do.
      const turnsOfCards = rows.filter(isCard).map(({ turn }) => turn);
      const [first, last] = [Math.min(...turnsOfCards), Math.max(...turnsOfCards)];
      expect(
        rows.filter((row) => canWait(row) && row.turn > first && row.turn < last).length,
      ).toBeGreaterThan(sized(20));
      expect(overtaken(rows)).toEqual([]);
    },
    4 * MINUTE,
  );
});

/** A matter of pace, which a busy machine cannot promise: in full size only. */
(IN_FULL ? describe : describe.skip)('a backlog that no batch makes shorter', () => {
  const RECORDINGS = 120;

  it(
    'is sent at the rate that the portal permits',
    async () => {
      const rateLimit = { threshold: FASTER.capacity, leakPerSecond: FASTER.drainPerSecond };
      const portal = new FakePortal({ rateLimit });
      await openOffice(portal, FASTER);
      // A recording within its request goes alone.
      const env = { RECORDING_UPLOAD: 'base64' };
      const calls = many(RECORDINGS, (n) => toldCall(`recorded-${n}`, 'main', Date.now() - 3 * HOUR));
      for (const { ended } of calls)
        writeRecording(join(directory.recordings, `${ended.callId}.wav`), { seconds: 0.1 });
      await Promise.all([startWorker('worker-1', env), startWorker('worker-2', env)]);
      await office.tell(...calls.map(({ ended }) => ended));
      const isOver = async () => (await settled()) === RECORDINGS;
      await until('every call is filed', isOver, { withinMs: PATIENCE_MS });

      const rows = await office.rows<LedgerRow>(LEDGER);
      expect(portal.audit()).toEqual([]);
      expect(portal.state.recordings.size).toBe(RECORDINGS);
      expect(portal.requests.filter(({ status }) => status === 503)).toEqual([]);
      expect(drainShare(rows, rows.filter(isRecording), FASTER)).toBeGreaterThanOrEqual(0.95);
    },
    3 * MINUTE,
  );
});

describe('a token that expires while two workers are busy with it', () => {
  it(
    'is renewed once, and no call notices',
    async () => {
      const cloud = new FakeCloud();
      const portal = cloud.addPortal({ origin: 'https://acme.example', rateLimit: false });
      const running = await cloud.listen();
      endings.push(() => running.close());
      const { memberId, app } = portal;
      const { clientId, clientSecret, scopes } = app;
      const pair = cloud.oauth.tokens.issuePair({ memberId, clientId, userId: 1, scopes });
      const serverEndpoint = `${cloud.oauth.origin}/rest/`;
      await openOfficeAt({
        ...{ endpoint: `${portal.origin}/rest/`, accessToken: pair.accessToken },
        app: { memberId, clientId, clientSecret, refreshToken: pair.refreshToken, serverEndpoint },
      });
      const env = { OAUTH_SERVERS: cloud.oauth.origin };
      await Promise.all([startWorker('worker-1', env), startWorker('worker-2', env)]);
      const calls = many(40, (n) => toldCall(`call-${n}`));
      await office.tell(...calls.map(({ ringing }) => ringing));
      const ring = () => portal.state.calls.all.length === calls.length;
      await until('all of them ring', ring, { withinMs: PATIENCE_MS });

      // It takes long enough to renew it that others run into it as well.
      cloud.oauth.inject({ kind: 'slow', ms: 2_000 });
      cloud.oauth.tokens.expire(pair.accessToken);
      const [early, late] = [calls.slice(0, 20), calls.slice(20)];
      await office.tell(...early.map(({ answered }) => answered));
      const isAsked = () => cloud.oauth.requestsTo('oauth/token').length > 0;
      await until('a new one is asked for', isAsked, { withinMs: PATIENCE_MS });
      await office.tell(...late.map(({ answered }) => answered));
      await office.tell(...calls.map(({ ended }) => ended));
      const isOver = async () => (await settled()) === calls.length;
      await until('every call is filed', isOver, { withinMs: PATIENCE_MS });

      expect(cloud.oauth.requestsTo('oauth/token')).toHaveLength(1);
      expect(portal.requests.filter(({ status }) => status === 401).length).toBeGreaterThan(1);
      expect(portal.state.statistics.size).toBe(calls.length);
      expect(portal.audit()).toEqual([]);
    },
    3 * MINUTE,
  );
});

describe('a portal that hangs', () => {
  it(
    'does not slow another',
    async () => {
      const portal = new FakePortal({ rateLimit: false });
      const hanging = new FakePortal({ rateLimit: false });
      hanging.inject({ kind: 'hang', ms: HOUR, times: 10_000 });
      await openOffice(portal);
      const door = await hanging.listen();
      await office.addPortal('other', { endpoint: door.endpoint, accessToken: hanging.accessToken });
      const env = { PORTAL_TIMEOUT_MS: '600000', PORTAL_CARD_TIMEOUT_MS: '60000' };
      await Promise.all([startWorker('worker-1', env), startWorker('worker-2', env)]);
      // Ends before the workers do, which would wait for its answers.
      endings.push(() => door.close());

      const stuck = many(100, (n) => toldCall(`stuck-${n}`, 'other'));
      await office.tell(...stuck.map(({ ended }) => ended));
      await until('the portal hangs', () => hanging.requests.length > 0, { withinMs: PATIENCE_MS });
      await office.tell(...many(100, (n) => toldCall(`call-${n}`).ended));
      const isOver = async () => (await settled()) === 100;
      await until('the other portal has everything', isOver, { withinMs: PATIENCE_MS });

      expect(portal.audit()).toEqual([]);
      expect(await settled('other')).toBe(0);
      // Four places in each of two workers, of which the last is for cards.
      expect(hanging.requests.filter(({ inBatch }) => inBatch === undefined).length).toBeLessThanOrEqual(8);
    },
    3 * MINUTE,
  );
});

describe(`${sized(10_000)} finished calls that wait`, () => {
  const CALLS = sized(10_000);
  const FILED = sized(1_500);
  const MEGABYTE = 1024 * 1024;

  it(
    'take no more memory of the worker the longer they wait',
    async () => {
      const portal = new FakePortal({ rateLimit: false });
      await openOffice(portal);
      for (let group = 0; group < CALLS; group += 500)
        await office.write(
          ...many(500, (n) => toldCall(`old-${group + n}`, 'main', Date.now() - 3 * HOUR).ended),
        );
      const probe = join(directory.recordings, 'heap');
      const worker = await startWorker('worker', {
        NODE_OPTIONS: `--expose-gc --require ${resolve(__dirname, 'heap-probe.cjs')}`,
        HEAP_PROBE_FILE: probe,
      });
      const samples = (): number[] =>
        existsSync(probe) ? readFileSync(probe, 'utf8').trimEnd().split('\n').map(Number) : [];
      const measure = async (): Promise<number> => {
        const before = samples().length;
        process.kill(worker.pid ?? 0, 'SIGWINCH');
        await until('the heap was measured', () => samples().length > before, { withinMs: PATIENCE_MS });
        return samples().at(-1) ?? 0;
      };
      const filed = (count: number) =>
        until(`${count} are filed`, () => portal.state.statistics.size >= count, { withinMs: PATIENCE_MS });

      await filed(FILED / 3);
      const early = Math.max(await measure(), await measure());
      await filed(FILED);
      const late = Math.min(await measure(), await measure());
      expect(late).toBeLessThan(early * 1.25 + 8 * MEGABYTE);
    },
    4 * MINUTE,
  );
});
