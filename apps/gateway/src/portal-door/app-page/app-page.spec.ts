import { appOf } from '../testing/memory-stores';
import { browser, TestDoor } from '../testing/open-test-door';
import { appInstall, frame, frameQuery, MEMBER, REFRESH_TOKEN, SECRETS } from '../testing/payloads';

const opening = { query: frameQuery, headers: browser };

describe('the page of the application', () => {
  let door: TestDoor;

  beforeEach(async () => {
    door = await TestDoor.open();
    door.bitrix.grant(REFRESH_TOKEN, MEMBER);
    await door.post('install', appInstall());
    door.bitrix.requests.length = 0;
  });

  afterEach(async () => {
    await door.close();
    door.expectNoSecretTold(...SECRETS);
  });

  it('shows that the portal is connected, in a frame of this portal alone and without any script', async () => {
    const { status, text, headers } = await door.post('app', frame(), opening);

    expect([status, text]).toEqual([200, expect.stringContaining('This portal is connected.')]);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors https:\/\/acme\.bitrix24\.com$/,
    );
    expect(headers.get('x-frame-options')).toBeNull();
    expect(text).not.toContain('<script');
  });

  it('shows why it is not, and what to do, as text whatever it holds', async () => {
    const reason = `the installer <b>"O'Hara"</b> & co was dismissed`;
    door.stores.change(MEMBER, { status: 'red', reason, whatToDo: '<script>alert(1)</script>' });
    const { text } = await door.post('app', frame(), opening);

    expect(text).toContain('the installer &lt;b&gt;&quot;O&#39;Hara&quot;&lt;/b&gt; &amp; co was dismissed');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script');
  });

  it('knows what to say of a red portal without a reason', async () => {
    door.stores.change(MEMBER, { status: 'red' });
    expect((await door.post('app', frame(), opening)).text).toContain('reinstall the application');
  });

  it('uses and keeps nothing of the one who looks', async () => {
    const before = door.stores.portals.get(MEMBER);
    await door.post('app', frame({ REFRESH_ID: 'somebody-elses' }), opening);
    expect(door.stores.portals.get(MEMBER)).toBe(before);
    expect(door.bitrix.requests).toEqual([]);
  });

  it.each([
    ['a wrong application token', { APPLICATION_TOKEN: 'forged' }, 403],
    ['an unknown portal', { member_id: 'somebody' }, 403],
    ['no application token', { APPLICATION_TOKEN: undefined }, 400],
    ['two member ids', { member_id: [MEMBER, MEMBER] }, 400],
  ])('is refused with %s', async (_, changes, status) => {
    const answer = await door.post('app', frame(changes), opening);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('This portal is connected');
  });

  it('is refused at the address of another application, in the same words as with a wrong token', async () => {
    door.stores.apps.set('other-key', appOf({ appId: 'app-2' }));
    const wordsOf = ({ text }: { text: string }) => /<p class="red">([^<]*)/.exec(text)?.[1];
    const other = await door.post('app', frame(), { ...opening, key: 'other-key' });
    const forged = await door.post('app', frame({ APPLICATION_TOKEN: 'forged' }), opening);
    expect([other.status, wordsOf(other)]).toEqual([403, wordsOf(forged)]);
    expect(wordsOf(forged)).toContain('does not recognise');
  });

  it('is for forms only', async () => {
    const headers = { ...browser, 'Content-Type': 'application/json' };
    expect((await door.postRaw('app', JSON.stringify(frame()), { headers })).status).toBe(415);
  });

  it('shows nothing outside of a portal, and in no frame', async () => {
    const { status, text, headers } = await door.get('app', { headers: browser });
    expect([status, text]).toEqual([200, expect.stringContaining('inside Bitrix24')]);
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'$/);
    expect((await door.get('app', { key: 'unknown' })).status).toBe(404);
  });

  it('says so when the database is away', async () => {
    door.stores.state = 'away';
    const { status, text } = await door.post('app', frame(), opening);
    expect([status, text]).toEqual([503, expect.stringContaining('cannot reach its database')]);
  });
});
