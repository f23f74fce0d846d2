import { AddressGuard } from '@app/bitrix24';
import { createLogger } from '@app/observability';
import { Registry } from 'prom-client';
import { freePort } from '../testing/free-port';
import { defaultDoorSettings } from './door-settings';
import { PublicDoor } from './public-door';
import { MemoryRings, MemoryStores } from './testing/memory-stores';
import { ScriptedBitrix24 } from './testing/scripted-bitrix24';

function doorOn(port: number): PublicDoor {
  const stores = new MemoryStores();
  const bitrix = new ScriptedBitrix24();
  const log = createLogger({ app: 'gateway', level: 'silent' });
  const parts = { apps: stores, portals: stores, inbox: stores, oauth: bitrix, owners: bitrix, log };
  return new PublicDoor(
    {
      ...parts,
      rules: new AddressGuard(),
      rings: new MemoryRings(),
      registry: new Registry(),
      settings: defaultDoorSettings,
    },
    { host: '127.0.0.1', port },
  );
}

describe('the public door of the gateway', () => {
  let door: PublicDoor;

  afterEach(() => door.beforeApplicationShutdown());

  it('opens with the gateway and closes before it', async () => {
    const port = await freePort();
    door = doorOn(port);
    await door.onApplicationBootstrap();
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    await door.beforeApplicationShutdown();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  });

  it('tells the gateway when its port is taken', async () => {
    const port = await freePort();
    door = doorOn(port);
    await door.onApplicationBootstrap();
    await expect(doorOn(port).onApplicationBootstrap()).rejects.toThrow('EADDRINUSE');
  });

  it('has nothing to close when it never opened', async () => {
    door = doorOn(0);
    await expect(door.beforeApplicationShutdown()).resolves.toBeUndefined();
  });
});
