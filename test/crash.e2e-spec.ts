import { setImmediate as turn } from 'node:timers/promises';
import {
  createTestDatabase,
  createTestQueue,
  demoCompany,
  FakePortal,
  openCapture,
  type EventRecord,
  type TestDatabase,
  type TestQueue,
} from '@app/testkit';
import { callFacts } from '@app/calls';
import { heldCalls } from '../apps/harness/src/world/portal-holding';
import { playDay } from '../apps/harness/src/demo/play-day';
import { DEFAULT_USER_ID, Rehearsal } from '../apps/harness/src/demo/rehearsal';
import { RunDirectory } from '../apps/harness/src/demo/run-directory';
import { renameFor, type Scene } from '../apps/harness/src/demo/scene';
import { Stage } from '../apps/harness/src/demo/stage';
import { until } from '../apps/harness/src/processes/until';

const MINUTE = 60_000;
/** For anything that is awaited, well below the limit of its test. */
const PATIENCE_MS = 60_000;
/** How soon the jobs of a killed worker are taken up by the next one; usually it is 30 s. */
const JOB_LOCK_MS = '1000';
const SALES = ['1001', '1002', '1003'];
const EXPORT = ['1004', '1005', '1006'];
const SUPPORT = ['1007', '1008', '1009'];
const SERVICE = ['1010', '1011', '1012'];
const OFFICE = ['1013', '1014', '1015'];

let database: TestDatabase;
let queue: TestQueue;
let directory: RunDirectory;
let stage: Stage | undefined;

beforeEach(prepareServers);
afterEach(strikeStage);

async function prepareServers(): Promise<void> {
  directory = new RunDirectory();
  database = await createTestDatabase();
  queue = await createTestQueue();
}

async function strikeStage(): Promise<void> {
  await stage?.strike();
  stage = undefined;
  directory.remove();
  await queue.drop();
  await database.drop();
}

async function setStage(portal: FakePortal, rehearsal: Rehearsal): Promise<Stage> {
  return (stage = await Stage.set({
    portal,
    databaseUrl: database.url,
    queueUrl: queue.url,
    directory,
    defaultUserId: DEFAULT_USER_ID,
    lines: rehearsal.lines,
    env: { JOB_LOCK_MS },
    onDeath: (death) => {
      throw death;
    },
  }));
}

const scene = (capture: string, cast: readonly string[], client: string): Scene => ({
  at: 0,
  capture,
  cast,
  clients: [{ number: client }],
});

type Method = 'register' | 'show' | 'hide' | 'finish' | 'attachRecord' | 'upload' | 'batch';
type PortalReply = Awaited<ReturnType<FakePortal['handle']>>;
/** `before` the portal has done what was asked, `after` it but before it answers, `between` two steps. */
type Moment = 'before' | 'after' | 'between';

interface KillPoint {
  readonly method: Method;
  readonly moment: Moment;
}

/** Replies that a process which is killed now may have had no time to note down, ms. */
const HARDLY_NOTED_MS = 1_000;

/** Kills its client when a request comes, once for every point of the plan. */
class DeadlyPortal extends FakePortal {
  readonly points: KillPoint[] = [];
  isArmed = true;
  kill: () => Promise<void> = () => Promise.resolve();
  #recent: { readonly reply: PortalReply; readonly at: number }[] = [];

  override async handle(request: Parameters<FakePortal['handle']>[0]) {
    const moment = this.#take(request);
    if (moment === 'before') {
      await this.#kill();
      throw new Error('nobody is there to hear this');
    }
    const reply = await super.handle(request);
    this.#recent.push({ reply, at: Date.now() });
    if (moment === 'after') await this.#kill();
    if (moment === 'between') void this.#killAfterwards();
    return reply;
  }

  /** The answer has left, and whether the client had the time to note it down is anybody's guess. */
  async #killAfterwards(): Promise<void> {
    await turn();
    await this.#kill();
  }

  /** Whatever was answered just before, to this request or to another, may have died with the client. */
  async #kill(): Promise<void> {
    await this.kill();
    const now = Date.now();
    for (const { reply, at } of this.#recent) if (now - at < HARDLY_NOTED_MS) this.markLost(reply);
    this.#recent = [];
  }

  /** A method is also one that a batch asks for. */
  #take({ path, body }: Parameters<FakePortal['handle']>[0]): Moment | undefined {
    if (!this.isArmed) return undefined;
    const asked = path.includes('batch') ? path + Buffer.from(body ?? '').toString() : path;
    const index = this.points.findIndex(({ method }) => asked.includes(method));
    if (index < 0) return undefined;
    this.isArmed = false;
    return this.points.splice(index, 1)[0]?.moment;
  }
}

