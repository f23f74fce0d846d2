import { jsonObject, plainText } from '../socket/encode-event';
import { CHANNEL_COLUMNS } from './channel-table';
import { channelData, localTime, statusText, VERSION_TEXT, type SwitchIdentity } from './own-events';
import type { SwitchState } from './switch-state';

/** What an api command may look at. */
export interface SwitchView {
  readonly state: SwitchState;
  readonly identity: SwitchIdentity;
  /** Epoch ms. */
  readonly now: number;
  /** Since the core started. */
  readonly upMs: number;
  /** Of the next event; a dump carries one too. */
  nextSequence(): string;
}

export type ApiCommand = (args: string, view: SwitchView) => string;

const DOMAIN = '127.0.0.1';
const NO_CHANNEL = '-ERR No such channel!\n';

/**
 * Api commands answered from the state of the replay. Texts are those of a real switch (protocol sample "api"), and of
 * mod_commands.c where no sample has them (count, csv, usage).
 */
export const API_COMMANDS: Readonly<Record<string, ApiCommand>> = {
  status: (_args, { upMs, state }) => statusText(upMs, state.counts),
  version: () => VERSION_TEXT,
  show: (args, view) => show(args.split(' '), view),
  uuid_dump: (args, view) => dump(args, view),
  uuid_exists: (uuid, { state }) => String(state.hasChannel(uuid)),
  uuid_kill: (args, { state }) => (state.hasChannel(args.split(' ', 1)[0] ?? '') ? '+OK\n' : NO_CHANNEL),
  global_getvar: (name, view) => globalVariable(name, view),
  eval: (text, view) => text.replace(/\$\{([^}]*)\}/g, (_all, name: string) => globalVariable(name, view)),
  echo: (text) => text,
  strftime: (_args, { now }) => localTime(now),
  sofia_contact: (address, { state }) => state.registrations.contact(address) ?? 'error/user_not_registered',
};

/** The answer to a command the switch does not have. */
export function unknownCommand(command: string): string {
  return `-ERR ${command} Command not found!\n`;
}

type Row = Readonly<Record<string, string>>;

function show([what = '', ...how]: readonly string[], { state }: SwitchView): string {
  const rows = rowsOf(what, state);
  if (!rows) return '-USAGE: show channels|registrations [count] [as json]\n';
  const wanted = how.join(' ').toLowerCase();
  switch (wanted) {
    case 'as json':
      return asJson(rows);
    case 'count':
      return `\n${rows.length} total.\n`;
    case '':
      return asCsv(rows);
    default:
      return `-ERR Cannot find format ${wanted.replace(/^as /, '')}\n`;
  }
}

function rowsOf(what: string, state: SwitchState): readonly Row[] | undefined {
  if (what === 'channels') return state.table.rows();
  if (what === 'registrations') return state.registrations.rows().map((row) => ({ ...row }));
  return undefined;
}

/** An empty table has no `rows`, but a space and a line end. */
function asJson(rows: readonly Row[]): string {
  return rows.length === 0 ? '{"row_count": 0}\n' : JSON.stringify({ row_count: rows.length, rows });
}

function asCsv(rows: readonly Row[]): string {
  const columns = rows[0] && 'reg_user' in rows[0] ? Object.keys(rows[0]) : CHANNEL_COLUMNS;
  const lines = rows.map((row) => `${columns.map((column) => row[column]).join(',')}\n`);
  const title = rows.length === 0 ? '' : `${columns.join(',')}\n`;
  return `${title}${lines.join('')}\n${rows.length} total.\n`;
}

function dump(args: string, view: SwitchView): string {
  const [uuid = '', format = 'txt'] = args.split(' ');
  if (uuid === '') return '-USAGE: <uuid> [format]\n';
  const data = view.state.channelData(uuid);
  if (!data) return NO_CHANNEL;
  const event = channelData(view.identity, view.now, data);
  const headers = Object.entries({ ...event, 'Event-Sequence': view.nextSequence() });
  return format.toLowerCase() === 'json' ? jsonObject(headers) : plainText(headers);
}

function globalVariable(name: string, { identity }: SwitchView): string {
  const known: Readonly<Record<string, string>> = {
    core_uuid: identity.coreUuid,
    domain: DOMAIN,
    hostname: 'vm',
    switchname: identity.switchName,
  };
  return Object.hasOwn(known, name) ? (known[name] ?? '') : '';
}
