import { headerText, type EventRecord } from '../../captured-calls/captured-event';
import type { EventFormat } from './encode-event';
import { EVENT_NAMES } from './event-names';
import { Filters } from './filters';

const FORMATS = new Set<string>(['plain', 'json', 'xml']);
const EVERY_NAME = 'ALL';
/** What `myevents` subscribes (mod_event_socket.c). */
const OF_A_CHANNEL =
  `CHANNEL_ANSWER CHANNEL_APPLICATION CHANNEL_BRIDGE CHANNEL_CREATE CHANNEL_DATA CHANNEL_DESTROY
  CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_ORIGINATE CHANNEL_UUID
  CHANNEL_OUTGOING CHANNEL_PARK CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_STATE CHANNEL_UNBRIDGE CHANNEL_UNPARK
  DETECTED_SPEECH DTMF NOTALK TALK`.split(/\s+/);

/** Which events a login may see; undefined = every one. */
export type AllowedEvents = ReadonlySet<string> | undefined;

/**
 * What one client wants to hear: `event`, `nixevent`, `noevents` and `filter`, with the replies of a real switch
 * (protocol sample "event subscription replies"; what lies between them follows mod_event_socket.c).
 */
export class Subscription {
  #format: EventFormat = 'plain';
  #listening = false;
  readonly #names = new Set<string>();
  readonly #subclasses = new Set<string>();
  #everySubclass = false;
  #onlyOf: string | undefined;
  readonly filters = new Filters();

  /** @param allowed names and CUSTOM subclasses the login is limited to */
  constructor(private readonly allowed: AllowedEvents) {}

  get format(): EventFormat {
    return this.#format;
  }

  /** `event [plain|json|xml] NAME ... CUSTOM subclass ...`: unknown names are skipped, after CUSTOM all are subclasses. */
  subscribe(words: readonly string[]): string {
    const [format = '', ...names] = words;
    const wanted = FORMATS.has(format.toLowerCase()) ? names : words;
    if (wanted !== words) this.#format = format.toLowerCase() as EventFormat;
    const { known, subclasses } = sortWords(wanted);
    const refused = [...known, ...subclasses].some((name) => !this.#mayHear(name));
    if (refused) return '-ERR permission denied';
    if (known.length === 0) return '-ERR no keywords supplied';
    known.forEach((name) => this.#names.add(name));
    subclasses.forEach((subclass) => this.#subclasses.add(subclass));
    if (known.includes(EVERY_NAME)) this.#everySubclass = true;
    this.#listening = true;
    return `+OK event listener enabled ${this.#format}`;
  }

  /** `myevents`: what happens to one channel, and nothing of others. */
  subscribeToChannel(uuid: string, format: string): string {
    if (this.#onlyOf !== undefined) return '-ERR aready enabled.';
    if (FORMATS.has(format.toLowerCase())) this.#format = format.toLowerCase() as EventFormat;
    OF_A_CHANNEL.forEach((name) => this.#names.add(name));
    this.#onlyOf = uuid;
    this.#listening = true;
    return '+OK Events Enabled';
  }

  /** `nixevent NAME ...`: "CUSTOM subclass" takes away the subclass only. */
  unsubscribe(words: readonly string[]): string {
    const { known, subclasses } = sortWords(words);
    if (known.length === 0) return '-ERR no keywords supplied';
    for (const name of known.filter((each) => each !== 'CUSTOM')) this.#nix(name);
    subclasses.forEach((subclass) => this.#subclasses.delete(subclass));
    this.#listening = true;
    return '+OK events nixed';
  }

  /** `noevents` */
  clear(): string {
    if (!this.#listening) return '-ERR not listening for events';
    this.#listening = false;
    this.#names.clear();
    this.#subclasses.clear();
    this.#everySubclass = false;
    return '+OK no longer listening for events';
  }

  /** Whether this client gets the event. */
  wants(record: EventRecord): boolean {
    return (
      (this.#onlyOf === undefined || isOf(this.#onlyOf, record)) &&
      this.hears(headerText(record, 'Event-Name'), headerText(record, 'Event-Subclass')) &&
      this.filters.pass(record)
    );
  }

  /** Whether the name (and the subclass of a CUSTOM event) is subscribed, filters aside. */
  hears(name: string, subclass = ''): boolean {
    if (this.#names.has(EVERY_NAME)) return true;
    if (!this.#names.has(name)) return false;
    return name !== 'CUSTOM' || subclass === '' || this.#everySubclass || this.#subclasses.has(subclass);
  }

  #nix(name: string): void {
    if (name === EVERY_NAME) {
      this.#names.clear();
    } else if (this.#names.delete(EVERY_NAME)) {
      EVENT_NAMES.forEach((each) => this.#names.add(each));
    }
    this.#names.delete(name);
  }

  #mayHear(name: string): boolean {
    return this.allowed === undefined || this.allowed.has(name) || this.allowed.has(EVERY_NAME);
  }
}

function sortWords(words: readonly string[]): { known: string[]; subclasses: string[] } {
  const custom = words.findIndex((word) => word.toUpperCase() === 'CUSTOM');
  const names = custom < 0 ? words : words.slice(0, custom + 1);
  const known = names
    .map((word) => word.toUpperCase())
    .filter((name) => name === EVERY_NAME || EVENT_NAMES.has(name));
  return { known, subclasses: custom < 0 ? [] : words.slice(custom + 1) };
}

/** An event of that channel, or the result of a job that was started for it. */
function isOf(uuid: string, record: EventRecord): boolean {
  return headerText(record, 'Unique-ID') === uuid || headerText(record, 'Job-Owner-UUID') === uuid;
}
