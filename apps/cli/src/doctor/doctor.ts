import type { CliSettings } from '@app/config';
import { inspectQueue } from '@app/queues';
import { inspectDatabase } from '@app/store';
import type { Connector } from '../connector';
import type { KnownPortal } from '../portals/find-portal';
import { callFindings } from './checks/calls';
import { databaseFindings } from './checks/database';
import { lookAtPortal } from './checks/portal';
import { processFindings } from './checks/processes';
import { lookAtDoor } from './checks/public-door';
import { queueFindings } from './checks/queue';
import { lookAtRecordings } from './checks/recordings';
import { lookAtSwitch } from './checks/switch';
import { examine, type Examination } from './examine';
import { green, red, yellow, type Finding } from './finding';

const SECOND = 1_000;
/** For one answer of a switch, a queue, a public address. */
const ANSWER_MS = 5 * SECOND;
const QUICK = { withinMs: 15 * SECOND };
/** Several requests, and a test event that is waited for. */
const PORTAL_MS = 60 * SECOND;

/** What there is to look at. Without a connector the database is away, and what it would tell is left out. */
export interface Patient {
  readonly settings: CliSettings;
  readonly connector?: Connector;
  /** Why there is no connector. */
  readonly databaseError?: Error;
  /** Undefined: they cannot be read. */
  readonly portals?: readonly KnownPortal[];
}

/** Looks at everything, side by side. */
export function examineAll(patient: Patient): Promise<Finding[]> {
  return examine([
    ...deployment(patient),
    ...patient.settings.switches.flatMap((one) => switchExaminations(patient, one)),
    ...portalExaminations(patient),
  ]);
}

function deployment({ settings, connector, databaseError }: Patient): Examination[] {
  return [
    { check: 'environment', ...QUICK, run: () => Promise.resolve(environment(settings)) },
    {
      check: 'postgres',
      ...QUICK,
      run: async () => (connector ? database(connector) : [noDatabase(databaseError)]),
    },
    { check: 'queue', ...QUICK, run: () => queue(settings) },
    ...(connector ? [processes(connector), calls(connector)] : []),
    { check: 'public-door', ...QUICK, run: () => door(settings, connector) },
  ];
}

function environment({ switches, publicUrl }: CliSettings): Finding[] {
  const lacking =
    switches.length > 0
      ? []
      : [
          yellow(
            'environment',
            'SWITCHES is not set here: neither switches nor recordings are looked at.',
            'Give the command line the SWITCHES of the gateway, with the recordings of the worker.',
          ),
        ];
  const text =
    publicUrl === undefined ? 'The settings can be read' : `The settings can be used; we are ${publicUrl}`;
  return [green('environment', text), ...lacking];
}

async function database(connector: Connector): Promise<Finding[]> {
  const facts = await inspectDatabase(connector.dataSource, connector.secrets);
  return databaseFindings(facts, Date.now());
}

function noDatabase(error: Error | undefined): Finding {
  return red(
    'postgres',
    `Postgres cannot be reached: ${error?.message ?? 'no reason was given'}`,
    'See that it runs, and that DATABASE_URL is right. What it would tell is left out below.',
  );
}

async function queue({ queue: { url } }: CliSettings): Promise<Finding[]> {
  try {
    return queueFindings(await inspectQueue(url, ANSWER_MS));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const cure =
      'See that it runs, and that QUEUE_URL is right. Calls are followed meanwhile, and filed when it is back.';
    return [red('queue', `The queue cannot be reached: ${reason}`, cure)];
  }
}

function processes({ heartbeats }: Connector): Examination {
  return { check: 'process', ...QUICK, run: async () => processFindings(await heartbeats.seen()) };
}

function calls({ doctor }: Connector): Examination {
  return { check: 'calls', ...QUICK, run: async () => callFindings(await doctor.callTroubles()) };
}

async function door({ publicUrl }: CliSettings, connector: Connector | undefined): Promise<Finding[]> {
  const [app] = connector ? await connector.apps.list() : [];
  const installKey = app && (await connector?.apps.installKeyOf(app.appId));
  return lookAtDoor(publicUrl, installKey, ANSWER_MS);
}

function switchExaminations({ connector }: Patient, one: CliSettings['switches'][number]): Examination[] {
  const knowledge = async () => {
    if (connector === undefined) return { stamped: { calls: 0, stamped: 0 }, phones: [] };
    const portals = await connector.portals.all();
    const phones = await Promise.all(portals.map(({ portalId }) => connector.phones.of(portalId)));
    return { stamped: await connector.doctor.stampedCalls(one.id), phones: phones.flat() };
  };
  const about = `switch ${one.id}`;
  return [
    {
      check: 'switch.login',
      about,
      withinMs: 30 * SECOND,
      run: () => lookAtSwitch(one, knowledge, ANSWER_MS),
    },
    {
      check: 'recordings',
      about,
      ...QUICK,
      run: async () => lookAtRecordings(one, await connector?.doctor.newestRecording(one.id)),
    },
  ];
}

function portalExaminations({ connector, portals }: Patient): Examination[] {
  if (connector === undefined || portals === undefined) return [];
  if (portals.length === 0) return [nobody];
  return portals.map((portal) => ({
    check: 'portal',
    about: `portal ${portal.domain}`,
    withinMs: PORTAL_MS,
    run: () => lookAtPortal(connector, portal),
  }));
}

const nobody: Examination = {
  check: 'portal',
  ...QUICK,
  run: () =>
    Promise.resolve([
      yellow(
        'portal',
        'No portal is installed yet.',
        'Begin with "portals add"; docs/install-portal.md tells the rest.',
      ),
    ]),
};
