import type { SipHeader, SipRequest, SipResponse } from '../message';
import type { ServerTransaction } from '../transaction';
import type { TransactionLayer } from '../transaction';
import type { Flow, SipProtocol } from '../transport';

/** Who gets the requests of a dialog. */
export interface DialogUser {
  receive(transaction: ServerTransaction): void;
  acknowledged(ack: SipRequest): void;
}

/** What a session needs from the stack it lives in. */
export interface SessionHome {
  readonly transactions: TransactionLayer;
  /** "host:port" for Via. */
  readonly via: string;
  /** Contact of the switch towards that peer. */
  contact(flow: Flow): SipHeader;
  flowToAddress(protocol: SipProtocol, host: string, port: number): Flow | undefined;
  /** The dialog of a session has come to be, or is over. */
  keep(key: string, session: DialogUser): void;
  forget(key: string): void;
}

/** What happens to an established or incoming session. */
export interface SessionEvents {
  /** The other side hung up; it has been answered. */
  bye(request: SipRequest): void;
  /** The caller gave up before an answer; the INVITE has been answered with 487. */
  cancelled(request: SipRequest | undefined): void;
  /** re-INVITE or UPDATE: has to be answered. */
  reinvited(transaction: ServerTransaction): void;
  /** REFER: has to be answered. */
  referred(transaction: ServerTransaction): void;
  /** INFO, MESSAGE, NOTIFY ... inside the dialog: has to be answered. */
  other(transaction: ServerTransaction): void;
  /** ACK of our 2xx; its body answers an offer of ours. */
  acknowledged(ack: SipRequest): void;
  /** Our 2xx was never acknowledged. */
  lost(): void;
}

/** What happens to a call that the switch makes. */
export interface InviteEvents {
  /** 1xx but 100. */
  progressed(response: SipResponse): void;
  accepted(response: SipResponse): void;
  /** 3xx to 6xx; 408 is also ours when nothing ever came back. */
  refused(response: SipResponse): void;
}
