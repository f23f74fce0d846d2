import { ApiVersion, B24OAuth, EnumAppStatus } from '@bitrix24/b24jssdk';
import type { AjaxError, B24OAuthParams } from '@bitrix24/b24jssdk';
import { ATTACH, FINISH, KNOWN, REGISTER, USERS } from './testing/ask';
import { FakeCloud } from './fake-cloud';
import type { FakePortal } from './fake-portal';
import type { FakeApp } from './apps/fake-app';

/**
 * The official JavaScript SDK, unmodified, over HTTP: the independent client that this portal has to satisfy. Whoever
 * built the portal wrong would most likely have built our own client wrong in the same way.
 */
describe('the official SDK', () => {
  let cloud: FakeCloud;
  let portal: FakePortal;
  let app: FakeApp;
  let running: { close(): Promise<void> };

  beforeEach(async () => {
    cloud = new FakeCloud();
    portal = cloud.addPortal({ origin: 'http://127.0.0.1', rateLimit: false });
    running = await cloud.listen();
    app = portal.apps.add({ redirectUri: 'https://connector.example/oauth' });
    portal.apps.install(app);
  });
  afterEach(() => running.close());

  /** The way of an application that was authorised in the browser: a code, exchanged for the first pair. */
  async function authorised(): Promise<B24OAuth> {
    const code = new URL(portal.authorize(app) ?? '').searchParams.get('code') ?? '';
    const query = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: app.clientId,
      client_secret: app.clientSecret,
      code,
    });
    const answer = await fetch(`${cloud.oauth.origin}/oauth/token/?${query.toString()}`);
    const token = (await answer.json()) as Record<string, string>;
    return sdkOf({
      domain: new URL(portal.origin).host,
      accessToken: token.access_token ?? '',
      refreshToken: token.refresh_token ?? '',
      expires: Math.floor(Date.now() / 1000) + Number(token.expires_in),
      clientEndpoint: token.client_endpoint ?? '',
      serverEndpoint: token.server_endpoint ?? '',
      memberId: token.member_id ?? '',
      scope: token.scope ?? '',
    });
  }

  function sdkOf(params: Partial<B24OAuthParams>): B24OAuth {
    const sdk = new B24OAuth(
      {
        applicationToken: portal.apps.get(app).applicationToken,
        userId: 1,
        expiresIn: 3600,
        issuer: 'store',
        status: EnumAppStatus.Local,
        ...params,
      } as B24OAuthParams,
      { clientId: app.clientId, clientSecret: app.clientSecret },
    );
    sdk.offClientSideWarning();
    return sdk;
  }

  const registration = { USER_ID: 1, PHONE_NUMBER: KNOWN, TYPE: 2, EXTERNAL_CALL_ID: 'sdk-1' };

  it('is authorised with a code, and knows an administrator', async () => {
    const sdk = await authorised();
    await sdk.initIsAdmin();
    expect(sdk.auth.isAdmin).toBe(true);
  });

  it('calls', async () => {
    const sdk = await authorised();
    const answer = await sdk.actions.v2.call.make<{ CALL_ID: string }>({
      method: REGISTER,
      params: registration,
    });
    expect(answer.isSuccess).toBe(true);
    const { CALL_ID } = answer.getData()!.result;
    await sdk.actions.v2.call.make({ method: FINISH, params: { CALL_ID, USER_ID: 1, DURATION: 5 } });
    expect([...portal.state.statistics.values()]).toMatchObject([{ EXTERNAL_CALL_ID: 'sdk-1' }]);
    expect(portal.audit()).toEqual([]);
  });

  it('understands a refusal', async () => {
    const sdk = await authorised();
    const failing = sdk.actions.v2.call.make({ method: REGISTER, params: { ...registration, USER_ID: 99 } });
    await expect(failing).rejects.toMatchObject({
      code: 'ERROR_CORE',
      status: 400,
    } satisfies Partial<AjaxError>);
  });

  it('refreshes a token that has expired, and goes on with all that was under way', async () => {
    const sdk = await authorised();
    const told = jest.fn().mockResolvedValue(undefined);
    sdk.setCallbackRefreshAuth(told);
    const auth = sdk.auth.getAuthData();
    if (auth === false) throw new Error('no token');
    cloud.oauth.tokens.expire(auth.access_token);
    const ask = () => sdk.actions.v2.call.make<string>({ method: 'server.time' });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.every(({ isSuccess }) => isSuccess)).toBe(true);
    expect(told).toHaveBeenCalled();
    expect(cloud.oauth.requestsTo('oauth/token').every(({ ok }) => ok)).toBe(true);
    const renewed = sdk.auth.getAuthData();
    expect(renewed === false ? undefined : renewed.access_token).not.toBe(auth.access_token);
  });

  it('is told that a refresh token is dead', async () => {
    const sdk = await authorised();
    const auth = sdk.auth.getAuthData();
    if (auth === false) throw new Error('no token');
    cloud.oauth.tokens.useUp(auth.refresh_token);
    await expect(sdk.auth.refreshAuth()).rejects.toMatchObject({ code: 'invalid_grant', status: 400 });
  });

  it('sends a batch whose commands use earlier results', async () => {
    const sdk = await authorised();
    const answer = await sdk.actions.v2.batch.make({
      calls: {
        reg: [REGISTER, registration],
        fin: [FINISH, { CALL_ID: '$result[reg][CALL_ID]', USER_ID: 1, DURATION: 5 }],
        rec: [ATTACH, { CALL_ID: '$result[reg][CALL_ID]', FILENAME: 'a.mp3', FILE_CONTENT: 'QUJD' }],
      },
      options: { isHaltOnError: true },
    });
    expect(answer.getErrorMessages()).toEqual([]);
    expect(answer.getData()).toMatchObject({ fin: { CALL_DURATION: 5 }, rec: { FILE_ID: 9001 } });
    expect(portal.requests.filter(({ inBatch }) => inBatch === undefined)).toHaveLength(1);
    expect(portal.audit()).toEqual([]);
  });

  it('learns from a batch which command failed', async () => {
    const sdk = await authorised();
    const answer = await sdk.actions.v2.batch.make({
      calls: [
        ['server.time', {}],
        [REGISTER, { ...registration, USER_ID: 99 }],
      ],
      options: { isHaltOnError: false },
    });
    expect(answer.getErrorMessages().join()).toContain('User is not found or is not active');
  });

  it('lists more than a page, by offset and by id', async () => {
    for (let id = 1001; id <= 1120; id += 1)
      portal.company.crm.push({ type: 'CONTACT', id, name: `Client ${id}`, phones: [], assignedById: 1 });
    const sdk = await authorised();
    const listing = {
      method: 'crm.item.list',
      params: { entityTypeId: 3 },
      idKey: 'id',
      customKeyForResult: 'items',
    };
    const all = await sdk.actions.v2.callList.make<{ id: number }>(listing);
    expect(all.getData()).toHaveLength(123);
    const chunks: number[] = [];
    for await (const chunk of sdk.actions.v2.fetchList.make<{ id: number }>(listing))
      chunks.push(chunk.length);
    expect(chunks).toEqual([50, 50, 23]);
    const page = await sdk.actions.v2.call.make<unknown[]>({ method: USERS, params: { start: 0 } });
    expect(page.getTotal()).toBe(18);
  });

  it('waits and asks again after 503 QUERY_LIMIT_EXCEEDED', async () => {
    const sdk = await authorised();
    portal.inject({ kind: 'rate-limited', method: 'server.time' });
    const answer = await sdk.actions.v2.call.make<string>({ method: 'server.time' });
    expect(answer.isSuccess).toBe(true);
    expect(portal.requestsTo('server.time')).toHaveLength(2);
  });

  it('reads the operating time', async () => {
    const sdk = await authorised();
    await sdk.actions.v2.call.make({ method: 'server.time' });
    const { operatingStats } = sdk.getHttpClient(ApiVersion.v2).getStats();
    expect(JSON.stringify(operatingStats)).toContain('server.time');
  });
});
