import { ManualClock } from './clock';
import { FakeCloud } from './fake-cloud';
import { ListeningApp } from './testing/listening-app';

const post = async (fetchLike: typeof fetch, address: string, body: object = {}) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetchLike(address, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    redirect: 'manual',
  });
  const text = await answer.text();
  const json = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: answer.status, location: answer.headers.get('location'), ...json };
};

describe('a cloud without network', () => {
  it('finds portals and the OAuth server by their addresses', async () => {
    const cloud = new FakeCloud({ clock: new ManualClock() });
    const acme = cloud.addPortal({ origin: 'https://acme.example' });
    const beta = cloud.addPortal({ origin: 'https://beta.example' });
    const timeAt = (host: string, auth: string) =>
      post(cloud.asFetch(), `https://${host}/rest/server.time`, { auth });
    expect((await timeAt('acme.example', acme.accessToken)).status).toBe(200);
    expect((await timeAt('beta.example', beta.accessToken)).status).toBe(200);
    expect((await timeAt('acme.example', beta.accessToken)).status).toBe(401);
    const info = await cloud.asFetch()(`${cloud.oauth.origin}/rest/app.info?auth=${beta.accessToken}`);
    expect(info.status).toBe(200);
  });

  it('may have a second region, whose OAuth server knows nothing of the first', async () => {
    const cloud = new FakeCloud({ clock: new ManualClock() });
    const world = cloud.addPortal({ origin: 'https://acme.example' });
    const oauth = cloud.addRegion('https://oauth.bitrix24.tech');
    const east = cloud.addPortal({ origin: 'https://beta.example', oauth });
    const infoAt = async (origin: string, token: string) =>
      (await cloud.asFetch()(`${origin}/rest/app.info?auth=${token}`)).status;
    expect(await infoAt('https://oauth.bitrix.info', world.accessToken)).toBe(200);
    expect(await infoAt('https://oauth.bitrix24.tech', east.accessToken)).toBe(200);
    expect(await infoAt('https://oauth.bitrix.info', east.accessToken)).toBe(401);
    expect(east.memberId).not.toBe(world.memberId);
  });

  it('has a renamed portal answer at both addresses', async () => {
    const cloud = new FakeCloud();
    const acme = cloud.addPortal({ origin: 'https://acme.example' });
    acme.rename('https://acme-new.example');
    const at = (origin: string) =>
      post(cloud.asFetch(), `${origin}/rest/server.time`, { auth: acme.accessToken });
    expect(await at('https://acme.example')).toMatchObject({
      status: 302,
      location: 'https://acme-new.example/rest/server.time',
    });
    expect((await at('https://acme-new.example')).status).toBe(200);
  });

  it('fails for every other address, and remembers that it was called', async () => {
    const cloud = new FakeCloud();
    cloud.addPortal({ origin: 'https://acme.example' });
    await expect(post(cloud.asFetch(), 'http://169.254.169.254/latest')).rejects.toThrow('fetch failed');
    await expect(post(cloud.asFetch(), 'http://acme.example/rest/server.time')).rejects.toThrow(
      'fetch failed',
    );
    expect(cloud.strayRequests).toEqual([
      'http://169.254.169.254/latest',
      'http://acme.example/rest/server.time',
    ]);
  });

  it('gives every portal ids of its own', () => {
    const cloud = new FakeCloud();
    const [acme, beta] = ['a', 'b'].map((name) => cloud.addPortal({ origin: `https://${name}.example` }));
    const click = { userId: 1, phoneNumber: '+1' };
    expect(acme?.click(click)).not.toBe(beta?.click(click));
    expect(acme?.memberId).not.toBe(beta?.memberId);
  });

  it('has one application of the Market on many portals, told apart by member_id', async () => {
    const listener = new ListeningApp();
    const cloud = new FakeCloud();
    const app = cloud.publish({ installUrl: 'https://connector.example/install' });
    const portals = ['acme', 'beta'].map((name) =>
      cloud.addPortal({ origin: `https://${name}.example`, deliver: listener.fetch }),
    );
    for (const portal of portals) {
      portal.apps.install(app);
      await portal.post.settled();
    }
    expect(listener.events.map(({ auth }) => [auth.member_id, auth.domain])).toEqual([
      [portals[0]?.memberId, 'acme.example'],
      [portals[1]?.memberId, 'beta.example'],
    ]);
  });
});

describe('a cloud on real ports', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });

  it('tells the addresses it listens on, and refreshes there', async () => {
    const cloud = new FakeCloud();
    const acme = cloud.addPortal({ origin: 'https://acme.example' });
    open.push(await cloud.listen());
    const app = acme.apps.add({ redirectUri: 'https://connector.example/' });
    acme.apps.install(app);
    const code = new URL(acme.authorize(app) ?? '').searchParams.get('code') ?? '';
    const answer = await fetch(`${cloud.oauth.origin}/oauth/token/`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: app.clientId,
        client_secret: app.clientSecret,
        code,
      }),
    });
    const token = (await answer.json()) as Record<string, string>;
    expect(token).toMatchObject({
      server_endpoint: `${cloud.oauth.origin}/rest/`,
      client_endpoint: `${acme.origin}/rest/`,
    });
    const { status } = await post(fetch, `${acme.origin}/rest/server.time`, { auth: token.access_token });
    expect(status).toBe(200);
  });

  it('answers 302 at the port that a portal has left', async () => {
    const cloud = new FakeCloud();
    const acme = cloud.addPortal({ origin: 'https://acme.example' });
    open.push(await cloud.listen());
    const second = await acme.listen();
    open.push(second);
    const before = acme.origin;
    acme.rename(second.origin);
    const { status, location } = await post(fetch, `${before}/rest/server.time`);
    expect([status, location]).toEqual([302, `${second.origin}/rest/server.time`]);
  });
});
