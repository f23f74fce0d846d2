import { INSTALL_KEY, appOf, hashOf } from '../testing/memory-stores';
import { browser, TestDoor } from '../testing/open-test-door';
import {
  ACCESS_TOKEN,
  appInstall,
  APPLICATION_TOKEN,
  frame,
  frameQuery,
  MEMBER,
  portalEvent,
  REFRESH_TOKEN,
  SECRETS,
} from '../testing/payloads';
import { portalError } from '../testing/scripted-bitrix24';

const opening = { query: frameQuery, headers: browser };

describe('installing a portal', () => {
  let door: TestDoor;

  beforeEach(async () => {
    door = await TestDoor.open();
    door.bitrix.grant(REFRESH_TOKEN, MEMBER);
  });

  afterEach(async () => {
    await door.close();
    door.expectNoSecretTold(...SECRETS, `access-after-${REFRESH_TOKEN}`, `refresh-after-${REFRESH_TOKEN}`);
  });

  const nothingStored = () => {
    expect(door.stores.portals.size).toBe(0);
    expect(door.stores.events).toEqual([]);
    expect(door.rings.rung).toEqual([]);
  };

  describe('by the event of an application without pages', () => {
    it('stores the tokens of its own refresh, never those of the payload, and has the portal set up', async () => {
      const { status, text } = await door.post('install', appInstall());

      expect([status, text]).toEqual([200, '{"status":"success"}']);
      expect(door.stores.portals.get(MEMBER)).toMatchObject({
        appId: 'app-1',
        applicationTokenHash: hashOf(APPLICATION_TOKEN),
        endpoint: 'https://acme.bitrix24.com/rest/',
        tokens: {
          accessToken: `access-after-${REFRESH_TOKEN}`,
          refreshToken: `refresh-after-${REFRESH_TOKEN}`,
        },
        installer: { userId: 1, isAdmin: true },
      });
      expect(door.rings.rung).toEqual(['set-up portal-1']);
      expect(await door.counted('portal_installs', { outcome: 'installed' })).toBe(1);
    });

    it('takes the portal from the answer of the OAuth server, not from the payload', async () => {
      door.bitrix.grant('other', MEMBER, { endpoint: 'https://true.bitrix24.ru/rest/' });
      await door.post(
        'install',
        appInstall({ refresh_token: 'other', client_endpoint: 'https://evil.example/rest/' }),
      );

      expect(door.stores.portals.get(MEMBER)?.endpoint).toBe('https://true.bitrix24.ru/rest/');
      expect(door.bitrix.requests).toEqual([
        'refresh at https://oauth.bitrix.info',
        'owner at https://true.bitrix24.ru/rest/',
      ]);
    });

    it('renews a portal that was installed before, whatever its state', async () => {
      await door.post('install', appInstall());
      door.stores.change(MEMBER, { status: 'red' });
      door.bitrix.grant('again', MEMBER, { userId: 2 });
      await door.post(
        'install',
        appInstall({ refresh_token: 'again', application_token: 'new-application-token' }),
      );

      expect(door.stores.portals.get(MEMBER)).toMatchObject({
        status: 'ok',
        applicationTokenHash: hashOf('new-application-token'),
        installer: { userId: 2 },
      });
      expect(await door.counted('portal_installs', { outcome: 'renewed' })).toBe(1);
    });

    it('installs although the queue is away', async () => {
      door.rings.areTaken = false;
      expect((await door.post('install', appInstall())).status).toBe(200);
      expect(door.stores.portals.size).toBe(1);
    });
  });

  describe('by the first opening of an application with pages', () => {
    it('answers a page that finishes the installation, for this portal alone', async () => {
      const { status, text, headers } = await door.post('install', frame(), opening);

      expect(status).toBe(200);
      expect(door.stores.portals.get(MEMBER)).toMatchObject({
        applicationTokenHash: hashOf(APPLICATION_TOKEN),
      });
      expect(text).toContain('BX24.installFinish()');
      const policy = headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(policy).toBe(
        `default-src 'none'; style-src 'nonce-${nonce}'; ` +
          `script-src 'nonce-${nonce}' https://api.bitrix24.com; base-uri 'none'; form-action 'none'; ` +
          `frame-ancestors https://acme.bitrix24.com`,
      );
      expect(text.match(/<script nonce="([^"]+)"/g)).toEqual(Array(2).fill(`<script nonce="${nonce}"`));
      expect(headers.get('x-frame-options')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
    });

    it('has another nonce in every answer', async () => {
      door.bitrix.grant('second', MEMBER);
      const pages = [
        await door.post('install', frame(), opening),
        await door.post('install', frame({ REFRESH_ID: 'second' }), opening),
      ];
      const nonces = pages.map(
        ({ headers }) => /'nonce-([^']+)'/.exec(headers.get('content-security-policy')!)?.[1],
      );
      expect(new Set(nonces).size).toBe(2);
    });

    it('changes nothing when somebody opens the install address of a portal that works', async () => {
      await door.post('install', frame(), opening);
      const before = door.stores.portals.get(MEMBER);
      for (const isAdmin of [false, true]) {
        door.bitrix.grant('anybody', MEMBER, { userId: 7, isAdmin, isInstallFinished: true });
        const { status, text } = await door.post('install', frame({ REFRESH_ID: 'anybody' }), opening);
        expect([status, text]).toEqual([200, expect.stringContaining('connected already')]);
      }
      expect(door.stores.portals.get(MEMBER)).toBe(before);
      expect(door.rings.rung).toEqual(['set-up portal-1']);
    });

    it.each([
      ['the portal is red', { status: 'red' }, {}],
      ['the application was added anew', { appId: 'app-0' }, {}],
      ['the portal was installed anew', { applicationTokenHash: hashOf('older') }, {}],
      ['the first answer was lost on its way', {}, { isInstallFinished: false }],
    ] as const)('is an installation when %s', async (_, changes, owner) => {
      await door.post('install', frame(), opening);
      door.stores.change(MEMBER, changes);
      door.bitrix.grant('admin', MEMBER, { userId: 3, isInstallFinished: true, ...owner });
      await door.post('install', frame({ REFRESH_ID: 'admin' }), opening);

      expect(door.stores.portals.get(MEMBER)).toMatchObject({
        status: 'ok',
        appId: 'app-1',
        installer: { userId: 3 },
      });
    });
  });

  describe('is refused, with nothing stored,', () => {
    it('to an ordinary user, at first and later', async () => {
      door.bitrix.grant('user', MEMBER, { isAdmin: false });
      const first = await door.post('install', frame({ REFRESH_ID: 'user' }), opening);
      expect([first.status, first.text]).toEqual([403, expect.stringContaining('Only an administrator')]);
      nothingStored();

      await door.post('install', frame(), opening);
      const before = door.stores.portals.get(MEMBER);
      door.stores.change(MEMBER, { status: 'red' });
      door.bitrix.grant('user', MEMBER, { isAdmin: false });
      expect((await door.post('install', appInstall({ refresh_token: 'user' }))).status).toBe(403);
      expect(door.stores.portals.get(MEMBER)?.installer).toBe(before?.installer);
    });

    it.each([
      ['a refresh token that Bitrix24 does not know', { refresh_token: 'made-up' }],
      ['another portal than the one of the token', { member_id: 'somebody-else' }],
    ])('with %s', async (_, changes) => {
      expect((await door.post('install', appInstall(changes))).status).toBe(403);
      nothingStored();
    });

    it.each([
      ['the portal has no REST', portalError('ask-a-person', 'no-rest-on-this-plan'), 'commercial plan'],
      ['the portal denies access', portalError('give-up', 'access-denied'), 'refuses the connector'],
      [
        'its name leads into our network',
        portalError('ask-a-person', 'bad-address'),
        'not a public https address',
      ],
    ])('when %s, with the cure in the page', async (_, failure, words) => {
      door.bitrix.ownerFailure = failure;
      const { status, text } = await door.post('install', frame(), opening);
      expect([status, text]).toEqual([403, expect.stringContaining(words)]);
      nothingStored();
    });

    it('when the secret of the application is not ours', async () => {
      const clientSecret = { reveal: () => 'wrong' };
      door.stores.apps.set(INSTALL_KEY, appOf({ clientSecret }));
      expect((await door.post('install', appInstall())).status).toBe(403);
      nothingStored();
    });

    it('to another portal than the one of the local application, without a request', async () => {
      door.stores.apps.set(INSTALL_KEY, appOf({ memberId: 'f'.repeat(32) }));
      expect((await door.post('install', appInstall())).status).toBe(403);
      expect(door.bitrix.requests).toEqual([]);
      nothingStored();
    });

    it.each([
      'https://oauth.evil.example/rest/',
      'https://oauth.bitrix.info.evil.example/rest/',
      'https://oauth.bitrix.info@evil.example/rest/',
      'http://oauth.bitrix.info/rest/',
      'https://oauth.bitrix.info:8443/rest/',
      'https://127.0.0.1/rest/',
      'oauth.bitrix.info',
      'file:///etc/passwd',
    ])('when it names the OAuth server %s, without a request', async (server_endpoint) => {
      expect((await door.post('install', appInstall({ server_endpoint }))).status).toBe(403);
      expect(door.bitrix.requests).toEqual([]);
      nothingStored();
    });

    it.each([
      'http://acme.bitrix24.com/rest/',
      'https://10.0.0.5/rest/',
      'https://acme.bitrix24.com:8443/rest/',
    ])('when the OAuth server leads to %s, without a request there', async (endpoint) => {
      door.bitrix.grant('inside', MEMBER, { endpoint });
      expect((await door.post('install', appInstall({ refresh_token: 'inside' }))).status).toBe(403);
      expect(door.bitrix.requests).toEqual(['refresh at https://oauth.bitrix.info']);
      nothingStored();
    });

    it.each([
      ['a member id of a wrong type', { member_id: { toString: 'x' } }],
      ['a member id that breaks lines', { member_id: `${MEMBER}\r\nx: y` }],
      ['an empty application token', { application_token: '' }],
      ['a refresh token that comes twice', { refresh_token: [REFRESH_TOKEN, 'other'] }],
      ['no refresh token', { refresh_token: undefined }],
      ['an OAuth server that is a list', { server_endpoint: ['https://oauth.bitrix.info/rest/'] }],
    ])('with %s', async (_, changes) => {
      expect((await door.post('install', appInstall(changes))).status).toBe(400);
      expect(door.bitrix.requests).toEqual([]);
      nothingStored();
    });

    it.each([
      ['a field twice', 'event=ONAPPINSTALL&event=ONAPPINSTALL', 400],
      ['nesting without end', `auth${'[a]'.repeat(500)}=1`, 400],
      ['thousands of fields', Array.from({ length: 3000 }, (_, n) => `f${n}=1`).join('&'), 400],
      ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x00), 400],
      ['nothing at all', '', 400],
      ['more than a megabyte', `data=${'x'.repeat(1024 * 1024)}`, 413],
    ])('for a body with %s', async (_, body, status) => {
      expect((await door.postRaw('install', body)).status).toBe(status);
      nothingStored();
    });

    it.each([
      ['JSON', 'application/json'],
      ['an upload', 'multipart/form-data; boundary=x'],
      ['plain text', 'text/plain'],
      ['another charset', 'application/x-www-form-urlencoded; charset=windows-1251'],
    ])('for %s', async (_, type) => {
      const answer = await door.post('install', appInstall(), { headers: { 'Content-Type': type } });
      expect(answer.status).toBe(415);
      nothingStored();
    });

    it('for a compressed body', async () => {
      const headers = { 'Content-Encoding': 'gzip' };
      expect((await door.post('install', appInstall(), { headers })).status).toBe(415);
      nothingStored();
    });

    it('for any other event', async () => {
      expect((await door.post('install', portalEvent('ONAPPUNINSTALL'))).status).toBe(400);
      nothingStored();
    });
  });

  describe('that nobody can decide now', () => {
    it.each([
      ['Bitrix24 does not answer', portalError('retry', 'timeout')],
      ['nobody knows whether the refresh was done', portalError('unknown-outcome', 'connection-lost')],
      ['something unforeseen happens', new TypeError('fetch failed')],
    ])('is answered 503 when %s', async (_, failure) => {
      door.bitrix.failure = failure;
      expect((await door.post('install', appInstall())).status).toBe(503);
      nothingStored();
    });

    it.each(['away', 'hanging'] as const)('is answered 503 when the database is %s', async (state) => {
      await door.close();
      door = await TestDoor.open({ storeMs: 20 });
      door.stores.state = state;
      expect((await door.post('install', appInstall())).status).toBe(503);
      expect(door.bitrix.requests).toEqual([]);
    });
  });

  it('is answered 503 when the database goes away after the proof', async () => {
    door.stores.install = () => Promise.reject(new Error('connect ECONNREFUSED'));
    expect((await door.post('install', appInstall())).status).toBe(503);
    nothingStored();
  });

  describe('at an address that does not exist', () => {
    it('looks like any other path, for every method and body', async () => {
      const astray = await door.ask('/no/such/path');
      const answers = [
        await door.post('install', appInstall(), { key: 'unknown' }),
        await door.postRaw('install', 'rubbish', { key: `${INSTALL_KEY}x` }),
        await door.postRaw('install', 'rubbish', { key: 'x', headers: { 'Content-Type': 'text/plain' } }),
        await door.get('install', { key: 'unknown' }),
        await door.ask(`/bitrix24/${INSTALL_KEY}/install`, 'DELETE'),
      ];
      const withoutId = (text: string) => text.replace(/[0-9a-f-]{36}/, 'id');
      expect(answers.map(({ status, text }) => [status, withoutId(text)])).toEqual(
        answers.map(() => [404, withoutId(astray.text)]),
      );
      nothingStored();
    });

    it('does not tell the key in the page either', async () => {
      const { status, text } = await door.get('install', { key: 'unknown-key', headers: browser });
      expect(status).toBe(404);
      expect(text).not.toContain('unknown-key');
    });
  });

  it('shows an administrator that the address is right', async () => {
    const { status, text } = await door.get('install');
    expect([status, text]).toEqual([200, expect.stringContaining('Bitrix24')]);
  });

  describe('and its refusal in the frame', () => {
    it('says what to do, inside the portal that the frame claims to be', async () => {
      const { status, text, headers } = await door.post('install', frame({ REFRESH_ID: 'made-up' }), opening);
      expect(status).toBe(403);
      expect(text).toContain('does not confirm this installation');
      expect(text).toContain(headers.get('x-request-id'));
      expect(text).not.toContain('<script');
      expect(headers.get('content-security-policy')).toMatch(
        /frame-ancestors https:\/\/acme\.bitrix24\.com$/,
      );
    });

    it.each([`evil.example; script-src *`, 'evil.example\r\nx', '*', '', '10.0.0.5', "'self'"])(
      'is framed by nobody when it claims to be in %j',
      async (DOMAIN) => {
        const query = { ...frameQuery, DOMAIN };
        const { headers } = await door.post('install', frame({ REFRESH_ID: 'x' }), {
          headers: browser,
          query,
        });
        expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'$/);
      },
    );
  });

  it('logs why it refused, under the id that it answered', async () => {
    const { text, headers } = await door.post('install', appInstall({ member_id: 'other' }));
    const line = door.logged.find((logged) => logged.includes('a request was refused'));
    expect(JSON.parse(line!)).toMatchObject({
      requestId: headers.get('x-request-id'),
      door: 'install',
      reason: 'token-refused: the token is of another portal',
    });
    expect(JSON.parse(text)).toEqual({ status: 403, requestId: headers.get('x-request-id') });
    expect(door.everythingTold()).not.toContain(ACCESS_TOKEN);
  });
});