describe('the worker is killed', () => {
  const day = [
    scene('simultaneous-ring-second-answers', SALES, '74950002001'),
    scene('outbound-answered', EXPORT, '74950002002'),
    scene('callcenter-second-agent-answers', SUPPORT, '74950002003'),
    scene('blind-transfer-by-refer', SERVICE, '74950002004'),
    scene('sequential-ring-second-answers', OFFICE, '74950002005'),
    scene('simultaneous-ring-nobody-answers', ['1016', '1001', '1002'], '74950002006'),
  ];
  const methods = ['batch', 'register', 'show', 'hide', 'finish', 'attachRecord', 'upload'] as const;
  const points: readonly KillPoint[] = [
    ...methods.flatMap((method) => [
      { method, moment: 'before' } as const,
      { method, moment: 'after' } as const,
    ]),
    { method: 'register', moment: 'between' },
    { method: 'finish', moment: 'between' },
    { method: 'attachRecord', moment: 'between' },
    { method: 'batch', moment: 'between' },
  ];
  const rehearsal = new Rehearsal(day, demoCompany(), 1);

  /**
   * kill -9 and a new start at every point of the plan, with the time of the switch standing still until the worker has
   * caught up. Gives a function that waits for the last start.
   */
  function keepKilling(portal: DeadlyPortal, { fs, worker, calls }: Stage): () => Promise<unknown> {
    const restarts: Promise<void>[] = [];
    const restart = async (mine: number): Promise<void> => {
      await worker.start();
      portal.isArmed = true;
      const isCaughtUp = async (): Promise<boolean> => mine !== restarts.length || (await calls.isCaughtUp());
      await until('the worker has caught up', isCaughtUp, { withinMs: PATIENCE_MS });
      if (mine === restarts.length) fs.resume();
    };
    portal.kill = async () => {
      fs.pause();
      await worker.kill();
      const restarting = restart(restarts.length + 1);
      restarting.catch(() => fs.resume()); // the test goes on to its end, and tells then
      restarts.push(restarting);
    };
    return () => Promise.all(restarts);
  }

  it(
    'in every step, before and after it, and is started again: the portal holds what happened',
    async () => {
      const portal = new DeadlyPortal({ company: demoCompany(), rateLimit: false });
      portal.points.push(...points);
      const deadlyStage = await setStage(portal, rehearsal);
      const { fs, calls } = deadlyStage;
      const allStarted = keepKilling(portal, deadlyStage);
      await playDay(day, { fs, speed: 2, recordingsDir: directory.recordings });
      await rehearsal.filed(portal, calls, { withinMs: PATIENCE_MS });
      await allStarted();

      expect(portal.points).toEqual([]);
      expect(rehearsal.judge(portal).flatMap(({ problems }) => problems)).toEqual([]);
      expect(portal.audit()).toEqual([]);
    },
    4 * MINUTE,
  );
});

describe('the gateway is killed', () => {
  const answered = scene('inbound-answered-caller-hangs-up', SALES, '74950003001');
  const ringing = scene('inbound-agent-no-answer-timeout', EXPORT, '74950003002');
  const held = scene('hold-unhold', SUPPORT, '74950003003');
  const begun = scene('inbound-answered-vanilla-transfer', SERVICE, '74950003004');
  const day = [answered, ringing, held, begun];

  it(
    'what ended meanwhile is marked as lost, what goes on is completed, and every call is filed once',
    async () => {
      const portal = new FakePortal({ company: demoCompany(), rateLimit: false });
      const rehearsal = new Rehearsal(day, portal.company, 1);
      const { fs, gateway, calls } = await setStage(portal, rehearsal);
      const play = async (one: Scene, speed: number): Promise<unknown> =>
        fs.play(await openCapture(one.capture), {
          speed,
          recordingsDir: directory.recordings,
          uuidSalt: one.capture,
          rename: renameFor(one),
        });
      const eventOf = (one: Scene, name: string) => (event: EventRecord) =>
        event['Event-Name'] === name && JSON.stringify(event).includes(one.clients[0]?.number ?? '');

      const before = Promise.all([answered, held].map((one) => fs.nextEvent(eventOf(one, 'CHANNEL_BRIDGE'))));
      const [endsUnseen, ringsUnseen, goesOn] = [play(answered, 2), play(ringing, 1), play(held, 1)];
      await before;
      fs.pause();
      await until('the talks are known', async () => (await talking(calls)).length === 2, {
        withinMs: PATIENCE_MS,
      });
      await gateway.kill();
      fs.resume();
      const bridged = fs.nextEvent(eventOf(begun, 'CHANNEL_BRIDGE'));
      const beganUnseen = play(begun, 1);
      await Promise.all([endsUnseen, bridged]);
      await ringsUnseen;
      fs.pause();
      await gateway.start();
      fs.resume();
      await Promise.all([goesOn, beganUnseen]);
      await until(
        'all is filed',
        async () => (await calls.calls()).length === 4 && (await calls.isSettled()),
        {
          withinMs: PATIENCE_MS,
        },
      );

      const facts = (await calls.calls()).map((call) => callFacts(call, 0));
      const outcomes = facts.map(({ externalNumber, outcome }) => [externalNumber, outcome]);
      expect(Object.fromEntries(outcomes)).toEqual({
        '74950003001': 'lost',
        '74950003002': 'lost',
        '74950003003': 'answered',
        '74950003004': 'answered',
      });
      const problems = rehearsal.judge(portal).map((verdict) => [verdict.expected.phone, verdict.problems]);
      expect(Object.fromEntries(problems)).toMatchObject({ '74950003003': [], '74950003004': [] });
      const rows = heldCalls(portal).map((call) => [
        call.phone,
        call.rows.map(({ statusCode }) => statusCode),
      ]);
      expect(Object.fromEntries(rows)).toEqual({
        '74950003001': ['200'],
        '74950003002': ['304'],
        '74950003003': ['200'],
        '74950003004': ['200'],
      });
      expect(portal.audit()).toEqual([]);
    },
    MINUTE,
  );

  async function talking(calls: Stage['calls']) {
    return (await calls.calls()).filter((call) => call.bridges.length > 0);
  }
});
