import { type SipHeader, type SipRequest } from '../message';
import type { AnswerParts, ServerTransaction } from '../transaction';
import { Dialog } from './dialog';
import { InviteSession } from './invite-session';
import type { SessionEvents, SessionHome } from './session-ports';

/** A call that came in, from its INVITE on. */
export class IncomingInvite extends InviteSession {
  #isAnswered = false;

  constructor(
    home: SessionHome,
    private readonly transaction: ServerTransaction,
    events: SessionEvents,
  ) {
    super(home, transaction.flow, events);
    transaction.notAcknowledged = () => events.lost();
  }

  get invite(): SipRequest {
    return this.transaction.request;
  }

  /** The tag that the switch puts into To. */
  get localTag(): string {
    return this.transaction.localTag;
  }

  /** 100, 180 or 183. */
  progress(status: number, sdp = '', headers: readonly SipHeader[] = []): void {
    this.#respond(status, sdp, headers);
  }

  /** 200: the dialog stands from now on. */
  accept(sdp: string, headers: readonly SipHeader[] = []): void {
    if (this.transaction.isAnswered) return;
    this.#isAnswered = true;
    this.establish(Dialog.ofCallee(this.invite, this.localTag));
    this.#respond(200, sdp, headers);
  }

  /** 3xx to 6xx. */
  refuse(status: number, parts: AnswerParts = {}): void {
    this.transaction.respond(status, parts);
    this.end();
  }

  /** A CANCEL came: the INVITE ends with 487, unless it was answered before. */
  cancel(cancel: SipRequest): void {
    if (this.#isAnswered || this.transaction.isAnswered) return;
    this.transaction.respond(487);
    this.end();
    this.events.cancelled(cancel);
  }

  override acknowledged(ack: SipRequest): void {
    this.transaction.acknowledged();
    super.acknowledged(ack);
  }

  #respond(status: number, sdp: string, headers: readonly SipHeader[]): void {
    if (status === 100) {
      this.transaction.respond(100);
      return;
    }
    const routes = this.invite.headers.filter(({ name }) => name === 'Record-Route');
    const type = sdp === '' ? [] : [{ name: 'Content-Type', value: 'application/sdp' }];
    this.transaction.respond(status, {
      headers: [...routes, this.home.contact(this.flow), ...headers, ...type],
      body: sdp,
    });
  }
}
