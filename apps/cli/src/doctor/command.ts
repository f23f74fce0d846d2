import { SettingsError, type CliSettings } from '@app/config';
import { StoreError } from '@app/store';
import { readArguments, seconds, UsageError } from '../command-line';
import { Connector } from '../connector';
import { EXIT, type ExitCode } from '../exit-codes';
import { setUpByWorker, wordsOf } from '../portals/await-set-up';
import { findPortal, type KnownPortal } from '../portals/find-portal';
import type { Terminal } from '../terminal/terminal';
import { examineAll, type Patient } from './doctor';
import { red, type Finding, type Level } from './finding';
import { printReport, reportOf } from './report';

export const doctorUsage = `doctor [--portal PORTAL] [--repair] [--wait SECONDS] [--json] [--strict]

  Looks at everything the connector needs, and says of each whether it is green, yellow or red, with the cure.

  --portal   only this portal, by its domain or member id
  --repair   has the worker set up the portals again first (events, lines, employees), and waits 60 seconds for it
  --json     for programs
  --strict   yellow counts as red

  Exit codes: 0 nothing is red, 1 something is, 2 the command line or the settings cannot be used.`;

const OPTIONS = {
  portal: { type: 'string' },
  repair: { type: 'boolean' },
  wait: { type: 'string' },
  json: { type: 'boolean' },
  strict: { type: 'boolean' },
} as const;

/**
 * `doctor`. Throws UsageError, Refusal.
 *
 * @param readSettings may throw SettingsError: then that is all there is to say
 */
export async function doctor(
  args: readonly string[],
  terminal: Terminal,
  readSettings: () => CliSettings,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS, doctorUsage);
  if (positionals.length > 0) throw new UsageError(doctorUsage);
  const waitMs = seconds(values.wait, 60, '--wait') * 1000;
  const tell = (findings: readonly Finding[]): Level => {
    const report = reportOf(findings, Date.now());
    if (values.json === true) terminal.write(JSON.stringify(report, undefined, 2));
    else printReport(terminal, report);
    return report.verdict;
  };
  const settings = settingsOf(readSettings);
  if (Array.isArray(settings)) {
    tell(settings);
    return EXIT.unusable;
  }
  const patient = await admit(settings, values.portal);
  try {
    if (values.repair === true) await repair(patient, terminal, waitMs);
    const verdict = tell(await examineAll(patient));
    return verdict === 'red' || (values.strict === true && verdict === 'yellow') ? EXIT.failed : EXIT.ok;
  } finally {
    await patient.connector?.close();
  }
}

/** The settings, or what is wrong with them. */
function settingsOf(readSettings: () => CliSettings): CliSettings | Finding[] {
  try {
    return readSettings();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.bad.map(({ name, problem }) => red('environment', `${name}: ${problem}`, ENVIRONMENT));
  }
}

const ENVIRONMENT =
  'Give the command line the settings of gateway and worker (with compose: the service "cli"); docs/generated/env.md explains each.';

/** Without a database, or with one that is not migrated, there is still much to look at. */
async function admit(settings: CliSettings, name: string | undefined): Promise<Patient> {
  let connector: Connector;
  try {
    connector = await Connector.open(settings);
  } catch (error) {
    return { settings, databaseError: error instanceof Error ? error : new Error(String(error)) };
  }
  try {
    const portals = name === undefined ? await connector.portals.all() : [await findPortal(connector, name)];
    return { settings, connector, portals };
  } catch (error) {
    if (error instanceof StoreError) return { settings, connector };
    await connector.close();
    throw error;
  }
}

async function repair({ connector, portals }: Patient, terminal: Terminal, waitMs: number): Promise<void> {
  if (connector === undefined || portals === undefined) {
    terminal.tell('Nothing can be repaired while Postgres is away.');
    return;
  }
  const installed = portals.filter((portal: KnownPortal) => portal.appId !== null);
  await Promise.all(
    installed.map(async ({ portalId, domain }) =>
      terminal.tell(`${domain}: ${wordsOf(await setUpByWorker(connector, portalId, waitMs))}`),
    ),
  );
}
