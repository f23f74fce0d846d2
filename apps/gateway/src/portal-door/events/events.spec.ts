import { StoreError } from '@app/store';
import { INSTALL_KEY, appOf, hashOf } from '../testing/memory-stores';
import { TestDoor } from '../testing/open-test-door';
import {
  appInstall,
  APPLICATION_TOKEN,
  appUninstall,
  appUpdate,
  callStart,
  MEMBER,
  portalEvent,
  REFRESH_TOKEN,
  SECRETS,
} from '../testing/payloads';
import { portalError } from '../testing/scripted-bitrix24';

describe('an event of a portal', () => {
  let door: TestDoor;

  beforeEach(async () => {
    door = await TestDoor.open({ storeMs: 50 });
    door.bitrix.grant(REFRESH_TOKEN, MEMBER);
    await door.post('install', appInstall());
    door.rings.rung.length = 0;
    door.bitrix.requests.length = 0;
  });

  afterEach(async () => {
    await door.close();
    door.expectNoSecretTold(...SECRETS, 'new-application-token', 'update-refresh-token');
    expect(JSON.stringify(door.stores.events)).not.toMatch(new RegExp(SECRETS.join('|')));
  });

  /** Refused in the same words, with nothing stored. */
  const expectRefused = async (answers: readonly { status: number; text: string }[], reason: string) => {
    for (const { status, text } of answers) {
      expect(status).toBe(403);
      expect(Object.keys(JSON.parse(text) as object)).toEqual(['status', 'requestId']);
    }
    expect(door.stores.events).toEqual([]);
    expect(door.rings.rung).toEqual([]);
    expect(await door.counted('portal_refusals', { door: 'events', reason })).toBe(answers.length);
  };

  describe('that is true', () => {
    it('is stored with every field but its tokens, answered, and rung for', async () => {
      const before = Date.now();
      const { status, text } = await door.post('events', callStart({ user_id: '12' }));

      expect([status, text]).toEqual([200, 'ok']);
      const { receivedAt, ...stored } = door.stores.events[0]!;
      expect(stored).toEqual({
        portalId: 'portal-1',
        name: 'ONEXTERNALCALLSTART',
        ts: 1773236988,
        handlerId: '1055',
        data: callStart().data,
        auth: {
          ...callStart({ user_id: '12' }).auth,
          access_token: '[hidden]',
          application_token: '[hidden]',
        },
      });
      expect(receivedAt).toBeGreaterThanOrEqual(before);
      expect(door.rings.rung).toEqual(['event event-1']);
      expect(await door.counted('portal_events', { outcome: 'stored' })).toBe(1);
    });

    it('is answered after two round trips: portal and application are looked up at the same time', async () => {
      const { stores } = door;
      let asked: () => void = () => undefined;
      const portalAsked = new Promise<void>((resolve) => (asked = resolve));
      const byInstallKey = stores.byInstallKey.bind(stores);
      const byMemberId = stores.byMemberId.bind(stores);
      stores.byMemberId = (memberId) => {
        asked();
        return byMemberId(memberId);
      };
      stores.byInstallKey = async (installKey) => {
        await portalAsked;
        return byInstallKey(installKey);
      };
      expect((await door.post('events', callStart())).status).toBe(200);
    });

    it('may be JSON, with numbers as numbers', async () => {
      const body = JSON.stringify({ ...callStart(), ts: 1773236988 });
      const headers = { 'Content-Type': 'application/json; charset=UTF-8' };
      expect((await door.postRaw('events', body, { headers })).status).toBe(200);
      expect(door.stores.events).toMatchObject([{ ts: 1773236988, data: { USER_ID: '12' } }]);
    });

    it('is known when it comes again: answered 200, neither stored nor rung for', async () => {
      await door.post('events', callStart());
      expect((await door.post('events', callStart())).status).toBe(200);
      expect(door.stores.events).toHaveLength(1);
      expect(door.rings.rung).toEqual(['event event-1']);
      expect(await door.counted('portal_events', { outcome: 'duplicate' })).toBe(1);
    });

    it.each([
      [
        'a callback form',
        'ONEXTERNALCALLBACKSTART',
        { PHONE_NUMBER: '+74950000001', TEXT: 'Перезвоните', LINE_NUMBER: '' },
      ],
      ['a test', 'ONAPPTEST', { QUERY: { any: 'thing', list: ['a', 'b'] }, LANGUAGE_ID: 'en' }],
      ['a new employee', 'ONUSERADD', { ID: '42', UF_DEPARTMENT: ['1'] }],
      ['something nobody knows', 'ONSOMETHINGNEW', { constructor: 'x', deep: { er: { st: 'y' } } }],
      ['things that have numbers for names', 'ONSOMETHINGNEW', { 0: 'a', 1: { 39: 'b' } }],
      ['an installation told once more', 'ONAPPINSTALL', { VERSION: '1' }],
    ])('may be about %s', async (_, name, data) => {
      expect((await door.post('events', portalEvent(name, data))).status).toBe(200);
      expect(door.stores.events).toMatchObject([{ name, data }]);
      expect(door.bitrix.requests).toEqual([]);
    });

    it('may lack a time, data and a binding, or have a time that is none', async () => {
      const { auth } = callStart();
      await door.post('events', { event: 'OnAppTest', auth });
      await door.post('events', {
        event: 'ONAPPTEST',
        ts: 'yesterday',
        event_handler_id: 'x',
        data: { a: '1' },
        auth,
      });
      expect(door.stores.events).toMatchObject([
        { name: 'ONAPPTEST', ts: undefined, handlerId: undefined, data: {} },
        { name: 'ONAPPTEST', ts: undefined, handlerId: undefined, data: { a: '1' } },
      ]);
    });

    it('is stored without the tokens that its data holds, and without what Postgres does not take', async () => {
      await door.post('events', portalEvent('ONAPPMETHODCONFIRM', { TOKEN: SECRETS[1], METHOD: 'a\u0000b' }));
      expect(door.stores.events).toMatchObject([{ data: { TOKEN: '[hidden]', METHOD: 'a\ufffdb' } }]);
    });

    it.each(['-1', '1.5', '99999999999999', '1e400'])('may have the impossible time %s', async (ts) => {
      await door.post('events', { ...callStart(), ts });
      expect(door.stores.events).toMatchObject([{ ts: undefined }]);
    });

    it('is taken while the portal is red', async () => {
      door.stores.change(MEMBER, { status: 'red' });
      expect((await door.post('events', callStart())).status).toBe(200);
    });

    it('is taken although the ring is lost: the sweeper finds it', async () => {
      door.rings.areTaken = false;
      expect((await door.post('events', callStart())).status).toBe(200);
      expect(door.stores.events).toHaveLength(1);
    });
  });

  describe('that nobody can vouch for', () => {
    it('is refused without a hint whether the portal or the token is wrong', async () => {
      const stranger = { member_id: 'd41d8cd98f00b204e9800998ecf8427e' };
      await expectRefused(
        [
          await door.post('events', callStart({ application_token: 'forged' })),
          await door.post('events', callStart({ application_token: APPLICATION_TOKEN.slice(0, -1) })),
          await door.post('events', callStart({ application_token: `${APPLICATION_TOKEN}0` })),
          await door.post('events', callStart({ application_token: undefined })),
          await door.post('events', callStart({ application_token: [APPLICATION_TOKEN, 'x'] })),
          await door.post('events', appUninstall('1', { application_token: 'forged' })),
        ],
        'wrong-application-token',
      );
      await expectRefused(
        [await door.post('events', callStart(stranger)), await door.post('events', appInstall(stranger))],
        'unknown-portal',
      );
      expect(door.stores.uninstalled).toEqual([]);
      expect(door.bitrix.requests).toEqual([]);
    });

    it('is refused when a portal without a token is told an empty one', async () => {
      door.stores.change(MEMBER, { applicationTokenHash: undefined });
      const body = `event=ONAPPTEST&auth[member_id]=${MEMBER}`;
      await expectRefused([await door.postRaw('events', body)], 'wrong-application-token');
    });

    it('is refused at the address of another application', async () => {
      door.stores.apps.set('other-key', appOf({ appId: 'app-2' }));
      await expectRefused([await door.post('events', callStart(), { key: 'other-key' })], 'unknown-portal');
    });

    it('is not found at an address that does not exist', async () => {
      expect((await door.post('events', callStart(), { key: `${INSTALL_KEY}0` })).status).toBe(404);
    });
  });

  describe('that cannot be read', () => {
    it.each([
      ['no name', { event: undefined }, 400],
      ['two names', { event: ['ONAPPTEST', 'ONAPPUNINSTALL'] }, 400],
      ['a name that is no word', { event: 'ON\r\nAPPTEST' }, 400],
      ['authorisation that is text', { auth: 'token' }, 400],
      ['no authorisation', { auth: undefined }, 400],
      ['no portal', { auth: { application_token: APPLICATION_TOKEN } }, 400],
      [
        'a portal that breaks lines',
        { auth: { member_id: 'a\r\nb', application_token: APPLICATION_TOKEN } },
        400,
      ],
      ['data that is text', { data: 'text' }, 400],
      [
        'a member id that is a map',
        { auth: { member_id: { $ne: '' }, application_token: APPLICATION_TOKEN } },
        400,
      ],
    ])('is refused: %s', async (_, changes, status) => {
      expect((await door.post('events', { ...callStart(), ...changes })).status).toBe(status);
      expect(door.stores.events).toEqual([]);
    });

    it.each([
      ['JSON that ends too early', '{"event":', 'application/json', 400],
      ['JSON that is a list', '[]', 'application/json', 400],
      [
        'JSON that goes deep',
        `{"event":"X","data":${'['.repeat(20)}${']'.repeat(20)}}`,
        'application/json',
        400,
      ],
      ['XML', '<event/>', 'application/xml', 415],
      ['too much', `data=${'x'.repeat(1024 * 1024)}`, 'application/x-www-form-urlencoded', 413],
    ])('is refused: %s', async (_, body, type, status) => {
      expect((await door.postRaw('events', body, { headers: { 'Content-Type': type } })).status).toBe(status);
      expect(door.stores.events).toEqual([]);
    });
  });

  describe('that cannot be stored', () => {
    it.each(['away', 'hanging'] as const)(
      'is answered 503 at once, counted and shouted: %s',
      async (state) => {
        door.stores.state = state;
        expect((await door.post('events', callStart())).status).toBe(503);
        expect(await door.counted('portal_events_lost')).toBe(1);
        expect(door.logged.join('')).toContain('will not come again');
      },
    );

    it('tells when the offline queue of the portal will bring it back', async () => {
      const broken = new Error('disk full');
      door.stores.store = () => Promise.reject(broken);
      const callback = portalEvent('ONEXTERNALCALLBACKSTART', { PHONE_NUMBER: '+74950000001' });
      expect((await door.post('events', callback)).status).toBe(503);
      expect(door.logged.join('')).toContain('will bring it back');
    });

    it('is answered 500, and counted as lost too, when the database refuses it', async () => {
      const refused = new StoreError('a constraint', { kind: 'bad-row' });
      door.stores.store = () => Promise.reject(refused);
      expect((await door.post('events', callStart())).status).toBe(500);
      expect(await door.counted('portal_events_lost')).toBe(1);
    });

    it('is not lost when it was forged', async () => {
      await door.post('events', callStart({ application_token: 'forged' }));
      expect(await door.counted('portal_events_lost')).toBe(0);
    });
  });

  describe('that the application was removed', () => {
    it.each([
      ['1', true],
      ['0', false],
    ] as const)('with CLEAN=%s is stored and done', async (wish, clean) => {
      expect((await door.post('events', appUninstall(wish))).status).toBe(200);
      expect(door.stores.uninstalled).toEqual([{ portalId: 'portal-1', clean }]);
      expect(door.stores.events).toMatchObject([{ name: 'ONAPPUNINSTALL' }]);
    });
  });

  describe('that the application was updated', () => {
    const fresh = { application_token: 'new-application-token', refresh_token: 'update-refresh-token' };

    it('replaces the application token and the tokens once they are proven, and has the portal set up', async () => {
      door.bitrix.grant('update-refresh-token', MEMBER);
      expect((await door.post('events', appUpdate(fresh))).status).toBe(200);

      expect(door.stores.portals.get(MEMBER)).toMatchObject({
        applicationTokenHash: hashOf('new-application-token'),
        tokens: { accessToken: 'access-after-update-refresh-token' },
      });
      expect(door.rings.rung).toEqual(['event event-1', 'set-up portal-1']);
      expect((await door.post('events', callStart())).status).toBe(403);
      expect((await door.post('events', callStart(fresh))).status).toBe(200);
    });

    it.each([
      ['a token that Bitrix24 does not know', () => undefined],
      ['a token of another portal', (test: TestDoor) => test.bitrix.grant('update-refresh-token', 'other')],
      [
        "an employee's token",
        (test: TestDoor) => test.bitrix.grant('update-refresh-token', MEMBER, { isAdmin: false }),
      ],
    ])('is refused with %s: everything stays', async (_, prepare) => {
      prepare(door);
      const before = door.stores.portals.get(MEMBER);
      expect((await door.post('events', appUpdate(fresh))).status).toBe(403);
      expect(door.stores.portals.get(MEMBER)).toBe(before);
      expect(door.stores.events).toEqual([]);
    });

    it('is refused with an OAuth server of its own, without a request', async () => {
      const changes = { ...fresh, server_endpoint: 'https://evil.example/rest/' };
      expect((await door.post('events', appUpdate(changes))).status).toBe(403);
      expect(door.bitrix.requests).toEqual([]);
    });

    it('is refused without tokens when its application token is not ours', async () => {
      const changes = { ...fresh, refresh_token: undefined };
      expect((await door.post('events', appUpdate(changes))).status).toBe(403);
    });

    it('is lost, and shouted, when Bitrix24 cannot be asked', async () => {
      door.bitrix.failure = portalError('retry', 'timeout');
      expect((await door.post('events', appUpdate(fresh))).status).toBe(503);
      expect(await door.counted('portal_events_lost')).toBe(1);
      expect(door.stores.events).toEqual([]);
    });

    it.each([
      ['cannot be proven', () => undefined],
      [
        "are an employee's",
        (test: TestDoor) => test.bitrix.grant('update-refresh-token', MEMBER, { isAdmin: false }),
      ],
    ])('with the token that we know is true although its tokens %s; ours stay', async (_, prepare) => {
      prepare(door);
      const before = door.stores.portals.get(MEMBER);
      const known = { refresh_token: 'update-refresh-token' };
      expect((await door.post('events', appUpdate(known))).status).toBe(200);
      expect(door.stores.portals.get(MEMBER)).toBe(before);
      expect(door.rings.rung).toEqual(['event event-1', 'set-up portal-1']);
    });

    it('may come twice', async () => {
      door.bitrix.grant('update-refresh-token', MEMBER);
      await door.post('events', appUpdate(fresh));
      expect((await door.post('events', appUpdate(fresh))).status).toBe(200);
      expect(door.stores.events).toHaveLength(1);
    });
  });

  it('has an address that answers a look', async () => {
    expect((await door.get('events')).status).toBe(200);
    expect((await door.get('events', { key: 'unknown' })).status).toBe(404);
  });
});
