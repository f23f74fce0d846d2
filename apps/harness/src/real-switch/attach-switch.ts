import { HOW_TO_GET_ONE, NoSwitchError } from './no-switch-error';
import { SwitchConsole, type EventSocketLogin } from './switch-console';
import type { SwitchUnderTest } from './switch-under-test';

type Env = Readonly<Record<string, string | undefined>>;

const ANSWERS_WITHIN_MS = 10_000;

/**
 * Uses a FreeSWITCH that runs already, for example the container of docker compose: FREESWITCH_ESL=host:port,
 * FREESWITCH_ESL_PASSWORD (the event socket's own), FREESWITCH_SIP_PASSWORD (of the phones) and, if they differ from the
 * event socket's, FREESWITCH_SIP_HOST; FREESWITCH_ESL_USER_PASSWORD for tests of the connector's rights. What else is to be known, the switch is
 * asked. It must run the configuration in `freeswitch/`.
 */
export async function attachSwitch(env: Env, signal?: AbortSignal): Promise<SwitchUnderTest> {
  const eventSocket = eventSocketOf(env);
  const console = await SwitchConsole.open(eventSocket, { withinMs: ANSWERS_WITHIN_MS, signal });
  try {
    const ask = async (name: string): Promise<string> => {
      const value = await console.variable(name);
      if (value !== undefined) return value;
      throw new NoSwitchError(
        `The switch at ${env.FREESWITCH_ESL ?? ''} has no variable ${name}: ${NOT_OURS}`,
      );
    };
    const domain = await ask('connector_domain');
    const connectorPassword = env.FREESWITCH_ESL_USER_PASSWORD;
    return {
      version: (await console.api('version')).trim(),
      domain,
      phonePassword: required(env, 'FREESWITCH_SIP_PASSWORD'),
      sip: {
        host: env.FREESWITCH_SIP_HOST ?? eventSocket.host,
        phones: Number(await ask('connector_sip_port')),
        webSocket: Number(await ask('connector_ws_port')),
        trunks: Number(await ask('connector_external_port')),
      },
      eventSocket,
      connectorLogin: connectorPassword
        ? { ...eventSocket, user: `connector@${domain}`, password: connectorPassword }
        : undefined,
      recordings: await ask('recordings_dir'),
      logFile: undefined,
      api: (command, args) => console.api(command, args),
      bgapi: (command, args) => console.bgapi(command, args),
      crash: undefined,
      stop: () => console.close(),
    };
  } catch (error) {
    await console.close();
    throw error;
  }
}

/**
 * CONNECTOR_* settings as the running switch has them: each is a global variable of the same name in small letters
 * (freeswitch/conf/connector-vars.xml); undefined when it is not set, or empty.
 *
 * @throws NoSwitchError when it cannot be asked; it says what to do
 */
export async function runningSettings(
  env: Env,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string | undefined>> {
  const console = await SwitchConsole.open(eventSocketOf(env), { withinMs: ANSWERS_WITHIN_MS, signal });
  try {
    const values = new Map<string, string | undefined>();
    for (const name of names) values.set(name, await console.variable(name.toLowerCase()));
    return values;
  } finally {
    await console.close();
  }
}

const NOT_OURS = 'it does not run the configuration in freeswitch/.';

function eventSocketOf(env: Env): EventSocketLogin {
  const address = env.FREESWITCH_ESL ?? '';
  const [, host, port] = /^\[?([^\s\]]+?)\]?:(\d{1,5})$/.exec(address) ?? [];
  if (host === undefined || port === undefined)
    throw new NoSwitchError(`FREESWITCH_ESL=${address} is no host:port. ${HOW_TO_GET_ONE}`);
  return { host, port: Number(port), password: required(env, 'FREESWITCH_ESL_PASSWORD') };
}

function required(env: Env, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new NoSwitchError(`FREESWITCH_ESL names a running switch: it needs ${name} too.`);
}
