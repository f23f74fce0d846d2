import { Journal, type Wait } from '../journal/journal';
import { now } from '../journal/now';
import type { AudioReport } from '../media/rtp-session';
import { describeEnd, type CallEnd } from './call-end';
import { after, NEW_CALL, type CallState } from './call-state';
import { describeEvent, type CallFact, type PhoneEvent } from './phone-event';

/** Whom a call is with, as SIP says. */
export interface FarEnd {
  /** User part of the address: mostly the number. */
  readonly number: string;
  /** Display name; '' for none. */
  readonly name: string;
  readonly uri: string;
}

/** How long a wait lasts at most, ms; 5 s if not said. */
export interface Within {
  readonly withinMs?: number;
}

/**
 * What can be seen of a call and waited for. Each wait has a deadline, ends before it when the call can no longer come so
 * far, and then fails with what came instead.
 */
export abstract class ObservedCall {
  readonly #journal = new Journal<PhoneEvent>(describeEvent);
  #state: CallState = NEW_CALL;

  protected constructor(
    /** Names this call in events: "1001#2" is the second call of 1001. */
    readonly ref: string,
    private readonly phone: string,
    private readonly publish: (event: PhoneEvent) => void,
  ) {}

  abstract readonly direction: 'outgoing' | 'incoming';
  abstract readonly far: FarEnd;
  /** The number that was called: for an incoming call the DID or extension in its Request-URI. */
  abstract readonly calledNumber: string;
  abstract readonly callId: string;
  abstract header(name: string): string | undefined;
  abstract get audio(): AudioReport;
  /** Tones heard at this moment, Hz. */
  abstract get tonesNow(): readonly number[];

  get state(): CallState {
    return this.#state;
  }

  get events(): readonly PhoneEvent[] {
    return this.#journal.entries;
  }

  /** @returns how it ended; undefined while it lasts */
  get end(): CallEnd | undefined {
    return this.#state.end;
  }

  /** Calls back after each event. @returns what ends it */
  listen(listener: (event: PhoneEvent) => void): () => void {
    return this.#journal.listen(listener);
  }

  /** A provisional response above 100 has passed: the far end rings, or we do. @throws WaitError */
  async untilRinging(within: Within = {}): Promise<void> {
    await this.until('ringing', () => this.#state.status === 'ringing' || this.#state.wasAnswered, within);
  }

  /** @throws WaitError */
  async untilAnswered(within: Within = {}): Promise<void> {
    await this.until('answered', () => this.#state.wasAnswered, within);
  }

  /** @throws WaitError */
  async untilEnded(within: Within = {}): Promise<CallEnd> {
    return this.#wait({ what: `${this.ref} ends`, look: () => this.#state.end, ...within });
  }

  /** That tone is in the sound now. @throws WaitError */
  async untilHears(hz: number, within: Within = {}): Promise<void> {
    await this.until(`hears ${hz} Hz`, () => this.tonesNow.includes(hz), within);
  }

  /** None of the tones it knows is in the sound now. @throws WaitError */
  async untilHearsNothing(within: Within = {}): Promise<void> {
    await this.until('hears no tone', () => this.tonesNow.length === 0, within);
  }

  /** These digits have come, last, in this order. @throws WaitError */
  async untilDigits(digits: string, within: Within = {}): Promise<void> {
    await this.until(`got the digits ${digits}`, () => this.#state.digits.endsWith(digits), within);
  }

  /** Whether the far end has us on hold. @throws WaitError */
  async untilHeldByThem(isHeld = true, within: Within = {}): Promise<void> {
    await this.until(
      isHeld ? 'on hold by them' : 'off hold by them',
      () => this.#state.isHeldByThem === isHeld && this.#state.wasAnswered,
      within,
    );
  }

  /** Waits for anything else that events of this call bring about. @throws WaitError */
  async until(what: string, isSo: () => boolean, within: Within = {}): Promise<void> {
    await this.#wait({
      what: `${this.ref} ${what}`,
      look: () => isSo() || undefined,
      hopeless: () => this.end && `the call has ended: ${describeEnd(this.end)}`,
      ...within,
    });
  }

  /** For what carries the call: something has happened in it. After the end nothing does. */
  report(fact: CallFact, at = now()): void {
    if (this.#state.status === 'ended') return;
    this.#state = after(this.#state, fact);
    const event: PhoneEvent = { at, phone: this.phone, call: this.ref, ...fact };
    this.publish(event);
    this.#journal.add(event);
  }

  async #wait<T>(wait: Wait<T>): Promise<T> {
    return this.#journal.until(wait);
  }
}
