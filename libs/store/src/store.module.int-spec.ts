import { createTestDatabase } from '@app/testkit';
import { Test } from '@nestjs/testing';
import { CallStore } from './calls/call.store';
import { PortalCallStore } from './portal-calls/portal-call.store';
import { DirectoryStore } from './portals/directory.store';
import { PortalStore } from './portals/portal.store';
import { RateGovernor } from './rate-governor';
import { migrate } from './run-migrations';
import { StoreModule } from './store.module';
import { PORTAL_DEFAULTS } from './testing/portal-defaults';
import { ACME, TEST_KEYS } from './testing/test-store';

describe('the store as a Nest module', () => {
  it('offers every store, and closes its connections with the app', async () => {
    const database = await createTestDatabase();
    await migrate(database.url);
    const imports = [
      StoreModule.forRoot({
        url: database.url,
        portalDefaults: PORTAL_DEFAULTS,
        secretKeys: TEST_KEYS,
        poolSize: 2,
      }),
    ];
    const app = await Test.createTestingModule({ imports }).compile();
    for (const store of [CallStore, PortalCallStore, DirectoryStore, PortalStore, RateGovernor]) {
      expect(app.get(store)).toBeInstanceOf(store);
    }
    const { portalId } = await app.get(PortalStore).install(ACME);
    expect(await app.get(RateGovernor).reserve(portalId, 'here', 'finish', Date.now())).toEqual({
      granted: true,
    });
    await app.close();
    await database.drop(); // throws when a connection is left
  });
});
