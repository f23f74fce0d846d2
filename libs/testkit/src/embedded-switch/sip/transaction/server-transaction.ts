import { headerOf, serializeSip, tagOf, type SipHeader, type SipRequest, type SipResponse } from '../message';
import { reasonPhrase } from '../message';
import type { Flow } from '../transport';
import { after, Repetition, type SipTimers } from './timers';

/** What goes into an answer beside what every answer has. */
export interface AnswerParts {
  readonly reason?: string;
  readonly headers?: readonly SipHeader[];
  readonly body?: string;
}

const COPIED = new Set(['Via', 'From', 'Call-ID', 'CSeq']);

/**
 * A request that came in, and the answers to it (RFC 3261 section 17.2). A repeated request gets the last answer again.
 * A final answer to an INVITE is repeated until it is acknowledged, a 2xx too, so that the layers above need not know.
 */
export class ServerTransaction {
  readonly #isInvite: boolean;
  #last: SipResponse | undefined;
  #repetition: Repetition | undefined;
  #callOffGivingUp: () => void = () => undefined;
  #isOver = false;
  /** Nobody acknowledged the 2xx in time. */
  notAcknowledged: () => void = () => undefined;
  readonly #watchers: (() => void)[] = [];

  constructor(
    readonly request: SipRequest,
    readonly flow: Flow,
    /** The tag that answers add to To. */
    readonly localTag: string,
    private readonly timers: SipTimers,
    private readonly ended: () => void,
  ) {
    this.#isInvite = request.method === 'INVITE';
  }

  /** Whether a final answer was given. */
  get isAnswered(): boolean {
    return this.#last !== undefined && this.#last.status >= 200;
  }

  /** Sends an answer; nothing happens after a final one. */
  respond(
    status: number,
    { reason = reasonPhrase(status), headers = [], body = '' }: AnswerParts = {},
  ): void {
    if (this.isAnswered) return;
    const common = this.request.headers.filter(({ name }) => COPIED.has(name));
    const answer: SipHeader[] = [...common, { name: 'To', value: this.#to(status) }, ...headers];
    this.#last = { kind: 'response', status, reason, headers: answer, body };
    this.#send();
    if (status >= 200) this.#finish(status);
  }

  /** The same request came again. */
  repeated(): void {
    if (this.#last) this.#send();
  }

  /** An ACK came: the final answer has arrived. */
  acknowledged(): void {
    this.#repetition?.stop();
    this.#callOffGivingUp();
    if (this.#isInvite) after(this.flow.isReliable ? 0 : this.timers.t4, () => this.#end());
  }

  /** Calls back when the transaction is forgotten. */
  onEnd(ended: () => void): void {
    this.#watchers.push(ended);
  }

  /** Stops all timers. */
  abandon(): void {
    this.#repetition?.stop();
    this.#callOffGivingUp();
    this.#end();
  }

  #finish(status: number): void {
    const { t1, t2 } = this.timers;
    if (!this.#isInvite) {
      // timer J
      after(this.flow.isReliable ? 0 : 64 * t1, () => this.#end());
      return;
    }
    // timer G: refusals on UDP; a 2xx on every transport, the ACK is end to end (section 13.3.1.4)
    if (status < 300 || !this.flow.isReliable) this.#repetition = new Repetition(() => this.#send(), t1, t2);
    // timer H
    this.#callOffGivingUp = after(64 * t1, () => {
      this.#repetition?.stop();
      if (status < 300) this.notAcknowledged();
      this.#end();
    });
  }

  #send(): void {
    if (this.#last) this.flow.send(serializeSip(this.#last));
  }

  #to(status: number): string {
    const to = headerOf(this.request, 'To') ?? '';
    return status === 100 || tagOf(to) !== '' ? to : `${to};tag=${this.localTag}`;
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.ended();
    this.#watchers.forEach((ended) => ended());
  }
}
