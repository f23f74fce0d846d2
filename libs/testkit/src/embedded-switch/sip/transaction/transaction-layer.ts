import { randomBytes } from 'node:crypto';
import {
  headerOf,
  listOf,
  parseSip,
  parseVia,
  receivedVia,
  serializeSip,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../message';
import type { Flow } from '../transport';
import { ClientTransaction, type ClientEvents } from './client-transaction';
import { ServerTransaction } from './server-transaction';
import type { SipTimers } from './timers';
import { fault } from './well-formed';

/** Who is above the transactions. */
export interface TransactionUser {
  /** A new request; never an ACK, never a repetition. */
  requested(transaction: ServerTransaction): void;
  /** An ACK of a 2xx: it is no transaction of its own. */
  acknowledged(ack: SipRequest): void;
}

const COOKIE = 'z9hG4bK';

/** Matches answers with requests and repetitions with what they repeat (RFC 3261 section 17). */
export class TransactionLayer {
  readonly #clients = new Map<string, ClientTransaction>();
  readonly #servers = new Map<string, ServerTransaction>();

  constructor(
    private readonly timers: SipTimers,
    private readonly user: TransactionUser,
  ) {}

  /** Takes bytes from the network. What is no SIP, or lacks what every message has, is dropped or refused. */
  received(bytes: Buffer, flow: Flow): void {
    const message = parseSip(bytes);
    if (message?.kind === 'response') this.#response(message);
    else if (message) this.#request(message, flow);
  }

  /** Sends a request; a Via with a branch of its own is put on top. `via` is "host:port" of the sender. */
  send(request: SipRequest, flow: Flow, via: string, events: ClientEvents): ClientTransaction {
    return this.sendAs(request, flow, via, `${COOKIE}${randomBytes(8).toString('hex')}`, events);
  }

  /** Like `send`, with the branch of another request: a CANCEL has that of its INVITE. */
  sendAs(
    request: SipRequest,
    flow: Flow,
    via: string,
    branch: string,
    events: ClientEvents,
  ): ClientTransaction {
    const top = { name: 'Via', value: `SIP/2.0/${flow.protocol} ${via};rport;branch=${branch}` };
    const key = `${branch} ${request.method}`;
    const sent = { ...request, headers: [top, ...request.headers] };
    const transaction = new ClientTransaction(sent, flow, this.timers, events, () =>
      this.#clients.delete(key),
    );
    this.#clients.set(key, transaction);
    transaction.start();
    return transaction;
  }

  /** Sends an ACK of a 2xx: no transaction, no answer. */
  sendAck(request: SipRequest, flow: Flow, via: string): void {
    const branch = `${COOKIE}${randomBytes(8).toString('hex')}`;
    const top = { name: 'Via', value: `SIP/2.0/${flow.protocol} ${via};rport;branch=${branch}` };
    flow.send(serializeSip({ ...request, headers: [top, ...request.headers] }));
  }

  /** The transaction of the INVITE that a CANCEL is for. */
  cancelled(cancel: SipRequest): ServerTransaction | undefined {
    return this.#servers.get(serverKey(cancel, 'INVITE'));
  }

  /** Forgets everything at once, as a killed process does. */
  abandon(): void {
    [...this.#clients.values()].forEach((transaction) => transaction.abandon());
    [...this.#servers.values()].forEach((transaction) => transaction.abandon());
  }

  #response(response: SipResponse): void {
    const branch = parseVia(listOf(response, 'Via')[0] ?? '')?.params.get('branch') ?? '';
    const method = headerOf(response, 'CSeq')?.split(/\s+/)[1] ?? '';
    this.#clients.get(`${branch} ${method}`)?.receive(response);
  }

  #request(received: SipRequest, flow: Flow): void {
    const request = withReceived(received, flow);
    const wrong = fault(request);
    if (wrong === 'unanswerable') return;
    const key = serverKey(request, request.method === 'ACK' ? 'INVITE' : request.method);
    const known = this.#servers.get(key);
    if (request.method === 'ACK') this.#ack(request, known);
    else if (known) known.repeated();
    else this.#begin(key, request, flow, wrong);
  }

  #begin(key: string, request: SipRequest, flow: Flow, wrong: string | undefined): void {
    const tag = randomBytes(6).toString('hex');
    const transaction = new ServerTransaction(request, flow, tag, this.timers, () =>
      this.#servers.delete(key),
    );
    this.#servers.set(key, transaction);
    if (wrong === undefined) this.user.requested(transaction);
    else transaction.respond(400, { reason: wrong });
  }

  /** The ACK of a refusal has the branch of the INVITE; that of a 2xx has one of its own. */
  #ack(ack: SipRequest, invite: ServerTransaction | undefined): void {
    if (invite) invite.acknowledged();
    else this.user.acknowledged(ack);
  }
}

/** Branch, sender and method (RFC 3261 section 17.2.3); old senders without the cookie are told by From and Call-ID. */
function serverKey(request: SipRequest, method: string): string {
  const via = parseVia(listOf(request, 'Via')[0] ?? '');
  const branch = via?.params.get('branch') ?? '';
  const sender = `${via?.host ?? ''}:${via?.port ?? ''}`;
  if (branch.startsWith(COOKIE)) return `${branch} ${sender} ${method}`;
  const cseq = Number.parseInt(headerOf(request, 'CSeq') ?? '', 10);
  return [headerOf(request, 'Call-ID'), headerOf(request, 'From'), cseq, sender, method].join(' ');
}

function withReceived<T extends SipMessage>(message: T, flow: Flow): T {
  const first = message.headers.findIndex(({ name }) => name === 'Via');
  const headers = message.headers.map((header, index) =>
    index === first ? { name: 'Via', value: receivedVia(header.value, flow.remote) } : header,
  );
  return { ...message, headers };
}
