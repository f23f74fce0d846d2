import { ENTERPRISE } from '../portal-conditions';
import { REGISTER, SHOW, USERS, portalUnderTest } from '../testing/ask';

describe('the rate limit', () => {
  it('blocks above 50 requests and drains two a second', async () => {
    const { ask, clock } = portalUnderTest();
    for (let n = 0; n < 50; n += 1) expect((await ask(USERS)).status).toBe(200);
    expect(await ask(USERS)).toMatchObject({ status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED' } });
    clock.advance(1_000);
    expect((await ask(USERS)).status).toBe(200);
    expect((await ask(USERS)).status).toBe(200);
    expect((await ask(USERS)).status).toBe(503);
  });

  it('refuses before execution', async () => {
    const { ask, portal } = portalUnderTest({ rateLimit: { threshold: 1, leakPerSecond: 1 } });
    await ask(USERS);
    expect((await ask(REGISTER, { USER_ID: 1, PHONE_NUMBER: '+1', TYPE: 2 })).status).toBe(503);
    expect(portal.state.calls.all).toEqual([]);
  });

  it('counts per source address, not per application', async () => {
    const { portal } = portalUnderTest({ rateLimit: { threshold: 1, leakPerSecond: 1 } });
    const from = async (source: string, auth: string) => {
      const path = `/rest/user.get?auth=${auth}`;
      return (await portal.handle({ method: 'GET', path, headers: {}, source })).status;
    };
    expect(await from('10.0.0.1', portal.accessToken)).toBe(200);
    expect(await from('10.0.0.1', portal.issueToken({ appId: '4' }))).toBe(503);
    expect(await from('10.0.0.2', portal.accessToken)).toBe(200);
  });

  it('of a portal that is a hundred times as fast drains so many times faster, from the same bucket', async () => {
    const { ask, clock } = portalUnderTest({ rateFactor: 100 });
    for (let n = 0; n < 50; n += 1) expect((await ask(USERS)).status).toBe(200);
    expect((await ask(USERS)).status).toBe(503);
    clock.advance(10);
    expect([(await ask(USERS)).status, (await ask(USERS)).status]).toEqual([200, 200]);
    expect((await ask(USERS)).status).toBe(503);
  });

  it('follows the plan, unless the portal was made with a limit of its own', () => {
    const { portal } = portalUnderTest();
    portal.limits.adopt(ENTERPRISE);
    expect(portal.limits.rate.options).toEqual({ threshold: 250, leakPerSecond: 5 });
    const own = { threshold: 7, leakPerSecond: 1 };
    const other = portalUnderTest({ rateLimit: own }).portal;
    other.limits.adopt(ENTERPRISE);
    expect(other.limits.rate.options).toEqual(own);
  });

  it('can be switched off', async () => {
    const { ask } = portalUnderTest({ rateLimit: false });
    for (let n = 0; n < 60; n += 1) expect((await ask(USERS)).status).toBe(200);
  });
});

describe('the operating time', () => {
  const operating = { limitSeconds: 2, secondsPerCall: 1 };

  it('lets the call that crosses the limit complete and refuses the next one', async () => {
    const { ask, clock } = portalUnderTest({ operating });
    await ask(USERS);
    expect((await ask(USERS)).body.time).toMatchObject({ operating: 2 });
    const { status, body } = await ask(USERS);
    expect(status).toBe(429);
    expect(body.error).toBe('OPERATION_TIME_LIMIT');
    expect(body.time?.operating_reset_at).toBe(clock.now() / 1000 + 600);
  });

  it('counts per method and application', async () => {
    const { ask, portal } = portalUnderTest({ operating });
    await ask(USERS);
    await ask(USERS);
    expect((await ask(SHOW, { CALL_ID: 'x' })).status).toBe(200);
    expect((await ask(USERS, {}, portal.issueToken({ appId: '4' }))).status).toBe(200);
    expect((await ask(USERS)).status).toBe(429);
  });

  it('may be counted in shorter baskets', async () => {
    const { ask, clock } = portalUnderTest({ operating: { ...operating, basketSeconds: 0.1 } });
    await ask(USERS);
    await ask(USERS);
    const { body } = await ask(USERS);
    expect(body.time?.operating_reset_at).toBe(clock.now() / 1000 + 1);
    clock.advance(1_000);
    expect((await ask(USERS)).status).toBe(200);
  });

  it('comes back when the oldest basket leaves', async () => {
    const { ask, clock, portal } = portalUnderTest({ operating });
    await ask(USERS);
    await ask(USERS);
    clock.advance(10 * 60_000);
    expect((await ask(USERS, {}, portal.issueToken())).status).toBe(200);
  });
});
