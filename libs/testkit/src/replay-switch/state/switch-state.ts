import { headerText, type EventRecord } from '../../captured-calls/captured-event';
import { ChannelTable } from './channel-table';
import type { Registrations } from './registrations';

/** How much went over the switch since its core started. */
export interface SessionCounts {
  readonly now: number;
  readonly sinceStartup: number;
  readonly peak: number;
}

/** What a channel is made of in `uuid_dump`: its headers and variables, without those of the event that told them. */
const OF_THE_CHANNEL =
  /^(Channel-|Unique-ID$|Call-Direction$|Presence-|Answer-State$|Hangup-Cause$|Caller-|Other-(Type$|Leg-)|variable_)/;

/** The switch as it stands at this moment of the events played: the channels alive now, and who is registered. */
export class SwitchState {
  readonly table = new ChannelTable();
  /** Of each living channel: its latest event with variables, and what came after it. */
  readonly #told = new Map<string, EventRecord[]>();
  #sinceStartup = 0;
  #peak = 0;

  /** @param registrations outlive a restart, as in the profile's database */
  constructor(readonly registrations: Registrations) {}

  get counts(): SessionCounts {
    return { now: this.#told.size, sinceStartup: this.#sinceStartup, peak: this.#peak };
  }

  hasChannel(uuid: string): boolean {
    return this.#told.has(uuid);
  }

  /** Headers and variables of a living channel as of its latest event. */
  channelData(uuid: string): EventRecord | undefined {
    const told = this.#told.get(uuid);
    return told?.map(ofTheChannel).reduce((known, newer) => ({ ...known, ...newer }), {});
  }

  apply(event: EventRecord): void {
    this.table.apply(event);
    this.registrations.apply(event);
    this.#keepData(headerText(event, 'Event-Name'), headerText(event, 'Unique-ID'), event);
  }

  #keepData(name: string, uuid: string, event: EventRecord): void {
    if (name === 'CHANNEL_CREATE') {
      this.#sinceStartup += 1;
      this.#told.set(uuid, []);
      this.#peak = Math.max(this.#peak, this.#told.size);
    }
    if (name === 'CHANNEL_DESTROY') this.#told.delete(uuid);
    const told = this.#told.get(uuid);
    if (!told) return;
    // one with variables tells everything anew; STATE, CALLSTATE, DTMF ... only the headers they have
    if ('variable_uuid' in event) told.length = 0;
    told.push(event);
  }
}

function ofTheChannel(event: EventRecord): EventRecord {
  return Object.fromEntries(Object.entries(event).filter(([header]) => OF_THE_CHANNEL.test(header)));
}
