import { readFileSync } from 'node:fs';
import { checkRouteSettings, type RouteSettings, type SavedRoute } from '@app/store';
import { parseDocument } from 'yaml';
import { readArguments, Refusal, UsageError } from '../command-line';
import { EXIT } from '../exit-codes';
import { table } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import type { PortalsCommand } from './command';
import { findPortal } from './find-portal';

const usage = `portals routes [PORTAL]
portals routes set PORTAL --did NUMBER --file ROUTE.yaml [--switch ID] [--domain DOMAIN]
portals routes remove PORTAL --did NUMBER [--switch ID] [--domain DOMAIN]
portals routes check --file ROUTE.yaml

  Who rings for the callers of a line whom the dialplan hands to the connector (docs/routing.md tells what stands in the
  file). It counts from the next call on. A line without a route is the dialplan's: its fallback rings.`;

const OPTIONS = {
  did: { type: 'string' },
  file: { type: 'string' },
  switch: { type: 'string' },
  domain: { type: 'string' },
} as const;
type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];

/** `portals routes`. */
export const routes: PortalsCommand = {
  usage,
  about: 'who rings for the callers of a line',
  run: async (args, { terminal, connector }) => {
    const { values, positionals } = readArguments(args, OPTIONS, usage);
    const [verb, ...rest] = positionals;
    if (verb === 'check') {
      readRoute(values.file);
      terminal.tell('The file can be used.');
      return EXIT.ok;
    }
    const isChange = verb === 'set' || verb === 'remove';
    const [name, ...more] = isChange ? rest : positionals;
    if (more.length > 0 || (isChange && name === undefined)) throw new UsageError(usage);
    const { portalId, scope } = await findPortal(connector, name);
    const known = await connector.routes.of(portalId);
    if (isChange) {
      const line = oneOf(known, values);
      const settings = verb === 'set' ? readRoute(values.file) : undefined;
      await connector.routes.save(portalId, line, settings);
    }
    const routed = isChange ? await connector.routes.of(portalId) : known;
    print(terminal, routed);
    warn(terminal, routed, scope);
    return EXIT.ok;
  },
};

/**
 * The text of a file as settings, unchanged: what is usual is filled in when they are read.
 *
 * @throws Refusal that names everything that is wrong
 */
function readRoute(file: string | undefined): unknown {
  if (file === undefined) throw new UsageError(`--file names the file with the route.\n\n${usage}`);
  const document = parseDocument(textOf(file));
  const [error] = document.errors;
  if (error) throw new Refusal(`${file} is no YAML: ${error.message}`);
  const written: unknown = document.toJS();
  const read = checkRouteSettings(written);
  if (read.ok) return written;
  const wrong = read.mistakes.map(({ path, message }) => `  ${path === '' ? 'the file' : path}: ${message}`);
  throw new Refusal(`${file} cannot be used:\n${wrong.join('\n')}\ndocs/routing.md tells what stands there.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** The line that is meant. */
function oneOf(known: readonly SavedRoute[], values: Values): SavedRoute {
  const did = values.did?.trim().replace(/^\+/, '') ?? '';
  if (did === '') throw new UsageError(`--did says which number of the company.\n\n${usage}`);
  const meant = known.filter(
    (line) =>
      line.did.replace(/^\+/, '') === did &&
      (values.switch === undefined || line.switchId === values.switch) &&
      (values.domain === undefined || line.domain === values.domain),
  );
  const [line, other] = meant;
  if (!line) throw new Refusal(`${did} is no line of this portal; "portals lines set" makes it one.`);
  if (other) throw new Refusal(`${did} is a line of several switches: --switch or --domain says which.`);
  return line;
}

function print(terminal: Terminal, lines: readonly SavedRoute[]): void {
  const routed = lines.filter((line) => line.settings !== undefined);
  if (routed.length === 0) terminal.tell('No line of this portal is routed: "portals routes set" does it.');
  const rows = routed.map(({ did, switchId, settings }) => [did, switchId, wordsOf(settings)]);
  for (const row of table(rows)) terminal.write(row);
}

/** The queue would ring for everybody, and nobody would know why. */
function warn(terminal: Terminal, lines: readonly SavedRoute[], scope: readonly string[]): void {
  const isOld = ({ settings }: SavedRoute) =>
    settings !== undefined && settings !== 'unreadable' && settings.client.by === 'register';
  if (lines.some(isOld) && !scope.includes('crm'))
    terminal.tell(
      'client.by: register reads clients in the CRM, and the portal has not granted the permission crm: give it to the application.',
    );
}

function wordsOf(settings: SavedRoute['settings']): string {
  if (settings === undefined || settings === 'unreadable') return 'cannot be read: set it anew';
  const { strategy, members, forwardTo }: RouteSettings = settings;
  const whom = forwardTo ?? members.map(({ extension }) => extension).join(', ');
  return `${strategy}: ${whom}`;
}
