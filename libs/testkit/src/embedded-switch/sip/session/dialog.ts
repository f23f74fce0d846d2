import { randomBytes } from 'node:crypto';
import {
  headerOf,
  listOf,
  parseNameAddr,
  parseUri,
  tagOf,
  type SipHeader,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../message';

/** What tells a dialog from all others: RFC 3261 section 12. */
export interface DialogId {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
}

interface DialogParts extends DialogId {
  /** From and To as they go into requests of the switch, tags included once known. */
  readonly local: string;
  readonly remote: string;
  readonly remoteTarget: string;
  readonly routeSet: readonly string[];
  readonly localSequence: number;
  readonly remoteSequence: number;
}

/** The peer relation of two SIP user agents: makes requests inside it, and knows which ones belong to it. */
export class Dialog implements DialogId {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly #parts: DialogParts;
  #localSequence: number;
  #remoteSequence: number;
  #remoteTarget: string;

  private constructor(parts: DialogParts) {
    ({ callId: this.callId, localTag: this.localTag, remoteTag: this.remoteTag } = parts);
    this.#parts = parts;
    this.#localSequence = parts.localSequence;
    this.#remoteSequence = parts.remoteSequence;
    this.#remoteTarget = parts.remoteTarget;
  }

  /** The side that sent the INVITE. */
  static ofCaller(invite: SipRequest, response: SipResponse): Dialog {
    return new Dialog({
      callId: headerOf(invite, 'Call-ID') ?? '',
      localTag: tagOf(headerOf(invite, 'From') ?? ''),
      remoteTag: tagOf(headerOf(response, 'To') ?? ''),
      local: headerOf(invite, 'From') ?? '',
      remote: headerOf(response, 'To') ?? '',
      remoteTarget: contactOf(response) ?? invite.uri,
      routeSet: listOf(response, 'Record-Route').reverse(),
      localSequence: sequenceOf(invite),
      remoteSequence: -1,
    });
  }

  /** The side that got the INVITE. */
  static ofCallee(invite: SipRequest, localTag: string): Dialog {
    const to = headerOf(invite, 'To') ?? '';
    return new Dialog({
      callId: headerOf(invite, 'Call-ID') ?? '',
      localTag,
      remoteTag: tagOf(headerOf(invite, 'From') ?? ''),
      local: tagOf(to) === '' ? `${to};tag=${localTag}` : to,
      remote: headerOf(invite, 'From') ?? '',
      remoteTarget: contactOf(invite) ?? '',
      routeSet: listOf(invite, 'Record-Route'),
      localSequence: randomBytes(3).readUIntBE(0, 3),
      remoteSequence: sequenceOf(invite),
    });
  }

  get key(): string {
    return dialogKey(this);
  }

  /** Where requests go to; changes with every Contact of the other side. */
  get remoteTarget(): string {
    return this.#remoteTarget;
  }

  /** The first hop: a loose router in between, or the other side itself. */
  get nextHop(): string {
    const route = this.#parts.routeSet[0];
    return route === undefined ? this.#remoteTarget : (parseNameAddr(route)?.uriText ?? this.#remoteTarget);
  }

  /** A request of the next sequence number. */
  request(method: string, headers: readonly SipHeader[] = [], body = ''): SipRequest {
    this.#localSequence += 1;
    return this.#build(method, this.#localSequence, headers, body);
  }

  /** The ACK of a 2xx has the number of its INVITE. */
  ack(invite: SipRequest): SipRequest {
    return this.#build('ACK', sequenceOf(invite), [], '');
  }

  /** Whether a request comes in order; an older one is refused with 500 (section 12.2.2). */
  accepts(request: SipRequest): boolean {
    const sequence = sequenceOf(request);
    if (sequence <= this.#remoteSequence && request.method !== 'ACK') return false;
    if (request.method !== 'ACK') this.#remoteSequence = sequence;
    return true;
  }

  /** Takes over the Contact of a re-INVITE, an UPDATE or an answer to one. */
  refreshTarget(message: SipMessage): void {
    this.#remoteTarget = contactOf(message) ?? this.#remoteTarget;
  }

  #build(method: string, sequence: number, headers: readonly SipHeader[], body: string): SipRequest {
    const { local, remote, callId, routeSet } = this.#parts;
    return {
      kind: 'request',
      method,
      uri: this.#remoteTarget,
      headers: [
        { name: 'Max-Forwards', value: '70' },
        ...routeSet.map((value) => ({ name: 'Route', value })),
        { name: 'From', value: local },
        { name: 'To', value: remote },
        { name: 'Call-ID', value: callId },
        { name: 'CSeq', value: `${sequence} ${method}` },
        ...headers,
      ],
      body,
    };
  }
}

export function dialogKey({ callId, localTag, remoteTag }: DialogId): string {
  return `${callId} ${localTag} ${remoteTag}`;
}

/** The key of the dialog that a request says it belongs to, seen from the side that got it. */
export function keyOfRequest(request: SipRequest): string {
  return dialogKey({
    callId: headerOf(request, 'Call-ID') ?? '',
    localTag: tagOf(headerOf(request, 'To') ?? ''),
    remoteTag: tagOf(headerOf(request, 'From') ?? ''),
  });
}

export function sequenceOf(message: SipMessage): number {
  return Number.parseInt(headerOf(message, 'CSeq') ?? '0', 10);
}

function contactOf(message: SipMessage): string | undefined {
  const contact = listOf(message, 'Contact')[0];
  const parsed = contact === undefined ? undefined : parseNameAddr(contact);
  return parsed && parseUri(parsed.uriText) ? parsed.uriText : undefined;
}
