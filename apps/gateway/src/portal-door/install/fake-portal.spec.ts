import { AddressGuard, OAuthClient, PortalClient, Secret } from '@app/bitrix24';
import { FakePortal, type RunningPortal } from '@app/testkit';
import { INSTALL_KEY, appOf, hashOf } from '../testing/memory-stores';
import { TestDoor } from '../testing/open-test-door';
import { AskPortal } from './ask-portal';

/** The whole way, with nothing of ours replaced but the stores: portal, OAuth server, our clients, the door. */
describe('a portal', () => {
  let portal: FakePortal;
  let running: RunningPortal;
  let door: TestDoor;

  beforeEach(async () => {
    portal = new FakePortal();
    running = await portal.listen();
    const guard = new AddressGuard({ allow: [running.origin] });
    const options = { userAgent: 'connector-test/1', timeoutMs: 5_000, checkAddress: guard.check };
    door = await TestDoor.open(
      { oauthServers: [running.origin] },
      {
        oauth: new OAuthClient({ ...options, moreOrigins: [running.origin] }),
        owners: new AskPortal(new PortalClient(options)),
        rules: guard,
      },
    );
  });

  afterEach(async () => {
    await door.close();
    await running.close();
  });

  /** An application whose addresses are the door's, and whose secret the door knows. */
  const addApp = (withPages: boolean) => {
    const installUrl = door.addressOf('install');
    const app = portal.apps.add({ installUrl, handlerUrl: withPages ? door.addressOf('app') : undefined });
    const { clientId, clientSecret } = app;
    door.stores.apps.set(INSTALL_KEY, appOf({ clientId, clientSecret: new Secret(clientSecret) }));
    return app;
  };

  it('installs an application without pages as soon as it is added', async () => {
    const app = addApp(false);
    const { applicationToken } = portal.apps.install(app);
    await portal.post.settled();

    expect(door.stores.portals.get(portal.memberId)).toMatchObject({
      endpoint: `${running.origin}/rest/`,
      applicationTokenHash: hashOf(applicationToken),
      installer: { userId: 1, isAdmin: true },
    });
    door.expectNoSecretTold(app.clientSecret, applicationToken);
  });

  it('installs an application with pages when an administrator opens it, and shows its state to everybody then', async () => {
    const app = addApp(true);
    portal.apps.install(app);
    const first = await portal.apps.open(app);
    expect([first.status, first.body]).toEqual([200, expect.stringContaining('BX24.installFinish()')]);
    expect(first.headers.get('content-security-policy')).toContain(`frame-ancestors ${running.origin}`);

    portal.apps.finishInstall(app);
    const later = await portal.apps.open(app, { userId: 2 });
    expect([later.status, later.body]).toEqual([200, expect.stringContaining('This portal is connected.')]);
    expect(door.stores.portals.get(portal.memberId)?.installer).toEqual({ userId: 1, isAdmin: true });
  });

  it('is heard from its first click to its end', async () => {
    const app = addApp(false);
    portal.apps.install(app);
    await portal.post.settled();
    const client = new PortalClient({ userAgent: 'connector-test/1', timeoutMs: 5_000 });
    const bind = async (...events: readonly string[]) => {
      const tokens = door.stores.portals.get(portal.memberId)?.tokens;
      const address = {
        endpoint: `${running.origin}/rest/`,
        accessToken: new Secret(tokens?.accessToken ?? ''),
      };
      for (const event of events)
        await client.call(address, 'event.bind', { event, handler: door.addressOf('events') });
    };

    await bind('ONEXTERNALCALLSTART', 'ONAPPUPDATE');
    portal.chooseOutgoing(app);
    portal.click({ userId: 1, phoneNumber: '+74950000000' });
    await portal.post.settled();
    expect(door.stores.events).toMatchObject([
      { name: 'ONEXTERNALCALLSTART', data: { USER_ID: '1', PHONE_NUMBER: '+74950000000' } },
    ]);

    const before = door.stores.portals.get(portal.memberId);
    portal.apps.update(app);
    await portal.post.settled();
    const after = door.stores.portals.get(portal.memberId);
    expect(after?.applicationTokenHash).toBe(hashOf(portal.apps.get(app).applicationToken));
    expect(after?.applicationTokenHash).not.toBe(before?.applicationTokenHash);
    expect(after?.tokens?.accessToken).not.toBe(before?.tokens?.accessToken);

    await bind('ONAPPUNINSTALL');
    portal.apps.uninstall(app, { clean: true });
    await portal.post.settled();
    expect(door.stores.uninstalled).toEqual([{ portalId: 'portal-1', clean: true }]);
    expect(portal.post.deliveries.map(({ event, outcome }) => [event, outcome])).toEqual(
      ['ONAPPINSTALL', 'ONEXTERNALCALLSTART', 'ONAPPUPDATE', 'ONAPPUNINSTALL'].map((event) => [
        event,
        'delivered',
      ]),
    );
  });

  it('is not installed by an employee', async () => {
    const app = addApp(true);
    portal.apps.install(app);
    const employee = portal.company.users.find(({ isAdmin }) => !isAdmin);
    expect((await portal.apps.open(app, { userId: employee?.id })).status).toBe(403);
    expect(door.stores.portals.size).toBe(0);
  });

  it('is not installed with the secret of another application', async () => {
    const app = addApp(true);
    portal.apps.install(app);
    door.stores.apps.set(INSTALL_KEY, appOf({ clientId: app.clientId, clientSecret: new Secret('guessed') }));
    expect((await portal.apps.open(app)).status).toBe(403);
    expect(door.stores.portals.size).toBe(0);
  });
});
