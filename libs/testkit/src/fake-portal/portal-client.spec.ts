import { PortalClient, Secret } from '@app/bitrix24';
import type { PortalAddress } from '@app/bitrix24';
import { ManualClock } from './clock';
import { FakePortal } from './fake-portal';
import { ATTACH, FINISH, HIDE, KNOWN, REGISTER, SEARCH, SHOW, STATISTICS, USERS } from './testing/ask';

interface WayIn {
  readonly portal: FakePortal;
  readonly client: PortalClient;
  readonly address: PortalAddress;
  close(): Promise<void>;
}

const clientOf = (fetchLike?: typeof fetch, timeoutMs = 5_000) =>
  new PortalClient({ userAgent: 'connector/1.0', timeoutMs, fetch: fetchLike });

async function overHttp(timeoutMs?: number): Promise<WayIn> {
  const portal = new FakePortal();
  const { endpoint, close } = await portal.listen();
  return { portal, client: clientOf(undefined, timeoutMs), address: addressOf(portal, endpoint), close };
}

function inProcess(timeoutMs?: number): Promise<WayIn> {
  const portal = new FakePortal();
  const address = addressOf(portal, 'https://company.example/rest/');
  return Promise.resolve({
    portal,
    client: clientOf(portal.asFetch(), timeoutMs),
    address,
    close: () => Promise.resolve(),
  });
}

function addressOf(portal: FakePortal, endpoint: string): PortalAddress {
  return { endpoint, accessToken: new Secret(portal.accessToken) };
}

describe.each([
  ['over HTTP', overHttp],
  ['in process', inProcess],
])('our client and the fake portal %s', (_way, open) => {
  let way: WayIn;
  beforeEach(async () => (way = await open()));
  afterEach(() => way.close());

  const registration = { USER_ID: 1, PHONE_NUMBER: KNOWN, TYPE: 2, EXTERNAL_CALL_ID: 'a', SHOW: 1 } as const;
  const register = async () => (await way.client.call(way.address, REGISTER, registration)).result;
  const file = async (CALL_ID: string) =>
    (await way.client.call(way.address, FINISH, { CALL_ID, USER_ID: 2, DURATION: 5, STATUS_CODE: '200' }))
      .result;

  it('file a call with its recording, and the audit is content', async () => {
    const { client, address, portal } = way;
    const [caller] = (await client.call(address, SEARCH, { PHONE_NUMBER: KNOWN })).result;
    expect(caller).toMatchObject({ CRM_ENTITY_ID: 101, ASSIGNED_BY: { ID: 3, USER_PHONE_INNER: '1003' } });
    const { CALL_ID } = await register();
    expect((await client.call(address, SHOW, { CALL_ID, USER_ID: [2, 3] })).result).toBe(true);
    expect((await client.call(address, HIDE, { CALL_ID, USER_ID: [1, 3] })).result).toBe(true);
    expect(await file(CALL_ID)).toMatchObject({
      CALL_FAILED_CODE: '200',
      CALL_START_DATE: null,
      REST_APP_ID: 3,
    });
    const { result: target } = await client.call(address, ATTACH, { CALL_ID, FILENAME: 'talk.wav' });
    const { uploadUrl, fieldName } = target;
    if (uploadUrl === null || fieldName === null) throw new Error('no upload address');
    const talk = { content: new Blob(['RI\r\nFF', new Uint8Array([0, 255, 13, 10])]), fileName: 'talk.wav' };
    expect(await client.uploadRecord(address, { uploadUrl, fieldName }, talk)).toEqual({ fileId: 9001 });
    expect(portal.state.recordings.get(CALL_ID)?.bytes).toHaveLength(10);
    const { result, total } = await client.call(address, STATISTICS, { FILTER: { EXTERNAL_CALL_ID: 'a' } });
    expect(result).toMatchObject([{ CALL_ID, CALL_DURATION: 5, RECORD_FILE_ID: 9001 }]);
    expect(total).toBe(1);
    expect(portal.audit()).toEqual([]);
  });

  it('attach a recording as Base64', async () => {
    const { CALL_ID } = await register();
    await file(CALL_ID);
    const params = { CALL_ID, FILENAME: 'talk.mp3', FILE_CONTENT: 'QUJD' };
    expect((await way.client.call(way.address, ATTACH, params)).result.FILE_ID).toBe(9001);
  });

  it('read the map of extensions', async () => {
    const params = { FILTER: { ACTIVE: true }, select: ['ID', 'UF_PHONE_INNER'] };
    const { result, total } = await way.client.call(way.address, USERS, params);
    expect(total).toBe(17);
    expect(result[3]).toMatchObject({ ID: 4, UF_PHONE_INNER: '1004' });
  });

  it.each([
    ['rate-limited', { kind: 'rate-limited', verdict: 'retry' }],
    ['overloaded', { kind: 'blocked-by-vendor', verdict: 'ask-a-person' }],
    ['operation-limit', { kind: 'operation-limit', verdict: 'wait-until' }],
    ['expired-token', { kind: 'token-expired', verdict: 'refresh-token' }],
    ['server-error', { kind: 'server-error', verdict: 'unknown-outcome' }],
    ['execute-then-server-error', { kind: 'server-error', verdict: 'unknown-outcome' }],
    ['html', { kind: 'server-error', verdict: 'unknown-outcome' }],
    ['execute-then-cut', { kind: 'unreadable-answer', verdict: 'unknown-outcome' }],
    ['drop', { kind: 'connection-lost', verdict: 'unknown-outcome' }],
    ['execute-then-drop', { kind: 'connection-lost', verdict: 'unknown-outcome' }],
  ] as const)('agree on the fault %s', async (kind, error) => {
    way.portal.inject({ kind, method: REGISTER });
    await expect(register()).rejects.toMatchObject(error);
  });

  it('agree on a renamed portal', async () => {
    way.portal.inject({ kind: 'redirect', to: 'https://renamed.example/rest/' });
    await expect(register()).rejects.toMatchObject({
      kind: 'redirected',
      description: 'moved to https://renamed.example/rest/',
    });
  });

  it('agree on a finished call, with the code that the field has', async () => {
    const { CALL_ID } = await register();
    await file(CALL_ID);
    way.portal.inject({ kind: 'empty-error-code' });
    await expect(file(CALL_ID)).rejects.toMatchObject({ kind: 'call-not-found', code: '' });
  });

  it('agree on a recording that comes too early', async () => {
    const { CALL_ID } = await register();
    const params = { CALL_ID, FILENAME: 'talk.wav' };
    await expect(way.client.call(way.address, ATTACH, params)).rejects.toMatchObject({
      kind: 'not-finished-yet',
    });
  });

  it('agree on a dismissed employee', async () => {
    way.portal.company.users[0]!.active = false;
    await expect(register()).rejects.toMatchObject({ kind: 'user-not-found', verdict: 'give-up' });
  });

  it('end up with one call when the answer to register was lost', async () => {
    way.portal.inject({ kind: 'execute-then-drop', method: REGISTER });
    await expect(register()).rejects.toMatchObject({ verdict: 'unknown-outcome' });
    await file((await register()).CALL_ID);
    expect(way.portal.state.calls.all).toHaveLength(1);
    expect(way.portal.audit()).toEqual([]);
  });

  it('can tell from the statistics that a lost finish has worked', async () => {
    const { CALL_ID } = await register();
    way.portal.inject({ kind: 'execute-then-drop', method: FINISH });
    await expect(file(CALL_ID)).rejects.toMatchObject({ verdict: 'unknown-outcome' });
    const { result } = await way.client.call(way.address, STATISTICS, { FILTER: { CALL_ID } });
    expect(result).toMatchObject([{ CALL_ID, CALL_FAILED_CODE: '200' }]);
    await expect(file(CALL_ID)).rejects.toMatchObject({ kind: 'call-not-found' });
    expect(way.portal.audit()).toEqual([]);
  });
});

