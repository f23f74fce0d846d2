import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadSwitchConfig } from '../config';
import { EmbeddedSwitch } from '../embedded-switch';
import { planOfConfig } from '../plan-of-config';
import type { SwitchAddress } from './shipped-stage';

/** Short times, so that nobody waits for nothing; where the carrier and the connector are. */
export function quickSettings(trunkPort: number, routePort: number): Record<string, string> {
  return {
    CONNECTOR_TRUNK_HOST: `127.0.0.1:${trunkPort}`,
    CONNECTOR_RING_SECONDS: '2',
    CONNECTOR_STEP_SECONDS: '1',
    CONNECTOR_PARK_SECONDS: '3',
    CONNECTOR_ROUTE_SECONDS: '2',
    CONNECTOR_ROUTE_HOSTS: `127.0.0.1:${routePort}`,
  };
}

const PASSWORDS = { admin: 'admin-secret', connector: 'connector-secret', phone: 'phone-secret' };

/** The embedded switch with the configuration that we ship, on free ports. */
export interface ShippedSwitch {
  readonly embedded: EmbeddedSwitch;
  readonly address: SwitchAddress;
  stop(): Promise<void>;
}

/** @param settings CONNECTOR_* variables */
export async function startShippedSwitch(settings: Readonly<Record<string, string>>): Promise<ShippedSwitch> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'shipped-'));
  const recordings = join(folder, 'recordings');
  const config = loadSwitchConfig(
    shippedConfiguration(),
    {
      CONNECTOR_SIP_IP: '127.0.0.1',
      CONNECTOR_ESL_PASSWORD: PASSWORDS.admin,
      CONNECTOR_ESL_USER_PASSWORD: PASSWORDS.connector,
      CONNECTOR_SIP_PASSWORD: PASSWORDS.phone,
      ...settings,
    },
    { recordings_dir: recordings, log_dir: folder },
  );
  const embedded = await EmbeddedSwitch.start({
    plan: planOfConfig(config),
    eventSocketPort: 0,
    sipPorts: { internal: 0, external: 0 },
    wsPorts: { internal: 0 },
    // enough for a hundred legs, apart from those of a real switch on the same machine
    rtpPorts: { from: 20_000, to: 29_998 },
    heartbeatMs: 0,
  });
  return {
    embedded,
    address: {
      domain: config.globals.get('domain') ?? '',
      phonePassword: PASSWORDS.phone,
      phones: embedded.sipPort('internal'),
      trunks: embedded.sipPort('external'),
      eventSocket: { port: embedded.eventSocketPort, password: PASSWORDS.admin },
      connectorPassword: PASSWORDS.connector,
      recordings,
      routePort: Number(settings.CONNECTOR_ROUTE_HOSTS?.split(':').at(-1) ?? 0),
    },
    stop: async () => {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `freeswitch/conf` of this working copy. */
function shippedConfiguration(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'freeswitch', 'conf');
    if (existsSync(join(candidate, 'freeswitch.xml'))) return candidate;
  }
  throw new Error('freeswitch/conf is missing: this runs in a working copy.');
}
