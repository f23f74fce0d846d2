import type { VisitedSwitch } from '@app/config';
import {
  EslAuthError,
  EslCommandError,
  EslError,
  EslRefusedError,
  MINIMAL_SUBSCRIPTION,
  visitSwitch,
  type SwitchVisit,
} from '@app/esl';
import type { KnownPhone } from '@app/store';
import { part } from '../examine';
import { green, red, yellow, type Finding } from '../finding';
import { clockFinding } from './database';
import { dialplanFinding, type StampedCalls } from './dialplan';
import { phoneFindings } from './phones';
import { allowed, rowsIn } from './switch-answers';

const CHECK = 'switch.login';
/** An event needs a moment to come here. */
const CLOCK_OFF_MS = 5_000;

/** What the doctor knows of a switch beside what it says itself. */
export interface SwitchKnowledge {
  readonly stamped: StampedCalls;
  /** Phones of its portals. */
  readonly phones: readonly KnownPhone[];
}

/** Everything about one switch that can be seen from its event socket. */
export async function lookAtSwitch(
  { id, host, port, user, password }: VisitedSwitch,
  knowledge: () => Promise<SwitchKnowledge>,
  timeoutMs: number,
): Promise<Finding[]> {
  if (host === undefined || password === undefined)
    return [
      yellow(
        CHECK,
        'It is not looked at: its address or password is not known here.',
        'Give the command line the SWITCHES of the gateway; a passwordFile has to be readable.',
      ),
    ];
  const address = { host, port, password, ...(user !== undefined && { user }), timeoutMs };
  try {
    return await visitSwitch(address, async (visit) => [
      green(CHECK, `${host}:${port} lets us in${user === undefined ? '' : ` as ${user}`}`),
      ...(await lookAround(visit, id, knowledge)),
    ]);
  } catch (error) {
    if (error instanceof EslError) return [notEntered(error, `${host}:${port}`)];
    throw error;
  }
}

async function lookAround(
  visit: SwitchVisit,
  switchId: string,
  knowledge: () => Promise<SwitchKnowledge>,
): Promise<Finding[]> {
  const { stamped, phones } = await knowledge().catch(() => ({
    stamped: { calls: 0, stamped: 0 },
    phones: [],
  }));
  const parts = [
    part('switch.version', async () => [await version(visit)]),
    part('switch.events', async () => [await events(visit)]),
    part('switch.rights', async () => [await rights(visit)]),
    part('switch.modules', async () => modules(visit)),
    part('switch.dialplan', async () => [await dialplanFinding(visit, stamped)]),
    part('switch.phones', async () => phoneFindings(visit, switchId, phones)),
    part('switch.clock', async () => [await clock(visit)]),
  ];
  return (await Promise.all(parts)).flat();
}

function notEntered(error: EslError, where: string): Finding {
  if (error instanceof EslAuthError)
    return red(
      CHECK,
      `${where}: ${error.message}.`,
      'Compare user and password in SWITCHES with the directory user, or with event_socket.conf.xml, of the switch.',
    );
  if (error instanceof EslRefusedError)
    return red(
      CHECK,
      `${where}: ${error.message}.`,
      'Add the address of this machine to apply-inbound-acl of the event socket (CONNECTOR_NETWORK).',
    );
  return red(
    CHECK,
    `${where} cannot be used: ${error.message}.`,
    'See that the switch runs, that mod_event_socket is loaded and listens there, and that no firewall is between.',
  );
}

async function version(visit: SwitchVisit): Promise<Finding> {
  const said = await allowed(visit, 'version');
  return said === undefined
    ? green('switch.version', 'The user may not ask for the version, which is no harm')
    : green('switch.version', said.trim().split('\n', 1)[0] ?? '');
}

async function events({ subscribe }: SwitchVisit): Promise<Finding> {
  try {
    await subscribe(MINIMAL_SUBSCRIPTION);
    return green('switch.events', 'All events that calls need may be heard');
  } catch (error) {
    if (!(error instanceof EslCommandError)) throw error;
    return red(
      'switch.events',
      `The user may not hear all events that calls need: ${error.reply}`,
      'Complete esl-allowed-events of the directory user; the list is in freeswitch/conf/directory.',
    );
  }
}

/** What following calls needs, and what clicks and transfers need besides. */
const TO_FOLLOW = ['show', 'uuid_dump', 'global_getvar'];
const TO_DIAL = [
  'originate',
  'uuid_kill',
  'uuid_exists',
  'uuid_setvar',
  'uuid_transfer',
  'uuid_bridge',
  'sofia_contact',
];

/** Asked without arguments: a switch that allows a command then tells its usage, and does nothing. */
async function rights({ api }: SwitchVisit): Promise<Finding> {
  const denied: string[] = [];
  for (const command of [...TO_FOLLOW, ...TO_DIAL]) {
    const error: unknown = await api(command).catch((thrown: unknown) => thrown);
    if (error instanceof EslCommandError) {
      if (error.verdict === 'ask-a-person' || /command not found/i.test(error.reply)) denied.push(command);
    } else if (error instanceof Error) throw error;
  }
  const cure =
    'Complete esl-allowed-api of the directory user (freeswitch/conf/directory); load mod_commands and mod_sofia.';
  const text = `Commands that may not be used: ${denied.join(', ')}`;
  if (denied.some((command) => TO_FOLLOW.includes(command)))
    return red('switch.rights', `${text}. Calls that go on are not found again after a break.`, cure);
  if (denied.length > 0) return yellow('switch.rights', `${text}. Clicks on numbers need them.`, cure);
  return green('switch.rights', 'All commands that calls need may be used');
}

const NEEDED_MODULES = ['mod_sofia', 'mod_dptools', 'mod_commands'];

async function modules(visit: SwitchVisit): Promise<Finding[]> {
  const said = await allowed(visit, 'show', 'modules as json');
  const rows = said === undefined ? undefined : rowsIn(said);
  if (rows === undefined) return [];
  const loaded = new Set(rows.map(({ ikey }) => ikey));
  const missing = NEEDED_MODULES.filter((name) => !loaded.has(name));
  return [
    missing.length === 0
      ? green('switch.modules', 'The modules that calls need are loaded')
      : red(
          'switch.modules',
          `These modules are not loaded: ${missing.join(', ')}`,
          'Load them in modules.conf.xml of the switch.',
        ),
  ];
}

async function clock({ clock: ask }: SwitchVisit): Promise<Finding> {
  const theirs = await ask();
  return clockFinding('switch.clock', 'The clock of the switch', theirs - Date.now(), CLOCK_OFF_MS);
}
