import { headerText, type EventRecord } from '../../captured-calls/captured-event';
import { HEADERS_READ } from './headers-read';

/** One event of a leg: what it is, and what it says of what is read. */
export interface Step {
  readonly what: string;
  readonly says: Readonly<Record<string, string>>;
}

/** A leg: its name without ports, and its events in order. */
export interface Leg {
  readonly name: string;
  readonly steps: readonly Step[];
}

const NOT_ABOUT_CALLS = new Set(['HEARTBEAT', 'API', 'CHANNEL_DATA', 'SHUTDOWN', 'BACKGROUND_JOB']);
/** Of the inside of a real switch; nobody asks for them, and the embedded one has none. */
const NOT_SIMULATED =
  /^(CODEC|PRESENCE_IN|MEDIA_BUG_START|MEDIA_BUG_STOP|PRIVATE_COMMAND|RECV_RTCP_MESSAGE|sofia::reinvite)$/;

/** What the events tell of each leg, in a form in which two runs of the same situation are equal. */
export function ladderOf(events: readonly EventRecord[]): Leg[] {
  const letters = lettersOf(events);
  const legs = new Map<string, { name: string; steps: Step[] }>();
  for (const event of events) {
    const uuid = headerText(event, 'Unique-ID');
    const name = headerText(event, 'Event-Name');
    if (uuid === '' || NOT_ABOUT_CALLS.has(name)) continue;
    if (NOT_SIMULATED.test(headerText(event, 'Event-Subclass') || name)) continue;
    const leg = legs.get(uuid) ?? { name: '', steps: [] };
    legs.set(uuid, leg);
    leg.name ||= plain(headerText(event, 'Channel-Name'), letters);
    leg.steps.push({ what: whatOf(event, letters), says: saysOf(event, letters) });
  }
  return [...legs.values()].map(({ name, steps }) => ({ name, steps: withoutRaces(steps) }));
}

/**
 * Two threads of the real switch decide whether a leg goes to sleep before its phone's 180 comes or after it, whether it
 * is seen sleeping before a bridge wakes it, and what its call state is when it is announced a second time: the captures
 * have it both ways.
 */
function withoutRaces(all: readonly Step[]): Step[] {
  const [steps, updates] = [all.filter((step) => !isUpdate(step)), all.filter(isUpdate)];
  const kept = steps.filter(({ what }, index) => {
    return what !== 'STATE CONSUME_MEDIA' || steps[index + 1]?.what !== 'STATE EXCHANGE_MEDIA';
  });
  const sleeps = kept.findIndex(({ what }) => what === 'STATE CONSUME_MEDIA');
  const rings = /^(PROGRESS|CALLSTATE DOWN -> RINGING)$/;
  let to = sleeps;
  while (to > 0 && rings.test(kept[to - 1]!.what)) to -= 1;
  const step = kept[sleeps];
  if (step && to < sleeps) {
    kept.splice(sleeps, 1);
    kept.splice(to, 0, step);
  }
  const told = kept.map((each) => (/^(OUTGOING|STATE CONSUME_MEDIA)$/.test(each.what) ? quiet(each) : each));
  return [...told, ...updates.map(({ what }) => ({ what, says: {} }))];
}

/** What a phone displays. It is told from another thread, at any moment from then on, and nothing of it is read: only how often counts. */
function isUpdate({ what }: Step): boolean {
  return what === 'CALL_UPDATE';
}

function quiet({ what, says }: Step): Step {
  const { 'Channel-Call-State': _state, 'Caller-Channel-Progress-Time': _time, ...others } = says;
  return { what, says: others };
}

/** A, B, C ... in order of appearance. */
function lettersOf(events: readonly EventRecord[]): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  for (const event of events) {
    const uuid = headerText(event, 'Unique-ID');
    if (uuid !== '' && !letters.has(uuid)) letters.set(uuid, String.fromCharCode(65 + letters.size));
  }
  return letters;
}

function whatOf(event: EventRecord, letters: ReadonlyMap<string, string>): string {
  const text = (header: string): string => plain(headerText(event, header), letters);
  const name = text('Event-Name').replace('CHANNEL_', '');
  switch (name) {
    case 'STATE':
      return `STATE ${text('Channel-State').replace('CS_', '')}`;
    case 'CALLSTATE':
      return `CALLSTATE ${text('Original-Channel-Call-State')} -> ${text('Channel-Call-State')}`;
    case 'EXECUTE':
    case 'EXECUTE_COMPLETE':
      return `${name} ${text('Application')} ${text('Application-Data')}`.trim();
    case 'HANGUP':
    case 'HANGUP_COMPLETE':
      return `${name} ${text('Hangup-Cause')}`;
    case 'CUSTOM':
      return `${text('Event-Subclass')} ${text('Action') || text('CC-Action') || text('FIFO-Action')}`.trim();
    case 'PLAYBACK_START':
    case 'PLAYBACK_STOP':
      return `${name} ${text('Playback-File-Path')}`;
    default:
      return name;
  }
}

function saysOf(event: EventRecord, letters: ReadonlyMap<string, string>): Record<string, string> {
  const says: Record<string, string> = {};
  for (const header of HEADERS_READ) {
    const value = event[header];
    if (value === undefined) continue;
    says[header] = header.endsWith('-Time')
      ? momentOf(String(value))
      : [value]
          .flat()
          .map((each) => plain(each, letters))
          .join(' | ');
  }
  return says;
}

function momentOf(value: string): string {
  return value === '0' ? 'never' : 'once';
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Without what is different in every run: uuids become letters, ports, times and Call-IDs go. */
function plain(value: string, letters: ReadonlyMap<string, string>): string {
  return value
    .replace(/\S*\/recordings\/(?:\d{4}\/\d\d\/\d\d\/)?/g, 'REC/')
    .replace(/(Replaces=)[^>"\s]*/g, '$1...')
    .replace(UUID, (uuid) => letters.get(uuid) ?? 'uuid')
    .replace(/(127\.0\.0\.1|localhost|pbx\.internal):\d{4,5}/g, '$1:PORT')
    .replace(/^\d{10}:/, 'EPOCH:')
    .replace(/((?:call|leg|read)_timeout=)\d+/g, '$1N')
    .replace(/(-[ab])-\d+/g, '$1');
}
