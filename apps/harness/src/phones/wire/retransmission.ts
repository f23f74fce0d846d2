import { now } from '../journal/now';
import { transactionOf, type MessageHead } from './message-head';

/** Timers of RFC 3261, section 17 and table 4, ms. */
export interface RetransmissionTimers {
  /** The round trip time that is assumed; every wait doubles from here. */
  readonly t1: number;
  /** The longest wait between two repeats. */
  readonly t2: number;
}

export const RFC_TIMERS: RetransmissionTimers = { t1: 500, t2: 4_000 };
/** Nothing is repeated for longer, and nothing remembered: 64 times T1 of the standard (timers B, F, H, J, L). */
const GIVE_UP_MS = 64 * RFC_TIMERS.t1;

/** Puts a message on the network once more. */
type Again = () => void;

interface Repeating {
  stop(): void;
}

interface Answered {
  readonly at: number;
  /** Sends our last response again; missing while there is none. */
  again?: Again;
}

/**
 * What UDP needs and SIP.js leaves out: repeats what may have been lost, and answers the repeats of others.
 *
 * Sending: a request is repeated until a response comes (timers A and E), a refusal of an INVITE until its ACK (timer G);
 * an accepting response to an INVITE is repeated by SIP.js itself. Receiving: a request seen before gets the same response
 * again and goes no further (timers H, J), a refusal seen before gets its ACK again (timer D). SIP.js therefore sees every
 * message once, as over TCP.
 */
export class Retransmission {
  readonly #repeating = new Map<string, Repeating>();
  /** Requests received, by transaction. */
  readonly #received = new Map<string, Answered>();
  /** Final responses received, by transaction: the ACK to be repeated. */
  readonly #finished = new Map<string, Answered>();

  constructor(private readonly timers: RetransmissionTimers = RFC_TIMERS) {}

  /** To be called with each message that SIP.js sends. @param again sends the same message to the same place */
  sent(head: MessageHead, again: Again): void {
    const key = transactionOf(head);
    if (head.kind === 'response') this.#sentResponse(head, key, again);
    else if (head.method === 'ACK') this.#remember(this.#finished, key, again);
    else this.#repeat(key, again, { isInvite: head.method === 'INVITE' });
  }

  /** To be called with each message that arrives. @returns whether SIP.js should see it */
  received(head: MessageHead): boolean {
    const key = transactionOf(head);
    if (head.kind === 'response') return this.#receivedResponse(head, key);
    if (head.method === 'ACK') {
      this.#stop(key);
      return true;
    }
    const earlier = this.#received.get(key);
    if (earlier) {
      earlier.again?.();
      return false;
    }
    this.#remember(this.#received, key);
    return true;
  }

  /** Repeats nothing any more. */
  close(): void {
    for (const repeating of this.#repeating.values()) repeating.stop();
    this.#repeating.clear();
  }

  #sentResponse({ method, statusCode }: MessageHead, key: string, again: Again): void {
    const earlier = this.#received.get(key);
    if (earlier) earlier.again = again;
    if (method === 'INVITE' && statusCode >= 300) this.#repeat(key, again, { isInvite: false });
  }

  #receivedResponse({ method, statusCode }: MessageHead, key: string): boolean {
    if (statusCode >= 200 || method === 'INVITE') this.#stop(key);
    if (statusCode < 200 || (method === 'INVITE' && statusCode < 300)) return true;
    const earlier = this.#finished.get(key);
    if (earlier) {
      earlier.again?.();
      return false;
    }
    this.#remember(this.#finished, key);
    return true;
  }

  /** Waits T1, then twice as long each time; all but an INVITE's waits end at T2. */
  #repeat(key: string, again: Again, { isInvite }: { readonly isInvite: boolean }): void {
    this.#stop(key);
    const startedAt = now();
    const longestMs = isInvite ? Number.POSITIVE_INFINITY : this.timers.t2;
    let waitMs = this.timers.t1;
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      timer = setTimeout(() => {
        if (now() - startedAt > GIVE_UP_MS) {
          this.#stop(key);
          return;
        }
        again();
        waitMs = Math.min(2 * waitMs, longestMs);
        wait();
      }, waitMs);
      timer.unref();
    };
    wait();
    this.#repeating.set(key, { stop: () => clearTimeout(timer) });
  }

  #stop(key: string): void {
    this.#repeating.get(key)?.stop();
    this.#repeating.delete(key);
  }

  /** Also forgets what is too old to be repeated by anybody: a map keeps its entries in the order of their coming. */
  #remember(memory: Map<string, Answered>, key: string, again?: Again): void {
    const known = memory.get(key);
    if (known) {
      known.again ??= again;
      return;
    }
    const at = now();
    for (const [old, entry] of memory) {
      if (at - entry.at < 2 * GIVE_UP_MS) break;
      memory.delete(old);
    }
    memory.set(key, { at, again });
  }
}
