import { parseUri, type SipHeader, type SipRequest, type SipResponse } from '../message';
import type { ServerTransaction } from '../transaction';
import type { Flow } from '../transport';
import type { Dialog } from './dialog';
import type { DialogUser, SessionEvents, SessionHome } from './session-ports';

const DEFAULT_PORT = 5060;

/** A call between the switch and one phone or carrier, once its dialog exists. */
export class InviteSession implements DialogUser {
  #dialog: Dialog | undefined;
  #flow: Flow;
  #isOver = false;

  constructor(
    protected readonly home: SessionHome,
    flow: Flow,
    protected readonly events: SessionEvents,
  ) {
    this.#flow = flow;
  }

  get dialog(): Dialog | undefined {
    return this.#dialog;
  }

  /** The way to the other side. */
  get flow(): Flow {
    return this.#flow;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Hangs up. Harmless when it is over already. */
  bye(headers: readonly SipHeader[] = []): void {
    if (this.#isOver || !this.#dialog) return;
    void this.request('BYE', headers);
    this.end();
  }

  /** Offers other media; resolves with the final answer, undefined when there was none. */
  async reinvite(sdp: string, headers: readonly SipHeader[] = []): Promise<SipResponse | undefined> {
    const sent = this.#dialog?.request('INVITE', this.#withContact(headers, sdp), sdp);
    if (!sent) return undefined;
    const answer = await this.#send(sent);
    if (answer && answer.status < 300 && this.#dialog) {
      this.#dialog.refreshTarget(answer);
      this.home.transactions.sendAck(this.#dialog.ack(sent), this.#flow, this.home.via);
    }
    return answer;
  }

  /** Sends a request inside the dialog; resolves with its final answer, undefined when there was none. */
  async request(
    method: string,
    headers: readonly SipHeader[] = [],
    body = '',
  ): Promise<SipResponse | undefined> {
    const sent = this.#dialog?.request(method, headers, body);
    return sent && this.#send(sent);
  }

  /** Takes a request that belongs to this dialog. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (!this.#dialog?.accepts(request)) {
      transaction.respond(500, { headers: [{ name: 'Retry-After', value: '1' }] });
      return;
    }
    switch (request.method) {
      case 'BYE':
        transaction.respond(200);
        this.end();
        this.events.bye(request);
        break;
      case 'INVITE':
      case 'UPDATE':
        this.#dialog.refreshTarget(request);
        this.events.reinvited(transaction);
        break;
      case 'REFER':
        this.events.referred(transaction);
        break;
      default:
        this.events.other(transaction);
    }
  }

  /** Takes an ACK of a 2xx. */
  acknowledged(ack: SipRequest): void {
    this.events.acknowledged(ack);
  }

  /** The dialog is no more. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#dialog) this.home.forget(this.#dialog.key);
  }

  /** The dialog has come to be. On UDP its requests go where the other side says that it is. */
  protected establish(dialog: Dialog): void {
    this.#dialog = dialog;
    this.home.keep(dialog.key, this);
    if (this.#flow.isReliable) return;
    const hop = parseUri(dialog.nextHop);
    const direct = hop && this.home.flowToAddress('UDP', hop.host, hop.port ?? DEFAULT_PORT);
    this.#flow = direct ?? this.#flow;
  }

  #withContact(headers: readonly SipHeader[], sdp: string): SipHeader[] {
    const type = sdp === '' ? [] : [{ name: 'Content-Type', value: 'application/sdp' }];
    return [this.home.contact(this.#flow), ...headers, ...type];
  }

  #send(request: SipRequest): Promise<SipResponse | undefined> {
    return new Promise((resolve) => {
      this.home.transactions.send(request, this.#flow, this.home.via, {
        answered: (response) => {
          if (response.status >= 200) resolve(response);
        },
        gaveUp: () => resolve(undefined),
      });
    });
  }
}
