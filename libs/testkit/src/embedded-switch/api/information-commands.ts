import { channelData, type SwitchCore } from '../core';
import { CHANNEL_COLUMNS } from '../../replay-switch/state/channel-table';
import {
  channelData as channelDataEvent,
  localTime,
  statusText,
  VERSION_TEXT,
} from '../../replay-switch/state/own-events';
import { jsonObject, plainText } from '../../replay-switch/socket/encode-event';
import type { ApiCommand } from './api-desk';
import { NO_CHANNEL, usage, type ApiParts } from './api-parts';

type Row = Readonly<Record<string, string>>;

/** Commands that only look: `show`, `status`, `uuid_dump`, `strftime` ... */
export function informationCommands(parts: ApiParts): Record<string, ApiCommand> {
  const { core } = parts;
  return {
    status: () => statusText(core.upMs, core.counts),
    version: () => VERSION_TEXT,
    show: (args) => show(parts, args),
    uuid_dump: (args) => dump(core, args),
    strftime: (format) => formatTime(core.clock.now(), format),
    echo: (text) => text,
    url_decode: (text) => urlDecoded(text),
    eval: (text) => text,
    md5: () => '-ERR not simulated\n',
    module_exists: (name) => String(['mod_sofia', 'mod_event_socket', 'mod_commands'].includes(name)),
    create_uuid: () => crypto.randomUUID(),
    hash: (args) => parts.hash.api(args),
  };
}

/** Byte by byte; a percent sign without two digits stays (switch_url_decode). */
function urlDecoded(text: string): string {
  const latin1 = Buffer.from(text).toString('latin1');
  const decoded = latin1.replace(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1').toString();
}

function show({ core, registrations }: ApiParts, args: string): string {
  const [what = '', ...how] = args.split(' ').filter((word) => word !== '');
  const rows: readonly Row[] | undefined =
    what === 'channels' || what === 'calls'
      ? core.events.table.rows()
      : what === 'registrations'
        ? registrations.rows(core.identity.switchName)
        : undefined;
  if (!rows) return usage('show channels|calls|registrations [count] [as json]');
  switch (how.join(' ').toLowerCase()) {
    case 'as json':
      return rows.length === 0 ? '{"row_count": 0}\n' : JSON.stringify({ row_count: rows.length, rows });
    case 'count':
      return `\n${rows.length} total.\n`;
    default:
      return asCsv(rows);
  }
}

function asCsv(rows: readonly Row[]): string {
  const columns = rows[0] && 'reg_user' in rows[0] ? Object.keys(rows[0]) : CHANNEL_COLUMNS;
  const lines = rows.map((row) => `${columns.map((column) => row[column]).join(',')}\n`);
  const title = rows.length === 0 ? '' : `${columns.join(',')}\n`;
  return `${title}${lines.join('')}\n${rows.length} total.\n`;
}

function dump(core: SwitchCore, args: string): string {
  const [uuid = '', format = 'txt'] = args.split(' ');
  if (uuid === '') return usage('<uuid> [format]');
  const channel = core.locate(uuid);
  if (!channel) return NO_CHANNEL;
  const event = channelDataEvent(core.identity, core.clock.now(), channelData(channel));
  const headers = Object.entries({ ...event, 'Event-Sequence': core.events.nextSequence() });
  return format.toLowerCase() === 'json' ? jsonObject(headers) : plainText(headers);
}

/** The letters that dial plans use; the switch lives in UTC. "epoch|format" is another moment. */
function formatTime(now: number, text: string): string {
  const [first = '', ...rest] = text.split('|');
  const isMoment = rest.length > 0 && /^\d+$/.test(first);
  const at = isMoment ? Number(first) * 1000 : now;
  const format = (isMoment ? rest.join('|') : text) || '%Y-%m-%d %T';
  const date = new Date(at);
  const local = localTime(at);
  const letters: Readonly<Record<string, string>> = {
    Y: local.slice(0, 4),
    m: local.slice(5, 7),
    d: local.slice(8, 10),
    H: local.slice(11, 13),
    M: local.slice(14, 16),
    S: local.slice(17, 19),
    T: local.slice(11, 19),
    F: local.slice(0, 10),
    y: local.slice(2, 4),
    w: String(date.getUTCDay()),
    u: String(date.getUTCDay() || 7),
    s: String(Math.floor(at / 1000)),
    '%': '%',
  };
  return format.replace(/%(.)/g, (found, letter: string) => letters[letter] ?? found);
}