describe('an address whose installations fail', () => {
  let door: TestDoor;

  afterEach(() => door.close());

  const failTooOften = async (settings: { trustedProxies: readonly string[] }) => {
    door = await TestDoor.open({ failedInstalls: 3, forgivenMs: 60_000, ...settings });
    door.bitrix.grant(REFRESH_TOKEN, MEMBER);
    for (let n = 0; n < 3; n += 1) {
      await door.post('install', appInstall(), {
        key: `guess-${n}`,
        headers: { 'X-Forwarded-For': '203.0.113.5' },
      });
    }
  };

  it('waits after too many of them, before anything is asked or stored', async () => {
    await failTooOften({ trustedProxies: [] });
    const { status, headers } = await door.post('install', appInstall());
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
    expect(door.bitrix.requests).toEqual([]);
    expect((await door.post('events', appInstall())).status).toBe(403);
  });

  it('is the address that a trusted proxy tells', async () => {
    await failTooOften({ trustedProxies: ['loopback'] });
    const from = (address: string) =>
      door.post('install', appInstall(), { headers: { 'X-Forwarded-For': address } });
    expect((await from('203.0.113.5')).status).toBe(429);
    expect((await from('203.0.113.6')).status).toBe(200);
  });

  it('does not wait for failures that are ours', async () => {
    door = await TestDoor.open({ failedInstalls: 1, forgivenMs: 60_000 });
    door.stores.state = 'away';
    await door.post('install', appInstall());
    door.stores.state = 'up';
    door.bitrix.grant(REFRESH_TOKEN, MEMBER);
    expect((await door.post('install', appInstall())).status).toBe(200);
  });
});
