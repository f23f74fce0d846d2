import { setImmediate as turn } from 'node:timers/promises';
import { AddressGuard } from './address-guard';
import type { AddressGuardOptions } from './address-guard';
import { PortalClient } from './client';
import { guardedFetch } from './guarded-fetch';
import { Secret } from './secret';
import { failureOf } from './testing/failure-of';
import { ScriptedServer } from './testing/scripted-server';

let server: ScriptedServer;
beforeEach(async () => {
  server = await new ScriptedServer().start();
});
afterEach(() => server.stop());

const clientWith = (guard: AddressGuard, checkAddress = guard.check) =>
  new PortalClient({ userAgent: 'c/1', timeoutMs: 2_000, fetch: guardedFetch(guard), checkAddress });
const portalAt = (host: string) => ({
  endpoint: `http://${host}:${new URL(server.origin).port}/rest/`,
  accessToken: new Secret('t'),
});

describe('a connection of the guarded fetch', () => {
  it('is made to an allowed name', async () => {
    server.answer(200, { result: 'now' });
    const client = clientWith(new AddressGuard({ allow: ['http://localhost:*'] }));
    expect(await client.call(portalAt('localhost'), 'server.time', {})).toMatchObject({ result: 'now' });
  });

  it('is not made to a name that leads inside since it was checked', async () => {
    const answers = [[{ address: '93.184.215.14', family: 4 }], [{ address: '127.0.0.1', family: 4 }]];
    const resolve: AddressGuardOptions['resolve'] = () => Promise.resolve(answers.shift() ?? []);
    const guard = new AddressGuard({ resolve });
    const https = (url: URL) => guard.check(new URL(url.href.replace(/^http:(.*):\d+\//, 'https:$1/')));
    const error = await failureOf(clientWith(guard, https).call(portalAt('evil.example'), 'server.time', {}));
    expect(error).toMatchObject({
      kind: 'bad-address',
      verdict: 'ask-a-person',
      code: 'ERR_ADDRESS_REFUSED',
    });
    expect(answers).toEqual([]);
    expect(server.requests).toHaveLength(0);
  });

  it('is kept for the next request', async () => {
    server.answer(200, { result: 'now' });
    const client = clientWith(new AddressGuard({ allow: ['http://localhost:*'] }));
    for (let n = 0; n < 5; n += 1) {
      await client.call(portalAt('localhost'), 'server.time', {});
      await turn(); // a connection is free a moment after its answer
    }
    expect(new Set(server.requests.map(({ socket }) => socket)).size).toBe(1);
  });

  it('carries an upload as multipart, with its length', async () => {
    server.answer(200, { result: { FILE_ID: 5 } });
    const client = clientWith(new AddressGuard({ allow: ['http://localhost:*'] }));
    const portal = portalAt('localhost');
    const target = { uploadUrl: `${portal.endpoint}upload.json?auth=a`, fieldName: 'file' };
    const file = { content: new Blob(['RIFF']), fileName: 'a.wav' };
    expect(await client.uploadRecord(portal, target, file)).toEqual({ fileId: 5 });
    expect(server.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Number(server.requests[0]?.headers['content-length'])).toBe(server.bodies[0]!.length);
  });
});
