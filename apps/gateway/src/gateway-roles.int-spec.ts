import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { gatewaySettings } from '@app/config';
import { createLogger, type HealthSnapshot } from '@app/observability';
import { migrate } from '@app/store';
import { createTestDatabase, createTestQueue, type TestDatabase, type TestQueue } from '@app/testkit';
import request from 'supertest';
import { GatewayModule } from './gateway.module';
import { freePort } from './testing/free-port';
import { until } from './testing/until';

jest.setTimeout(60_000);

describe('the roles of a gateway', () => {
  let database: TestDatabase;
  let place: TestQueue;
  let httpPort: number;
  let gateway: INestApplication<Server> | undefined;

  beforeEach(async () => {
    [database, place] = await Promise.all([createTestDatabase(), createTestQueue()]);
    await migrate(database.url);
    httpPort = await freePort();
  });

  afterEach(async () => {
    await gateway?.close();
    await Promise.all([database.drop(), place.drop()]);
  });

  async function start(env: Record<string, string>): Promise<INestApplication<Server>> {
    const settings = gatewaySettings({
      DATABASE_URL: database.url,
      QUEUE_URL: place.url,
      HTTP_PORT: String(httpPort),
      ...env,
    });
    const module = GatewayModule.forRoot(settings, createLogger({ app: 'gateway', level: 'silent' }));
    gateway = await NestFactory.create(module, { logger: false, abortOnError: false });
    return gateway.init();
  }

  const componentsOf = async (app: INestApplication<Server>) => {
    const { body } = (await request(app.getHttpServer()).get('/health')) as { body: HealthSnapshot };
    return new Map(body.components.map(({ name, state }) => [name, state]));
  };
  const doorAnswers = () =>
    fetch(`http://127.0.0.1:${httpPort}/`).then(
      ({ status }) => status,
      () => 'closed',
    );

  it('switch: follows switches, needs no keys, and opens no door', async () => {
    const port = await freePort();
    const switches = [{ id: 'main', host: '127.0.0.1', port, password: 'esl' }];
    const app = await start({ GATEWAY_ROLES: 'switch', SWITCHES: JSON.stringify(switches) });
    expect(await doorAnswers()).toBe('closed');
    expect([...(await componentsOf(app)).keys()].sort()).toEqual(['database', 'queue', 'switch main']);
  });

  it('http: opens the door, and needs no switch', async () => {
    const SECRET_KEYS = `test:${Buffer.alloc(32, 3).toString('base64')}`;
    const app = await start({ GATEWAY_ROLES: 'http', SECRET_KEYS });
    expect(await doorAnswers()).toBe(404);
    await until(async () => (await request(app.getHttpServer()).get('/health')).status === 200);
    expect(Object.fromEntries(await componentsOf(app))).toEqual({ queue: 'up', 'portal door': 'up' });
    await app.close();
    gateway = undefined;
    expect(await doorAnswers()).toBe('closed');
  });
});