describe.each([
  ['over HTTP', overHttp],
  ['in process', inProcess],
])('a client that does not wait, %s', (_way, open) => {
  it('has timed out, and the portal knows that its answer was lost', async () => {
    const { client, address, portal, close } = await open(100);
    portal.inject({ kind: 'slow', ms: 200, method: REGISTER });
    const params = { USER_ID: 1, PHONE_NUMBER: KNOWN, TYPE: 2 } as const;
    await expect(client.call(address, REGISTER, params)).rejects.toMatchObject({ kind: 'timeout' });
    await until(() => portal.requests[0]?.ok === true);
    await until(() => portal.requests[0]?.delivered === false);
    expect(portal.audit()).toEqual([]);
    await close();
  });

  it('has timed out when the portal hangs', async () => {
    const { client, address, portal, close } = await open(50);
    portal.inject({ kind: 'hang' });
    await expect(client.call(address, USERS, {})).rejects.toMatchObject({
      kind: 'timeout',
      verdict: 'retry',
    });
    await close();
  });
});

describe('in virtual time', () => {
  it('a portal that hangs costs no real time', async () => {
    const clock = new ManualClock();
    const portal = new FakePortal({ clock });
    const client = new PortalClient({
      userAgent: 'c/1',
      timeoutMs: 60_000,
      fetch: portal.asFetch(),
      now: () => clock.now(),
    });
    const address = addressOf(portal, 'https://company.example/rest/');
    portal.inject({ kind: 'execute-then-hang', method: REGISTER });
    const params = { USER_ID: 1, PHONE_NUMBER: KNOWN, TYPE: 2 } as const;
    const start = clock.now();
    await expect(client.call(address, REGISTER, params)).rejects.toMatchObject({
      verdict: 'unknown-outcome',
    });
    expect(clock.now() - start).toBe(60_000);
  });

  it('the upload address is on the host that was asked, and a redirected upload is refused', async () => {
    const portal = new FakePortal({ clock: new ManualClock() });
    const client = clientOf(portal.asFetch());
    const address = addressOf(portal, 'https://other.example/rest/');
    portal.inject({ kind: 'redirect', to: 'https://evil.example/', method: 'upload' });
    const target = { uploadUrl: 'https://other.example/rest/upload.json?auth=a&token=b', fieldName: 'file' };
    const upload = client.uploadRecord(address, target, { content: new Blob(['x']), fileName: 'a.wav' });
    await expect(upload).rejects.toMatchObject({ kind: 'redirected', verdict: 'ask-a-person' });
  });
});

/** Waits for a condition that network and timers bring about. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
