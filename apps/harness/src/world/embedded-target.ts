import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hunt, loadSwitchConfig, startEmbeddedSwitch, type EmbeddedSwitch } from '@app/testkit';
import { SwitchConsole } from '../real-switch/switch-console';
import { copyConfiguration, type SwitchConfiguration } from '../real-switch/switch-folders';
import { takePorts } from '../real-switch/switch-ports';
import { DOMAIN, HOST, newSecrets, switchSettings } from '../real-switch/switch-settings';
import { freeUdpPort } from './free-udp-port';
import type { TargetOptions, TargetSwitch } from './target-switch';

const READY_WITHIN_MS = 10_000;

/** The embedded switch with the shipped configuration or another one, on private ports, in this process. */
export async function embeddedTarget(options: TargetOptions): Promise<TargetSwitch> {
  const ports = await takePorts();
  const trunkPort = await freeUdpPort();
  const root = rootFor(options);
  const folder = (name: string): string => join(root, name);
  const secrets = newSecrets();
  const errors: string[] = [];
  const config = loadSwitchConfig(
    folder('conf'),
    {
      ...switchSettings(ports, secrets),
      CONNECTOR_TRUNK_HOST: `${HOST}:${trunkPort}`,
      ...options.settings,
    },
    { recordings_dir: folder('recordings'), log_dir: folder('log'), base_dir: root, local_ip_v4: HOST },
  );
  const started = await startEmbeddedSwitch({
    plan: { ...config, hunt: (context, call) => hunt(config, context, call) },
    rtpPorts: { from: ports.rtp.start, to: ports.rtp.end },
    onError: (error) => errors.push(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  const eventSocket = { host: HOST, port: started.eventSocketPort, password: secrets.admin };
  const stop = async (): Promise<void> => {
    await started.stop();
    ports.release();
    rmSync(root, { recursive: true, force: true });
  };
  try {
    const console = await SwitchConsole.open(eventSocket, {
      withinMs: READY_WITHIN_MS,
      signal: options.signal,
    });
    return {
      kind: 'embedded',
      version: (await console.api('version')).trim(),
      shortVersion: 'simulated',
      domain: DOMAIN,
      phonePassword: secrets.phone,
      sip: addressesOf(started),
      eventSocket,
      connectorLogin: { ...eventSocket, user: `connector@${DOMAIN}`, password: secrets.connector },
      recordings: folder('recordings'),
      recordingsHere: folder('recordings'),
      logFile: undefined,
      trunk: { host: HOST, port: trunkPort },
      api: (command, args) => console.api(command, args),
      bgapi: (command, args) => console.bgapi(command, args),
      crash: () => started.crash({ downMs: 500 }),
      errors: () => errors,
      stop: async () => {
        await console.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A folder of its own, with its configuration. */
function rootFor(configuration: SwitchConfiguration): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'connector-embedded-'));
  for (const name of ['recordings', 'log']) mkdirSync(join(root, name));
  copyConfiguration(configuration, join(root, 'conf'));
  return root;
}

function addressesOf(started: EmbeddedSwitch): TargetSwitch['sip'] {
  return {
    host: HOST,
    phones: started.sipPort('internal'),
    webSocket: started.wsPort('internal'),
    trunks: started.sipPort('external'),
  };
}
