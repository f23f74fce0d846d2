import { headerOf, tagOf, type SipHeader, type SipRequest } from './message';
import {
  IncomingInvite,
  keyOfRequest,
  OutgoingInvite,
  type Invitation,
  type DialogUser,
  type InviteEvents,
  type SessionEvents,
  type SessionHome,
} from './session';
import { RFC_TIMERS, TransactionLayer, type ServerTransaction, type SipTimers } from './transaction';
import { SipTransport, type Flow, type ListenOn, type SipProtocol } from './transport';

export interface SipStackOptions extends ListenOn {
  readonly timers?: SipTimers;
  /** User part of the Contact. */
  readonly contactUser: string;
}

/** What the switch does with requests that begin something. */
export interface SipApplication {
  /** A new call; `open` makes its session. */
  invited(transaction: ServerTransaction, open: (events: SessionEvents) => IncomingInvite): void;
  /** REGISTER, OPTIONS, SUBSCRIBE ... */
  requested(transaction: ServerTransaction): void;
}

export const ALLOWED_METHODS =
  'INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, INFO, UPDATE, REGISTER, REFER, NOTIFY';

/** SIP for one profile: transports, transactions and dialogs, with the application on top. */
export class SipStack implements SessionHome {
  readonly transactions: TransactionLayer;
  readonly #sessions = new Map<string, DialogUser>();
  /** Calls not yet answered, by their transaction: a CANCEL finds them. */
  readonly #offered = new Map<ServerTransaction, IncomingInvite>();
  #transport: SipTransport | undefined;
  #isFrozen = false;
  #held: [Buffer, Flow][] = [];

  private constructor(
    private readonly options: SipStackOptions,
    private readonly application: SipApplication,
  ) {
    this.transactions = new TransactionLayer(options.timers ?? RFC_TIMERS, {
      requested: (transaction) => this.#requested(transaction),
      acknowledged: (ack) => this.#sessions.get(keyOfRequest(ack))?.acknowledged(ack),
    });
  }

  /** @throws the system's error when a port is taken */
  static async listen(options: SipStackOptions, application: SipApplication): Promise<SipStack> {
    const stack = new SipStack(options, application);
    stack.#transport = await SipTransport.listen(options, {
      received: (bytes, flow) => stack.#received(bytes, flow),
    });
    return stack;
  }

  get host(): string {
    return this.options.host;
  }

  get port(): number {
    return this.#transport?.port ?? 0;
  }

  get wsPort(): number | undefined {
    return this.#transport?.wsPort;
  }

  get via(): string {
    return `${this.host}:${this.port}`;
  }

  contact(flow: Flow): SipHeader {
    return { name: 'Contact', value: `<${this.contactUri(flow.protocol)}>` };
  }

  contactUri(protocol: SipProtocol): string {
    const port = protocol === 'WS' ? this.wsPort : this.port;
    const transport = protocol === 'UDP' ? '' : `;transport=${protocol.toLowerCase()}`;
    return `sip:${this.options.contactUser}@${this.host}:${port}${transport}`;
  }

  flowToAddress(protocol: SipProtocol, host: string, port: number): Flow | undefined {
    return this.#transport?.flowToAddress(protocol, host, port);
  }

  /** The way to a host; undefined when its name cannot be resolved. */
  async flowTo(protocol: SipProtocol, host: string, port: number): Promise<Flow | undefined> {
    return this.#transport?.flowTo(protocol, host, port);
  }

  /** Makes a call; `start` of the result sends it. */
  invite(flow: Flow, invitation: Invitation, onInvite: InviteEvents, events: SessionEvents): OutgoingInvite {
    return new OutgoingInvite(this, flow, invitation, onInvite, events);
  }

  keep(key: string, session: DialogUser): void {
    this.#sessions.set(key, session);
  }

  forget(key: string): void {
    this.#sessions.delete(key);
  }

  /** The session of a dialog, as Replaces names it; `ours` is the tag of the switch. */
  find(callId: string, ours: string, theirs: string): DialogUser | undefined {
    return this.#sessions.get(`${callId} ${ours} ${theirs}`);
  }

  /** While frozen nothing is read; what came meanwhile is read afterwards. */
  set isFrozen(isFrozen: boolean) {
    this.#isFrozen = isFrozen;
    if (!isFrozen) this.#held.splice(0).forEach(([bytes, flow]) => this.transactions.received(bytes, flow));
  }

  /** Ends all connections and forgets all calls without a word. */
  async close(): Promise<void> {
    this.transactions.abandon();
    this.#sessions.clear();
    this.#offered.clear();
    this.#held = [];
    await this.#transport?.close();
  }

  #received(bytes: Buffer, flow: Flow): void {
    if (this.#isFrozen) this.#held.push([bytes, flow]);
    else this.transactions.received(bytes, flow);
  }

  #requested(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (request.method === 'CANCEL') this.#cancelled(transaction);
    else if (tagOf(headerOf(request, 'To') ?? '') !== '') this.#inDialog(transaction, request);
    else if (request.method === 'INVITE') this.#invited(transaction);
    else this.application.requested(transaction);
  }

  #inDialog(transaction: ServerTransaction, request: SipRequest): void {
    const session = this.#sessions.get(keyOfRequest(request));
    if (session) session.receive(transaction);
    else transaction.respond(481);
  }

  #cancelled(transaction: ServerTransaction): void {
    const cancelled = this.transactions.cancelled(transaction.request);
    transaction.respond(cancelled ? 200 : 481);
    if (cancelled) this.#offered.get(cancelled)?.cancel(transaction.request);
  }

  #invited(transaction: ServerTransaction): void {
    transaction.respond(100);
    this.application.invited(transaction, (events) => {
      const invite = new IncomingInvite(this, transaction, events);
      this.#offered.set(transaction, invite);
      transaction.onEnd(() => this.#offered.delete(transaction));
      return invite;
    });
  }
}
