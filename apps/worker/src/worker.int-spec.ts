import type { Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger } from '@app/observability';
import { migrate } from '@app/store';
import {
  createTestDatabase,
  createTestQueue,
  FakePortal,
  writeRecording,
  type RunningPortal,
  type TestDatabase,
  type TestQueue,
} from '@app/testkit';
import request from 'supertest';
import { Office } from './testing/office';
import { toldCall } from './testing/told-call';
import { until } from './testing/until';
import { WorkerModule } from './worker.module';

const REGISTER = 'telephony.externalCall.register';
const SHOW = 'telephony.externalCall.show';
const FINISH = 'telephony.externalCall.finish';

const WHOLE_CALL = ['register', 'show', 'hide', 'finish', 'attach-record', 'attach-record'];

describe('the worker', () => {
  let database: TestDatabase;
  let place: TestQueue;
  let portal: FakePortal;
  let door: RunningPortal;
  const otherDoors: RunningPortal[] = [];
  let office: Office;
  let recordings: string;
  const apps: INestApplication[] = [];

  beforeEach(async () => {
    [database, place] = await Promise.all([createTestDatabase(), createTestQueue()]);
    await migrate(database.url);
    portal = new FakePortal({ rateLimit: false });
    door = await portal.listen();
    recordings = mkdtempSync(join(tmpdir(), 'worker-'));
    const { accessToken } = portal;
    const { endpoint } = door;
    office = await Office.open({
      databaseUrl: database.url,
      queueUrl: place.url,
      endpoint,
      accessToken,
      recordings,
    });
  });

  afterEach(async () => {
    await Promise.all([door, ...otherDoors.splice(0)].map((each) => each.close()));
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await office.close();
    await Promise.all([database.drop(), place.drop()]);
    rmSync(recordings, { recursive: true });
  });

  /** One worker process, as far as one process can have several. */
  async function startWorker(changes: Record<string, string> = {}): Promise<INestApplication> {
    const log = createLogger({ app: 'worker', level: 'fatal' });
    const onFenceLost = (error: Error) => {
      throw error;
    };
    const module = WorkerModule.forRoot(office.settings(changes), log, onFenceLost);
    const app = await NestFactory.create(module, { logger: false, abortOnError: false });
    apps.push(await app.init());
    return app;
  }

  /** Nobody is at work, and there is a job that waits for its next try. */
  async function allJobsAreAside(): Promise<boolean> {
    const { active, waiting, delayed } = await office.doorbells.getJobCounts('active', 'waiting', 'delayed');
    return active === 0 && waiting === 0 && delayed === 1;
  }

  const asked = (method: string) => portal.requestsTo(method).length;
  const isSettled = async (callId: string) => (await office.syncState(callId)).settled === true;

  it('brings a call with its recording into the portal, turn by turn', async () => {
    await startWorker();
    writeRecording(join(recordings, 'call-1.wav'), { seconds: 1 });
    const { ringing, answered, ended } = toldCall('call-1');
    await office.tell(ringing);
    await until(() => asked(SHOW) === 1);
    expect([portal.screens.openOn(1).length, portal.screens.openOn(2).length]).toEqual([1, 1]);
    await office.tell(answered);
    await until(() => portal.screens.openOn(2).length === 0);
    await office.tell(ended);
    await until(() => isSettled('call-1'));

    expect(await office.ledger('call-1')).toEqual(WHOLE_CALL);
    expect(await office.syncState('call-1')).toMatchObject({
      synced_version: ended.version,
      not_before: null,
      problem: null,
    });
    expect([...portal.state.recordings.values()].map(({ fileName }) => fileName)).toEqual(['call-1.wav']);
    expect(portal.audit()).toEqual([]);
  });

  it('finds a call by itself when its doorbell was lost', async () => {
    const { ended } = toldCall('call-1');
    await office.write(ended);
    await startWorker();
    await until(() => isSettled('call-1'));
    expect(await office.ledger('call-1')).toEqual(['register', 'finish']);
    expect(await office.syncState('call-1')).toMatchObject({
      problem: expect.stringMatching(/^recording missing/) as string,
    });
  });

  it('files a call once when the portal was away for a while', async () => {
    await startWorker();
    const { port } = new URL(door.origin);
    await door.close();
    const { ringing, answered, ended } = toldCall('call-1');
    for (const turn of [ringing, answered, ended]) {
      await office.tell(turn);
      await until(allJobsAreAside);
    }
    expect(portal.requests).toEqual([]);
    door = await portal.listen({ port: Number(port) });
    await until(() => isSettled('call-1'));
    expect(portal.requestsTo(REGISTER).map(({ params }) => params.SHOW)).toEqual([0]);
    expect(asked(FINISH)).toBe(1);
    expect(portal.audit()).toEqual([]);
  });

  it('does not let an answer wait for the delay of what came before it', async () => {
    await startWorker();
    const { ringing, answered } = toldCall('call-1');
    portal.inject({ kind: 'operation-limit', method: SHOW, resetInSeconds: 25 });
    await office.tell(ringing);
    await until(async () => (await office.doorbells.getJobCounts('delayed')).delayed === 1);
    await office.tell(answered);
    await until(async () => (await office.syncState('call-1')).synced_version === answered.version, 5_000);
    expect(portal.screens.viewers(portal.state.calls.all[0]?.id ?? '')).toEqual([1]);
  });

  it('hears a ring that came while it was at work and then had to wait', async () => {
    await startWorker();
    const { ringing, answered } = toldCall('call-1');
    portal.inject(
      { kind: 'slow', ms: 300, method: REGISTER },
      { kind: 'operation-limit', method: SHOW, resetInSeconds: 25 },
    );
    await office.tell(ringing);
    await until(() => asked(REGISTER) === 1);
    // After the facts were read for the last time in this run, and before the job is put aside.
    const put = jest.spyOn(portal, 'handle');
    put.mockImplementationOnce(async (...args) => {
      const reply = await FakePortal.prototype.handle.apply(portal, args);
      await office.tell(answered);
      return reply;
    });
    await until(async () => (await office.syncState('call-1')).synced_version === answered.version, 5_000);
  });

  it('notes a long wait down in the database, with its reason, and keeps no job for it', async () => {
    await startWorker();
    portal.inject({ kind: 'overloaded' });
    const { ended } = toldCall('call-1');
    await office.tell(ended);
    await until(async () => (await office.syncState('call-1')).problem !== null);
    const state = await office.syncState('call-1');
    expect(state).toMatchObject({ settled: false, synced_version: ended.version });
    expect(state.problem).toMatch(/OVERLOAD_LIMIT/);
    expect(Number(state.not_before) - Date.now()).toBeGreaterThan(50_000);
    await until(async () =>
      Object.values(await office.doorbells.getJobCounts('delayed', 'waiting', 'active')).every(
        (n) => n === 0,
      ),
    );
  });

  it('shows a call that the portal refuses for good, and leaves it alone', async () => {
    await startWorker();
    for (const user of portal.company.users) user.active = false;
    await office.tell(toldCall('call-1').ended);
    await until(async () => (await office.syncState('call-1')).problem !== null);
    const state = await office.syncState('call-1');
    expect(state.settled).toBe(false);
    // It is only looked at again, and that later.
    expect(Number(state.not_before) - Date.now()).toBeGreaterThan(50_000);
    expect((await office.portalCalls.load('call-1'))?.portalCalls[0]?.stuck?.step).toBe('register');
    expect((await office.doorbells.getJobCounts('failed')).failed).toBe(0);
    const before = portal.requests.length;
    await office.tell(toldCall('call-2').ended);
    await until(() => portal.requests.length > before);
    expect(await office.ledger('call-1')).toHaveLength(before);
  });

  it('lets other portals go on while one hangs', async () => {
    const other = new FakePortal({ rateLimit: false });
    const otherDoor = await other.listen();
    otherDoors.push(otherDoor);
    await office.addPortal('other', { endpoint: otherDoor.endpoint, accessToken: other.accessToken });
    await startWorker({ WORKER_CONCURRENCY: '3', PORTAL_CONCURRENCY: '2' });
    portal.inject({ kind: 'hang', ms: 60_000, times: 10 });
    for (const number of [1, 2, 3, 4]) await office.tell(toldCall(`hanging-${number}`).ringing);
    await until(() => portal.requests.length === 2);
    await office.tell(toldCall('call-1', 'other').ended);
    await until(() => isSettled('call-1'), 5_000);
    expect(portal.requests).toHaveLength(2);
  });

  it('ends the step it is in when it is stopped, and another worker does the rest', async () => {
    const first = await startWorker();
    portal.inject({ kind: 'slow', ms: 400, method: REGISTER });
    await office.tell(toldCall('call-1').ringing);
    await until(() => asked(REGISTER) === 1);
    await first.close();
    apps.pop();
    expect((await office.portalCalls.load('call-1'))?.portalCalls[0]).toMatchObject({
      portalCallId: expect.any(String) as string,
    });
    expect(asked(SHOW)).toBe(0);
    await startWorker();
    await until(() => asked(SHOW) === 1);
    expect(asked(REGISTER)).toBe(1);
  });

  it('says how it is', async () => {
    const app = await startWorker();
    const server = app.getHttpServer() as Server;
    await until(async () => (await request(server).get('/health')).status === 200);
    const { text } = await request(server).get('/metrics');
    expect(text).toContain('connector_sync_steps_total');
    expect((await request(server).get('/live')).body).toEqual({ live: true });
  });
});
