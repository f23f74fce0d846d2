import type { EventRecord } from '../../captured-calls/captured-event';
import type { SessionCounts } from './switch-state';

/** Who speaks: in every event, next to its time. */
export interface SwitchIdentity {
  readonly coreUuid: string;
  readonly switchName: string;
}

/** Where in FreeSWITCH an event is fired, as the events themselves tell. */
interface Source {
  readonly file: string;
  readonly func: string;
  readonly line: string;
}

const HEARTBEAT: Source = { file: 'switch_core.c', func: 'send_heartbeat', line: '95' };
const JOB: Source = { file: 'mod_event_socket.c', func: 'api_exec', line: '1580' };
const DUMP: Source = { file: 'mod_commands.c', func: 'uuid_dump_function', line: '6495' };

const VERSION = '1.11.3-dev~64bit';
const MAX_SESSIONS = '1000';
const MAX_SESSIONS_PER_SECOND = '100';

/** HEARTBEAT as a real switch sends it every 20 s. Load per second stays 0: a replay has none to tell of. */
export function heartbeat(
  identity: SwitchIdentity,
  now: number,
  upMs: number,
  counts: SessionCounts,
): EventRecord {
  return {
    ...head('HEARTBEAT', identity, now, HEARTBEAT),
    'Event-Info': 'System Ready',
    'Up-Time': upTime(upMs),
    'FreeSWITCH-Version': VERSION,
    'Uptime-msec': String(Math.floor(upMs)),
    'Session-Count': String(counts.now),
    'Max-Sessions': MAX_SESSIONS,
    'Session-Per-Sec': MAX_SESSIONS_PER_SECOND,
    'Session-Per-Sec-Last': '0',
    'Session-Per-Sec-Max': '0',
    'Session-Per-Sec-FiveMin': '0',
    'Session-Since-Startup': String(counts.sinceStartup),
    'Session-Peak-Max': String(counts.peak),
    'Session-Peak-FiveMin': String(counts.peak),
    'Idle-CPU': '90.000000',
  };
}

export interface Job {
  readonly uuid: string;
  readonly command: string;
  readonly args: string;
  readonly output: string;
}

/** The result of a bgapi command. */
export function backgroundJob(identity: SwitchIdentity, now: number, job: Job): EventRecord {
  return {
    ...head('BACKGROUND_JOB', identity, now, JOB),
    'Job-UUID': job.uuid,
    'Job-Command': job.command,
    ...(job.args !== '' && { 'Job-Command-Arg': job.args }),
    'Content-Length': String(Buffer.byteLength(job.output)),
    _body: job.output,
  };
}

/** `uuid_dump UUID json` is an event of this name. */
export function channelData(identity: SwitchIdentity, now: number, data: EventRecord): EventRecord {
  return { ...head('CHANNEL_DATA', identity, now, DUMP), ...data };
}

/** An event of somebody else (`sendevent`, a spec): its headers, below what every event has. */
export function foreignEvent(identity: SwitchIdentity, now: number, headers: EventRecord): EventRecord {
  return { ...head('CUSTOM', identity, now), ...headers };
}

/** Answer of `api status`. */
export function statusText(upMs: number, counts: SessionCounts): string {
  return [
    `UP ${upTime(upMs)}`,
    'FreeSWITCH (Version 1.11.3-dev  64bit) is ready',
    `${counts.sinceStartup} session(s) since startup`,
    `${counts.now} session(s) - peak ${counts.peak}, last 5min ${counts.peak} `,
    `0 session(s) per Sec out of max ${MAX_SESSIONS_PER_SECOND}, peak 0, last 5min 0 `,
    `${MAX_SESSIONS} session(s) max`,
    'min idle cpu 0.00/90.00',
    'Current Stack Size/Max 240K/8192K\n',
  ].join('\n');
}

/** Answer of `api version`. */
export const VERSION_TEXT = `FreeSWITCH Version ${VERSION} ( 64bit)\n`;

/** "2026-11-22 10:47:40"; the replay switch lives in UTC. */
export function localTime(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** What every event begins with; its place in the source and its number follow. */
export function eventHead(name: string, { coreUuid, switchName }: SwitchIdentity, now: number): EventRecord {
  return {
    'Event-Name': name,
    'Core-UUID': coreUuid,
    'FreeSWITCH-Hostname': 'vm',
    'FreeSWITCH-Switchname': switchName,
    'FreeSWITCH-IPv4': '127.0.0.1',
    'FreeSWITCH-IPv6': '0000::1',
    'Event-Date-Local': localTime(now),
    'Event-Date-GMT': new Date(now).toUTCString(),
    'Event-Date-Timestamp': String(Math.floor(now) * 1000),
  };
}

function head(name: string, identity: SwitchIdentity, now: number, source?: Source): EventRecord {
  return {
    ...eventHead(name, identity, now),
    ...(source && {
      'Event-Calling-File': source.file,
      'Event-Calling-Function': source.func,
      'Event-Calling-Line-Number': source.line,
    }),
    'Event-Sequence': '0',
  };
}

const UNITS: readonly (readonly [string, number])[] = [
  ['year', 365 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
];

/** "0 years, 0 days, 0 hours, 14 minutes, 19 seconds, 890 milliseconds, 904 microseconds": one of a thing drops the s. */
function upTime(ms: number): string {
  let left = Math.floor(ms);
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return `${count} ${unit}${count === 1 ? '' : 's'}`;
  });
  return [...parts, '0 microseconds'].join(', ');
}
