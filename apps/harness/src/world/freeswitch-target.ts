import { existsSync, readFileSync } from 'node:fs';
import { openSwitch } from '../real-switch/open-switch';
import { NoSwitchError } from '../real-switch/no-switch-error';
import type { SwitchUnderTest } from '../real-switch/switch-under-test';
import { freeUdpPort } from './free-udp-port';
import type { TargetOptions, TargetSwitch } from './target-switch';

type Env = Readonly<Record<string, string | undefined>>;

/** ROUTE_PORT of the gateway. */
const DEFAULT_ROUTE_PORT = 8084;
/** Errors that a switch without certificates, DNS and a sound library tells on every start. */
const USUAL_ERRORS = /dtls-srtp\.pem|mod_sofia.*TLS|STUN|nat_init|NAT|timerfd|Unable to resolve/i;

/**
 * A real FreeSWITCH: one of our own with these settings, or the running one that FREESWITCH_ESL names, which keeps its own.
 *
 * @throws NoSwitchError, which says how to get one
 */
export async function freeswitchTarget(env: Env, options: TargetOptions): Promise<TargetSwitch> {
  const port = await freeUdpPort();
  const settings = { CONNECTOR_TRUNK_HOST: `127.0.0.1:${port}`, ...options.settings };
  const opened = await openSwitch(env, { ...options, settings });
  try {
    return {
      ...opened,
      kind: 'freeswitch',
      shortVersion:
        /Version (\d+(?:\.\d+)+\S*)/.exec(opened.version)?.[1]?.replace(/~.*$/, '') ?? opened.version,
      recordingsHere: env.FREESWITCH_RECORDINGS ?? opened.recordings,
      trunk: env.FREESWITCH_ESL ? await trunkOf(opened) : { host: '127.0.0.1', port },
      ...(env.FREESWITCH_ESL && { routePort: await routePortOf(opened) }),
      errors: () => errorsIn(opened.logFile),
    };
  } catch (error) {
    await opened.stop();
    throw error;
  }
}

/** Where a switch that ran already expects its carrier: the phones outside have to be there. */
async function trunkOf(opened: SwitchUnderTest): Promise<TargetSwitch['trunk']> {
  const value = (await opened.api('global_getvar', 'connector_trunk_host')).trim();
  const [, host = '', port = '5060'] = /^([^:]+)(?::(\d+))?$/.exec(value) ?? [];
  if (host === '' || host.endsWith('.invalid'))
    throw new NoSwitchError(
      'The running switch has no carrier: start it with CONNECTOR_TRUNK_HOST=host:port of this machine, where the phones outside will be.',
    );
  return { host, port: Number(port) };
}

/** Where a switch that ran already looks for the connector that decides who rings: the gateway has to be there. */
async function routePortOf(opened: SwitchUnderTest): Promise<number> {
  const hosts = (await opened.api('global_getvar', 'connector_route_hosts')).trim();
  // The first of them; the port is a digit or more after the last colon.
  return Number(/^[^,|]*:(\d+)/.exec(hosts)?.[1] ?? DEFAULT_ROUTE_PORT);
}

function errorsIn(logFile: string | undefined): string[] {
  if (logFile === undefined || !existsSync(logFile)) return [];
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => /\[(CRIT|ALERT)\]/.test(line) && !USUAL_ERRORS.test(line));
}
