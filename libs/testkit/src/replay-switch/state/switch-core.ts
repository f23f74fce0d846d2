import { randomUUID } from 'node:crypto';
import type { EventRecord } from '../../captured-calls/captured-event';
import type { ReplayClock } from '../clock';
import type { SwitchView } from './api-commands';
import { backgroundJob, foreignEvent, heartbeat, type Job, type SwitchIdentity } from './own-events';
import type { Registrations } from './registrations';
import { SwitchState } from './switch-state';

/** One life of the switch, from a start to the end of the process: its Core-UUID, its numbering, its channels. */
export class SwitchCore implements SwitchView {
  readonly identity: SwitchIdentity;
  readonly state: SwitchState;
  readonly #startedAt: number;
  #sequence = 0;

  constructor(
    switchName: string,
    registrations: Registrations,
    private readonly clock: ReplayClock,
  ) {
    this.identity = { coreUuid: randomUUID(), switchName };
    this.state = new SwitchState(registrations);
    this.#startedAt = clock.now();
  }

  get now(): number {
    return this.clock.now();
  }

  get upMs(): number {
    return this.now - this.#startedAt;
  }

  nextSequence(): string {
    this.#sequence += 1;
    return String(this.#sequence);
  }

  /** Lets an event happen: it becomes this core's, gets the next number, and changes the state. */
  happen(record: EventRecord): EventRecord {
    const event = {
      ...record,
      'Core-UUID': this.identity.coreUuid,
      'FreeSWITCH-Switchname': this.identity.switchName,
      'Event-Sequence': this.nextSequence(),
    };
    this.state.apply(event);
    return event;
  }

  heartbeat(): EventRecord {
    return heartbeat(this.identity, this.now, this.upMs, this.state.counts);
  }

  backgroundJob(job: Job): EventRecord {
    return backgroundJob(this.identity, this.now, job);
  }

  foreignEvent(headers: EventRecord): EventRecord {
    return foreignEvent(this.identity, this.now, headers);
  }
}
