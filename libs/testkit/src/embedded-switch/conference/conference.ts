import { randomUUID } from 'node:crypto';
import type { EventRecord } from '../../captured-calls/captured-event';
import { fire, type Channel } from '../core';
import { FrameMixer } from '../media';

const SUBCLASS = 'conference::maintenance';

/** People who hear each other: a room of mod_conference. */
export class Conference {
  readonly #uuid = randomUUID();
  readonly #members = new Map<Channel, number>();
  readonly #mixer = new FrameMixer<Channel>();
  #lastId = 0;
  #stopMixing: () => void = () => undefined;

  constructor(
    private readonly name: string,
    private readonly profile: string,
    private readonly domain: string,
  ) {}

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  /** Somebody comes in; the first one opens the room. The function returned lets him go. */
  join(channel: Channel): () => void {
    const { core } = channel;
    if (this.isEmpty) {
      this.#tell(channel, 'conference-create');
      this.#stopMixing = core.ticker.every((isLost) => {
        if (!isLost) this.#mix();
      });
    }
    this.#lastId += 1;
    const id = this.#lastId;
    this.#members.set(channel, id);
    const stopReading = channel.endpoint.media.read((frame) => this.#mixer.put(channel, frame));
    this.#tellOf(channel, id, 'add-member');
    return () => {
      stopReading();
      this.#members.delete(channel);
      this.#tellOf(channel, id, 'del-member');
      if (!this.isEmpty) return;
      this.#stopMixing();
      this.#tell(channel, 'conference-destroy');
    };
  }

  #mix(): void {
    for (const channel of this.#members.keys()) {
      if (channel.hasMedia && !channel.has('BROADCAST')) {
        channel.endpoint.media.write(this.#mixer.mixWithout(channel));
      }
    }
    this.#mixer.clear();
  }

  #tellOf(channel: Channel, id: number, action: string): void {
    fire(channel, 'CUSTOM', {
      first: { 'Event-Subclass': SUBCLASS, ...this.#headers() },
      last: { ...memberHeaders(id), Action: action },
      isBasic: true,
    });
  }

  /** About the room itself: no channel. */
  #tell({ core }: Channel, action: string): void {
    core.events.fire('CUSTOM', { 'Event-Subclass': SUBCLASS, ...this.#headers(), Action: action });
  }

  #headers(): EventRecord {
    return {
      'Conference-Name': this.name,
      'Conference-Domain': this.domain,
      'Conference-Size': String(this.#members.size),
      'Conference-Ghosts': '0',
      'Conference-Profile-Name': this.profile,
      'Conference-Unique-ID': this.#uuid,
    };
  }
}

function memberHeaders(id: number): EventRecord {
  return {
    Floor: 'false',
    Video: 'false',
    Hear: 'true',
    See: 'true',
    Speak: 'true',
    Talking: 'false',
    'Mute-Detect': 'false',
    Hold: 'false',
    'Member-ID': String(id),
    'Member-Type': 'member',
    'Member-Ghost': 'false',
    'Energy-Level': '100',
    'Current-Energy': '0',
  };
}
