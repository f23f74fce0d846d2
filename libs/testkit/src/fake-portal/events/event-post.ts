import type { Clock } from '../clock';
import { FaultQueue } from '../faults/fault-queue';
import { encodePhpForm } from '../http/php-form';
import type { EventFault, EventFaultEffect } from './event-faults';

/** An event on its way to one handler. */
export interface Letter {
  readonly event: string;
  readonly handler: string;
  readonly appId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** `event_handler_id`; the installation path of an application has none. */
  readonly bindingId: string | undefined;
  readonly auth: Readonly<Record<string, unknown>>;
}

/** What came of a letter. */
export interface Delivery {
  /** Epoch ms. */
  readonly at: number;
  readonly event: string;
  readonly handler: string;
  readonly appId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** `not-installed`: the installation is not finished, so nothing was sent. */
  readonly outcome: 'delivered' | 'refused' | 'unreachable' | 'lost' | 'not-installed';
  /** What the handler answered. */
  readonly status?: number;
}

/** No time-out is published; a handler that takes longer has lost the event here. */
const HANDLER_TIMEOUT_MS = 30_000;
const TOKENS = ['access_token', 'refresh_token', 'expires', 'expires_in', 'user_id'];

/**
 * The event queue: form-encoded POSTs, each sent once, never again whatever the answer. Events to one handler wait for
 * each other, so a slow handler gets its next ones later; different handlers do not wait. `delayMs` is the way of
 * every event, faults are for single ones.
 */
export class EventPost {
  /** Between the occasion and the POST, ms. */
  delayMs = 0;
  readonly deliveries: Delivery[] = [];
  readonly #faults = new FaultQueue<EventFault>(({ event }) => event);
  readonly #lines = new Map<string, Promise<void>>();
  readonly #onTheWay = new Set<Promise<void>>();
  #held: Letter[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  /** What will happen to events to come. */
  inject(...faults: readonly EventFault[]): void {
    this.#faults.inject(...faults);
  }

  send(letter: Letter): void {
    const fault = this.#faults.take(letter.event);
    if (fault?.kind === 'lose') this.#note(letter, 'lost');
    else if (fault?.kind === 'overtaken') this.#held.push(letter);
    else this.#start(letter, fault);
  }

  /** Notes that there is no sending yet. */
  drop(letter: Letter): void {
    this.#note(letter, 'not-installed');
  }

  /** Sends what waits to be overtaken. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    for (const letter of held) this.#start(letter, undefined);
  }

  /** Forgets what was delivered, what waits to be overtaken, and the faults and the delay of events to come. */
  clear(): void {
    this.delayMs = 0;
    this.deliveries.length = 0;
    this.#held = [];
    this.#faults.clear();
  }

  /** Resolves when nothing is on its way any more; what waits to be overtaken does not count. */
  async settled(): Promise<void> {
    while (this.#onTheWay.size > 0) await Promise.all(this.#onTheWay);
  }

  #start(letter: Letter, fault: EventFaultEffect | undefined): void {
    const way = this.#carry(letter, fault).finally(() => this.#onTheWay.delete(way));
    this.#onTheWay.add(way);
  }

  async #carry(letter: Letter, fault: EventFaultEffect | undefined): Promise<void> {
    const waitMs = this.delayMs + (fault?.kind === 'delay' ? fault.ms : 0);
    if (waitMs > 0) await this.clock.sleep(waitMs);
    const sent = fault?.kind === 'without-tokens' ? withoutTokens(letter) : letter;
    const before = this.#lines.get(letter.handler) ?? Promise.resolve();
    const turn = before.then(async () => {
      await this.#post(sent);
      if (fault?.kind === 'duplicate') await this.#post(sent);
    });
    this.#lines.set(letter.handler, turn);
    await turn;
    this.#sendOvertaken(letter.handler);
  }

  #sendOvertaken(handler: string): void {
    const overtaken = this.#held.filter((held) => held.handler === handler);
    this.#held = this.#held.filter((held) => held.handler !== handler);
    for (const letter of overtaken) this.#start(letter, undefined);
  }

  async #post(letter: Letter): Promise<void> {
    const body = encodePhpForm({
      event: letter.event,
      event_handler_id: letter.bindingId,
      data: letter.data,
      ts: Math.floor(this.clock.now() / 1000),
      auth: letter.auth,
    });
    try {
      const answer = await this.fetch(letter.handler, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(HANDLER_TIMEOUT_MS),
      });
      await answer.arrayBuffer();
      this.#note(letter, answer.ok ? 'delivered' : 'refused', answer.status);
    } catch {
      this.#note(letter, 'unreachable');
    }
  }

  #note({ event, handler, appId, data }: Letter, outcome: Delivery['outcome'], status?: number): void {
    this.deliveries.push({ at: this.clock.now(), event, handler, appId, data, outcome, status });
  }
}

function withoutTokens(letter: Letter): Letter {
  return {
    ...letter,
    auth: Object.fromEntries(Object.entries(letter.auth).filter(([key]) => !TOKENS.includes(key))),
  };
}
