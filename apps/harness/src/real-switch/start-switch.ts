import { existsSync, readFileSync } from 'node:fs';
import { keepProgram, type KeptProgram, type ProgramEnd } from '../processes/keep-program';
import { until } from '../processes/until';
import { SwitchConsole } from './switch-console';
import { SwitchFolders, type SwitchConfiguration } from './switch-folders';
import { takePorts, type SwitchPorts } from './switch-ports';
import { DOMAIN, HOST, newSecrets, switchSettings, type SwitchSecrets } from './switch-settings';
import type { SwitchUnderTest } from './switch-under-test';

export interface StartOptions extends SwitchConfiguration {
  /** The program; see `requireFreeswitch`. */
  readonly binary: string;
  /** CONNECTOR_* variables beside those that the harness sets itself: the trunk, the connector's address, ring times. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The switch ended while it was starting, or was not ready in time. */
export class SwitchNotReadyError extends Error {
  override readonly name = 'SwitchNotReadyError';
}

const READY_WITHIN_MS = 60_000;
const GRACE_MS = 8_000;
const LAST_LINES = 15;

/**
 * Starts a FreeSWITCH of our own, with the shipped configuration, on private ports and in private folders, and waits until
 * its event socket answers and its SIP profiles run. It ends with `stop`, and with this process in any case; nothing of it
 * stays behind.
 */
export async function startSwitch(options: StartOptions): Promise<SwitchUnderTest> {
  const ports = await takePorts();
  const folders = new SwitchFolders(options);
  const secrets = newSecrets();
  const program = keepProgram({
    name: 'freeswitch',
    command: options.binary,
    args: ['-nonat', '-nf', '-nc', ...folders.args],
    env: environment(ports, secrets, options.settings ?? {}),
    directory: folders.root,
    // The switch's own log too: what is said of an early end is its end.
    logFile: folders.logFile,
    graceMs: GRACE_MS,
  });
  const stop = async (): Promise<void> => {
    await program.stop();
    ports.release();
  };
  try {
    const eventSocket = { host: HOST, port: ports.eventSocket, password: secrets.admin };
    const console = await whenReady(program, folders, eventSocket, options.signal);
    return {
      version: (await console.api('version')).trim(),
      domain: DOMAIN,
      phonePassword: secrets.phone,
      sip: { host: HOST, phones: ports.sip, webSocket: ports.webSocket, trunks: ports.trunks },
      eventSocket,
      connectorLogin: { ...eventSocket, user: `connector@${DOMAIN}`, password: secrets.connector },
      recordings: folders.path('recordings'),
      logFile: folders.logFile,
      api: (command, args) => console.api(command, args),
      bgapi: (command, args) => console.bgapi(command, args),
      crash: undefined,
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

/** Of our own environment the switch gets all but what would configure it. */
function environment(
  ports: SwitchPorts,
  secrets: SwitchSecrets,
  settings: Readonly<Record<string, string>>,
): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('CONNECTOR_'),
  );
  return {
    ...Object.fromEntries(inherited),
    ...switchSettings(ports, secrets),
    ...settings,
  };
}

async function whenReady(
  program: KeptProgram,
  folders: SwitchFolders,
  eventSocket: { host: string; port: number; password: string },
  signal: AbortSignal | undefined,
): Promise<SwitchConsole> {
  let console: SwitchConsole | undefined;
  const over = new AbortController();
  void program.ended.then((end) => over.abort(new SwitchNotReadyError(howItEnded(end))));
  const options = {
    withinMs: READY_WITHIN_MS,
    signal: AbortSignal.any([over.signal, ...(signal ? [signal] : [])]),
  };
  try {
    const opened = (console = await SwitchConsole.open(eventSocket, options));
    const profiles = async () => profilesRun(await opened.api('sofia', 'status'));
    await until('the SIP profiles of the switch run', profiles, options);
    return opened;
  } catch (error) {
    await console?.close();
    if (options.signal.aborted) throw error;
    throw new SwitchNotReadyError(`${String(error)}\n${lastErrors(folders.logFile)}`, { cause: error });
  }
}

/** `internal  profile  sip:mod_sofia@127.0.0.1:5060  RUNNING (0)`. */
function profilesRun(status: string): boolean {
  return ['internal', 'external'].every((name) =>
    new RegExp(`^\\s*${name}\\s+profile\\s.*RUNNING`, 'm').test(status),
  );
}

function howItEnded({ code, error, lastWords }: ProgramEnd): string {
  return `FreeSWITCH ended while it was starting (${error ?? `exit code ${code}`}).\n${lastWords ?? ''}`;
}

/** What went wrong according to the log of a switch that runs but does not get ready. */
function lastErrors(logFile: string): string {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => /\[(ERR|CRIT|ALERT)\]/.test(line))
    .slice(-LAST_LINES)
    .join('\n');
}
