import { headerOf, serializeSip, type SipRequest, type SipResponse } from '../message';
import type { Flow } from '../transport';
import { after, Repetition, type SipTimers } from './timers';

/** What the sender of a request learns. */
export interface ClientEvents {
  /** Provisional answers, and the final one; further 2xx of a forked INVITE come here too. */
  answered(response: SipResponse): void;
  /** No final answer in time, or the connection has ended. */
  gaveUp(): void;
}

/**
 * A request on its way (RFC 3261 section 17.1). It is repeated on UDP until something comes back, and an INVITE that was
 * refused is acknowledged here. A 2xx is acknowledged by who sent the INVITE.
 */
export class ClientTransaction {
  readonly #isInvite: boolean;
  #repetition: Repetition | undefined;
  #isDone = false;
  #isOver = false;
  #callOffGivingUp: () => void = () => undefined;
  #forgetFlow: () => void = () => undefined;

  constructor(
    readonly request: SipRequest,
    readonly flow: Flow,
    private readonly timers: SipTimers,
    private readonly events: ClientEvents,
    private readonly ended: () => void,
  ) {
    this.#isInvite = request.method === 'INVITE';
  }

  /** Sends the request. */
  start(): void {
    const { t1, t2 } = this.timers;
    // timers A and E, B and F
    if (!this.flow.isReliable) {
      this.#repetition = new Repetition(() => this.#send(), t1, this.#isInvite ? Infinity : t2);
    }
    this.#callOffGivingUp = after(64 * t1, () => this.#giveUp());
    this.#forgetFlow = this.flow.onClose(() => this.#giveUp());
    this.#send();
  }

  /** Takes an answer that belongs to this request. */
  receive(response: SipResponse): void {
    this.#repetition?.stop();
    if (response.status < 200) this.#provisional(response);
    else if (this.#isInvite) this.#finalOfInvite(response);
    else this.#final(response);
  }

  #send(): void {
    this.flow.send(serializeSip(this.request));
  }

  #provisional(response: SipResponse): void {
    if (this.#isDone) return;
    // an INVITE may ring for as long as it likes; the switch has its own time limits
    if (this.#isInvite) this.#callOffGivingUp();
    this.events.answered(response);
  }

  #finalOfInvite(response: SipResponse): void {
    if (response.status >= 300) this.flow.send(serializeSip(acknowledge(this.request, response)));
    else this.events.answered(response);
    if (this.#isDone) return;
    this.#isDone = true;
    this.#callOffGivingUp();
    if (response.status >= 300) this.events.answered(response);
    // timer D, and "accepted" of RFC 6026: repeated answers still find somebody
    after(64 * this.timers.t1, () => this.#end());
  }

  #final(response: SipResponse): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#callOffGivingUp();
    this.events.answered(response);
    if (this.flow.isReliable) this.#end();
    else after(this.timers.t4, () => this.#end());
  }

  #giveUp(): void {
    this.#repetition?.stop();
    if (this.#isDone) return;
    this.#isDone = true;
    this.#callOffGivingUp();
    this.events.gaveUp();
    this.#end();
  }

  /** Stops all timers without telling anybody. */
  abandon(): void {
    this.#isDone = true;
    this.#repetition?.stop();
    this.#callOffGivingUp();
    this.#end();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#forgetFlow();
    this.ended();
  }
}

/** The ACK of a refusal: same branch, same route, the To of the answer (RFC 3261 section 17.1.1.3). */
function acknowledge(invite: SipRequest, refusal: SipResponse): SipRequest {
  const cseq = `${Number.parseInt(headerOf(invite, 'CSeq') ?? '0', 10)} ACK`;
  const kept = invite.headers.filter(({ name }) =>
    ['Via', 'Route', 'From', 'Call-ID', 'Max-Forwards'].includes(name),
  );
  const via = kept.filter(({ name }) => name === 'Via').slice(0, 1);
  return {
    kind: 'request',
    method: 'ACK',
    uri: invite.uri,
    headers: [
      ...via,
      ...kept.filter(({ name }) => name !== 'Via'),
      { name: 'To', value: headerOf(refusal, 'To') ?? '' },
      { name: 'CSeq', value: cseq },
    ],
    body: '',
  };
}
