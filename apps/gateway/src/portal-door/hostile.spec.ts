import fc from 'fast-check';
import { contentTypes, hostileBytes, hostileForm, hostileJson } from './testing/hostile';
import { browser, TestDoor } from './testing/open-test-door';
import { APPLICATION_TOKEN, appInstall, MEMBER, REFRESH_TOKEN, SECRETS } from './testing/payloads';
import { hashOf } from './testing/memory-stores';

/** Hundreds of requests; ms. A busy machine needs longer than jest's five seconds. */
const LONG_MS = 60_000;
const REFUSED = [400, 403, 404, 413, 415];
const doors = fc.constantFrom('install', 'events', 'app');

describe('whatever is posted to the door', () => {
  let door: TestDoor;

  beforeAll(async () => {
    door = await TestDoor.open();
    door.bitrix.grant(REFRESH_TOKEN, MEMBER);
    await door.post('install', appInstall());
    door.rings.rung.length = 0;
    door.bitrix.requests.length = 0;
  });

  afterAll(() => door.close());

  /** Refused clearly, nothing changed, nobody asked, no mistake of ours in the log. */
  const expectRefused = (status: number) => {
    expect(REFUSED).toContain(status);
    expect(door.stores.events).toEqual([]);
    expect(door.stores.uninstalled).toEqual([]);
    expect(door.rings.rung).toEqual([]);
    expect([...door.stores.portals.values()]).toMatchObject([{ memberId: MEMBER, status: 'ok' }]);
    expect(door.stores.portals.get(MEMBER)?.applicationTokenHash).toBe(hashOf(APPLICATION_TOKEN));
  };

  it.each([
    ['forms', hostileForm],
    ['JSON', hostileJson],
    ['bytes', hostileBytes],
  ] as const)(
    'is refused with a 4xx, and nothing comes of it: %s',
    async (_, bodies) => {
      await fc.assert(
        fc.asyncProperty(doors, bodies, contentTypes, fc.boolean(), async (name, body, type, isBrowser) => {
          const headers = { 'Content-Type': type, ...(isBrowser ? browser : {}) };
          const sent = typeof body === 'string' ? body : Uint8Array.from(body);
          const { status } = await door.postRaw(name, sent, { headers });
          expectRefused(status);
        }),
        { numRuns: 150 },
      );
      door.expectNoSecretTold(...SECRETS);
      expect(await door.counted('portal_refusals', { reason: 'internal' })).toBe(0);
    },
    LONG_MS,
  );

  it(
    'is refused when only its form is right: forged tokens never ask more than the pinned OAuth servers',
    async () => {
      const text = fc.string({ unit: 'grapheme-ascii' });
      const forged = fc.record({
        refresh_token: text,
        application_token: text,
        server_endpoint: fc.webUrl(),
        member_id: text,
      });
      await fc.assert(
        fc.asyncProperty(forged, async (changes) => {
          fc.pre(changes.application_token !== APPLICATION_TOKEN);
          expectRefused((await door.post('install', appInstall(changes))).status);
          expectRefused((await door.post('events', appInstall(changes))).status);
        }),
        { numRuns: 100 },
      );
      expect(door.bitrix.requests).toEqual([]);
    },
    LONG_MS,
  );

  it('never reaches a prototype', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
