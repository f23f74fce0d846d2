import { portalUnderTest } from '../testing/ask';

const webhook = async (portal: ReturnType<typeof portalUnderTest>['portal'], method: string) => {
  const path = `/rest/1/${portal.access.issueWebhook()}/${method}`;
  const reply = await portal.handle({ method: 'GET', path, headers: {} });
  return { status: reply.status, body: JSON.parse(reply.body) as object };
};

describe('app.info', () => {
  it('tells application and plan', async () => {
    const { ask, portal } = portalUnderTest();
    expect((await ask('app.info')).body.result).toEqual({
      ID: 3,
      CODE: portal.app.clientId,
      VERSION: 1,
      STATUS: 'L',
      INSTALLED: true,
      PAYMENT_EXPIRED: 'N',
      DAYS: null,
      LANGUAGE_ID: 'en',
      LICENSE: 'en_std',
      LICENSE_TYPE: 'std',
      LICENSE_FAMILY: 'std',
    });
  });

  it('is 400 ACCESS_DENIED through a webhook', async () => {
    const { portal } = portalUnderTest();
    expect(await webhook(portal, 'app.info')).toEqual({
      status: 400,
      body: { error: 'ACCESS_DENIED', error_description: 'Access denied! Application context required' },
    });
  });
});

describe('profile', () => {
  it('needs no scope at all, and says who is an administrator', async () => {
    const { ask, portal } = portalUnderTest();
    const of = async (userId: number) =>
      (await ask('profile', {}, portal.issueToken({ userId, scopes: [] }))).body.result;
    expect(await of(1)).toMatchObject({ ID: '1', ADMIN: true, NAME: 'Anna', LAST_NAME: 'Petrova' });
    expect(await of(2)).toMatchObject({ ID: '2', ADMIN: false });
  });

  it('is an empty map, and so [], for somebody who is not active', async () => {
    const { ask, portal } = portalUnderTest();
    expect((await ask('profile', {}, portal.issueToken({ userId: 17 }))).body.result).toEqual([]);
  });
});

describe('user.current', () => {
  it('is the owner of the token, with the fields his scope has', async () => {
    const { ask, portal } = portalUnderTest();
    const of = async (scope: string) =>
      (await ask('user.current', {}, portal.issueToken({ userId: 4, scopes: [scope] }))).body.result;
    expect(await of('user_basic')).toMatchObject({
      ID: '4',
      UF_PHONE_INNER: '1004',
      EMAIL: 'user4@company.example',
    });
    expect(await of('user_brief')).not.toHaveProperty('EMAIL');
  });
});

describe('scope', () => {
  it('lists those of the token, or all', async () => {
    const { ask } = portalUnderTest();
    expect((await ask('scope')).body.result).toEqual(['telephony', 'user_basic', 'crm']);
    expect((await ask('scope', { full: true })).body.result).toContain('placement');
  });
});

describe('method.get', () => {
  it.each([
    ['telephony.externalcall.register', true, true],
    ['im.notify', true, false],
    ['crm.lead.add', false, false],
    ['telephony.externalCall.register', false, false],
    ['batch', true, true],
  ])('of %s: existing %s, available %s', async (name, isExisting, isAvailable) => {
    const { ask } = portalUnderTest();
    expect((await ask('method.get', { name })).body.result).toEqual({ isExisting, isAvailable });
  });

  it('without a name gives both false', async () => {
    const { ask } = portalUnderTest();
    expect((await ask('method.get')).body.result).toEqual({ isExisting: false, isAvailable: false });
  });
});

describe('server.time', () => {
  it('is ISO-8601 with an offset, by the clock of the portal', async () => {
    const { ask, clock } = portalUnderTest();
    clock.advance(61_000);
    expect((await ask('server.time')).body.result).toBe('2026-03-07T07:01:01+00:00');
  });
});
