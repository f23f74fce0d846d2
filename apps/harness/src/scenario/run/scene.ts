import type { PhoneCall } from '../../phones';
import type { ScenarioPortal } from '../../world/scenario-portal';
import { heldCalls, type HeldCall } from '../../world/portal-holding';
import type { TappedEvent } from '../../world/switch-tap';
import type { World } from '../../world/world';
import type { Cast, Client, Person } from '../language/people';
import type { Handset } from './handset';
import type { Telephony } from './telephony';

/** Where a scenario was when it began, in everything that goes on from one to the next. */
export interface Beginning {
  /** Epoch ms. */
  readonly at: number;
  /** Position in the events of the switch. */
  readonly events: number;
  /** Calls that the database had before. */
  readonly calls: ReadonlySet<string>;
  /** Positions in the logs, by app. */
  readonly logs: Readonly<Record<string, number>>;
  readonly deaths: number;
  readonly switchErrors: number;
}

export interface SceneParts {
  readonly world: World;
  readonly portal: ScenarioPortal;
  readonly cast: Cast;
  readonly telephony: Telephony;
  readonly beginning: Beginning;
  readonly signal?: AbortSignal;
}

/** Somebody listened for something in a call. Epoch ms. */
export interface Listening {
  readonly handset: Handset;
  readonly call: PhoneCall;
  /** A person or a sound; undefined: silence. */
  readonly whom: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly isRight: boolean;
}

/** What PHONE_NUMBER is for callers who hide theirs (portal settings, `anonymousNumber`). */
const ANONYMOUS = '00000000';

/** One scenario under way: everything that its verbs and checks can look at and touch. */
export class Scene {
  /** Clients who have hidden their number. */
  readonly hidden = new Set<string>();

  /** Who listened for what, as steps have judged it. */
  readonly listenings: Listening[] = [];

  constructor(private readonly parts: SceneParts) {}

  get world(): World {
    return this.parts.world;
  }

  get portal(): ScenarioPortal {
    return this.parts.portal;
  }

  get cast(): Cast {
    return this.parts.cast;
  }

  get telephony(): Telephony {
    return this.parts.telephony;
  }

  get beginning(): Beginning {
    return this.parts.beginning;
  }

  get signal(): AbortSignal | undefined {
    return this.parts.signal;
  }

  get handsets(): readonly Handset[] {
    return this.telephony.handsets;
  }

  person(id: string): Person | undefined {
    return this.cast.people.find((person) => person.id === id);
  }

  client(id: string): Client | undefined {
    return this.cast.clients.find((client) => client.id === id);
  }

  /** What has to be dialled for a name of the scenario; digits are dialled as they are. */
  numberOf(dialled: string): string {
    const line = this.cast.lines.find(({ id }) => id === dialled);
    return this.person(dialled)?.extension ?? this.client(dialled)?.number ?? line?.number ?? dialled;
  }

  /** The name in the scenario of whoever has a user in the portal, or a number. */
  whoHasUser(userId: number): string | undefined {
    return this.cast.people.find((person) => person.userId === userId)?.id;
  }

  whoHasNumber(number: string): string | undefined {
    const plain = number.replace(/\D/g, '');
    const known = [
      ...this.cast.people.map(({ id, extension }) => ({ id, number: extension })),
      ...this.cast.clients,
    ];
    return known.find((one) => one.number?.replace(/\D/g, '') === plain)?.id;
  }

  /** Whether a portal's PHONE_NUMBER is that of somebody outside. */
  isNumberOf(client: string, phone: string): boolean {
    const number = this.client(client)?.number.replace(/\D/g, '');
    return phone === number || (phone === ANONYMOUS && this.hidden.has(client));
  }

  /** Who says a tone: names of the scenario. */
  whoSays(hz: number): string | undefined {
    return this.handsets.find(({ toneHz }) => toneHz === hz)?.who;
  }

  /** What the switch has said since the scenario began. */
  get events(): TappedEvent[] {
    return this.world.tap.since(this.beginning.events);
  }

  /** The channel of the switch at the other end of a phone's call. */
  channelOf(call: PhoneCall): string | undefined {
    return this.events.find(({ sipCallId }) => sipCallId === call.callId)?.channelUuid;
  }

  /** What the connector has told somebody in the messenger. */
  noticesTo(id: string): string[] {
    const userId = this.person(id)?.userId;
    return this.portal.fake.state.notices
      .filter(({ toUserId }) => toUserId === userId)
      .map(({ text }) => text);
  }

  /** Calls in the portal. */
  get held(): HeldCall[] {
    return heldCalls(this.portal.fake);
  }
}
