import { MINIMAL_SUBSCRIPTION, SwitchLink, type EslEvent } from '@app/esl';
import { until } from '../processes/until';
import type { EventSocketLogin } from '../real-switch/switch-console';

/** What of an event counts for checks and reports. */
export interface TappedEvent {
  /** Epoch ms, on the clock of the switch. */
  readonly at: number;
  /** "CHANNEL_ANSWER", "CUSTOM valet_parking::info". */
  readonly name: string;
  readonly channelUuid?: string;
  /** Call-ID of the leg's SIP dialog: tells whose phone it is. */
  readonly sipCallId?: string;
  readonly direction?: 'inbound' | 'outbound';
  /** "1001@pbx.internal" of a phone of the company. */
  readonly presenceId?: string;
  readonly callerNumber?: string;
  readonly dialled?: string;
  readonly hangupCause?: string;
  readonly bridge?: { readonly a: string; readonly b: string };
  readonly detail?: string;
}

const READY_WITHIN_MS = 20_000;
const OFTEN = { minMs: 50, maxMs: 500, factor: 1.5, jitter: 0 };
const nothing = (): undefined => undefined;

/** Listens to a switch beside the product, and keeps what it hears. Comes back by itself when the switch does. */
export class SwitchTap {
  readonly #events: TappedEvent[] = [];
  readonly #link: SwitchLink;

  private constructor(login: EventSocketLogin) {
    this.#link = new SwitchLink(
      { switchId: 'tap', ...login, subscription: MINIMAL_SUBSCRIPTION, backoff: OFTEN },
      {
        onEvent: (event) => this.#heard(event),
        onUp: () => Promise.resolve(),
        onDown: nothing,
        onAnomaly: nothing,
      },
    );
  }

  static async open(login: EventSocketLogin, signal?: AbortSignal): Promise<SwitchTap> {
    const tap = new SwitchTap(login);
    tap.#link.start();
    await until('the harness listens to the switch', () => tap.#link.state === 'up', {
      withinMs: READY_WITHIN_MS,
      signal,
    });
    return tap;
  }

  get isUp(): boolean {
    return this.#link.state === 'up';
  }

  /** How many events there are so far, for `since`. */
  get count(): number {
    return this.#events.length;
  }

  /** The events from a position on, in order of their time on the switch. */
  since(position: number): TappedEvent[] {
    return this.#events.slice(position).sort((a, b) => a.at - b.at);
  }

  close(): Promise<void> {
    return this.#link.stop();
  }

  #heard(event: EslEvent): void {
    if (event.name === 'HEARTBEAT' || event.name === 'BACKGROUND_JOB') return;
    this.#events.push(tapped(event));
  }
}

function tapped(event: EslEvent): TappedEvent {
  const get = (header: string): string | undefined => event.get(header) || undefined;
  const direction = get('Call-Direction');
  const [a, b] = [get('Bridge-A-Unique-ID'), get('Bridge-B-Unique-ID')];
  return {
    at: Number(get('Event-Date-Timestamp') ?? 0) / 1000,
    name: event.subclass === undefined ? event.name : `${event.name} ${event.subclass}`,
    channelUuid: get('Unique-ID'),
    sipCallId: get('variable_sip_call_id'),
    presenceId: get('Channel-Presence-ID'),
    callerNumber: get('Caller-Orig-Caller-ID-Number') ?? get('Caller-Caller-ID-Number'),
    dialled: get('Caller-Destination-Number'),
    hangupCause: get('Hangup-Cause'),
    detail: detailOf(event),
    ...(direction === 'inbound' || direction === 'outbound' ? { direction } : {}),
    ...(a !== undefined && b !== undefined && { bridge: { a, b } }),
  };
}

function detailOf(event: EslEvent): string | undefined {
  const parts = [
    'Action',
    'CC-Action',
    'FIFO-Action',
    'Conference-Name',
    'Valet-Extension',
    'Record-File-Path',
  ];
  const told = parts.map((header) => event.get(header)).filter((text) => text !== undefined);
  return told.length > 0 ? told.join(' ') : undefined;
}
