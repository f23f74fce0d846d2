import type { Session } from 'sip.js';
import type { Within } from '../call/observed-call';
import type { PhoneCall } from '../call/phone-call';
import type { PhoneEvent } from '../call/phone-event';
import type { Journal } from '../journal/journal';

/** Which call is waited for: any, unless said. */
export interface CalledFilter extends Within {
  /** The caller's number, as it is shown. */
  readonly from?: string;
  /** The number that was called. */
  readonly number?: string;
}

/** The calls of one phone or trunk. */
export class CallBook {
  readonly #bySession = new Map<Session, PhoneCall>();
  readonly #byCallId = new Map<string, PhoneCall>();
  /** Incoming calls that nobody has waited for yet. */
  #unseen: PhoneCall[] = [];
  #counter = 0;

  constructor(private readonly name: string) {}

  get all(): readonly PhoneCall[] {
    return [...this.#bySession.values()];
  }

  get open(): readonly PhoneCall[] {
    return this.all.filter(({ end }) => !end);
  }

  /** The name of the next call: "1001#2". */
  nextRef(): string {
    this.#counter += 1;
    return `${this.name}#${this.#counter}`;
  }

  add(session: Session, call: PhoneCall): void {
    this.#bySession.set(session, call);
    this.#byCallId.set(call.callId, call);
    if (call.direction === 'incoming') this.#unseen.push(call);
  }

  of(session: Session): PhoneCall | undefined {
    return this.#bySession.get(session);
  }

  byCallId(callId: string): PhoneCall | undefined {
    return this.#byCallId.get(callId);
  }

  /**
   * The next incoming call that was not waited for before; those that are over already do not count.
   *
   * @throws WaitError
   */
  async untilCalled(
    journal: Journal<PhoneEvent>,
    { from, number, ...within }: CalledFilter,
  ): Promise<PhoneCall> {
    const isIt = (call: PhoneCall): boolean =>
      (from === undefined || call.far.number === from) &&
      (number === undefined || call.calledNumber === number);
    this.#unseen = this.#unseen.filter(({ end }) => !end);
    const whom = [from === undefined ? '' : ` by ${from}`, number === undefined ? '' : ` for ${number}`].join(
      '',
    );
    const call = await journal.until({
      what: `${this.name} is called${whom}`,
      look: () => this.#unseen.find(isIt),
      ...within,
    });
    this.#unseen = this.#unseen.filter((one) => one !== call);
    return call;
  }
}
