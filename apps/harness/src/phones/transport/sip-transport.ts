import { EmitterImpl, TransportState, type Transport } from 'sip.js';
import type { SipLog, SipLogEntry } from '../sip-log/sip-log';
import { placeName, type Place } from '../wire/address';
import {
  placeOfRequest,
  placeOfResponse,
  readHead,
  withOrigin,
  type MessageHead,
} from '../wire/message-head';
import { Retransmission, type RetransmissionTimers } from '../wire/retransmission';
import { WireError, type Wire, type WireListener } from './wire';

export interface SipTransportOptions {
  /** For the log. */
  readonly owner: string;
  readonly log: SipLog;
  /** Opens the wire; called once. */
  readonly open: (listener: WireListener) => Promise<Wire>;
  /** Where requests go; without it each goes where its address says. */
  readonly server?: Place;
  readonly timers?: RetransmissionTimers;
  readonly onAnomaly: (detail: string) => void;
}

/**
 * Between SIP.js and the network: chooses where each message goes, logs it, and repeats what UDP may lose.
 *
 * States as SIP.js names them: Disconnected -> `connect` -> Connected -> (lost) Disconnected -> `connect` ...
 */
export class SipTransport implements Transport {
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  /** Called with each message before SIP.js sees it. */
  onHead: ((head: MessageHead) => void) | undefined;
  readonly stateChange = new EmitterImpl<TransportState>();
  readonly #retransmission: Retransmission;
  #wire: Wire | undefined;
  #state = TransportState.Disconnected;
  /** Messages that have arrived and wait for their turn. */
  readonly #inbox: (() => void)[] = [];
  #isTaking = false;

  constructor(
    _logger: unknown,
    private readonly options: SipTransportOptions,
  ) {
    this.#retransmission = new Retransmission(options.timers);
  }

  get protocol(): string {
    return this.wire.protocol;
  }

  get state(): TransportState {
    return this.#state;
  }

  /** @throws WireError before the first `connect` */
  get wire(): Wire {
    if (!this.#wire) throw new WireError('not connected yet');
    return this.#wire;
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  async connect(): Promise<void> {
    if (this.isConnected()) return;
    if (this.#wire) await this.#wire.reconnect();
    else this.#wire = await this.options.open(this.#listener());
    this.#enter(TransportState.Connected);
    this.onConnect?.();
  }

  async disconnect(): Promise<void> {
    this.#retransmission.close();
    if (this.isConnected()) this.#enter(TransportState.Disconnected);
    await this.#wire?.close();
    this.#wire = undefined;
  }

  async dispose(): Promise<void> {
    await this.disconnect();
  }

  async send(text: string): Promise<void> {
    const head = readHead(text);
    const to = head && this.#placeFor(head);
    if (!to) throw new WireError(`there is no way to send this: ${text.slice(0, 80)}`);
    const put = (isRepeat: boolean): Promise<void> => {
      this.#record('sent', { text, head, remote: to, isRepeat });
      return this.wire.send(text, to);
    };
    const again = (): void => {
      put(true).catch((error: unknown) => this.options.onAnomaly(String(error)));
    };
    if (!this.wire.isReliable) this.#retransmission.sent(head, again);
    await put(false);
  }

  #placeFor(head: MessageHead): Place | undefined {
    if (head.kind === 'response') return placeOfResponse(head);
    return this.options.server ?? placeOfRequest(head);
  }

  #listener(): WireListener {
    return {
      onMessage: (text, from) => this.#arrived(text, from),
      onLost: (error) => {
        this.#enter(TransportState.Disconnected);
        this.onDisconnect?.(error);
      },
      onAnomaly: this.options.onAnomaly,
    };
  }

  /**
   * One message in each turn of the event loop: SIP.js finishes with some only after a few promises, and refuses a request
   * with 500 that came in one packet with the ACK before it.
   */
  #arrived(text: string, from: Place): void {
    this.#inbox.push(() => this.#receive(text, from));
    if (!this.#isTaking) this.#takeNext();
  }

  #takeNext(): void {
    const next = this.#inbox.shift();
    this.#isTaking = next !== undefined;
    if (!next) return;
    setImmediate(() => this.#takeNext());
    next();
  }

  #receive(text: string, from: Place): void {
    if (!this.#wire) return;
    const head = readHead(text);
    const isRepeat = head !== undefined && !this.wire.isReliable && !this.#retransmission.received(head);
    this.#record('received', { text, head, remote: from, isRepeat });
    if (!head) this.options.onAnomaly(`no SIP from ${placeName(from)}: ${text.slice(0, 60)}`);
    else if (!isRepeat) this.#hand(text, head, from);
  }

  #hand(text: string, head: MessageHead, from: Place): void {
    try {
      this.onHead?.(head);
      this.onMessage?.(head.kind === 'request' ? withOrigin(text, from) : text);
    } catch (error) {
      // SIP.js throws on some messages that it cannot understand; they are somebody else's fault.
      this.options.onAnomaly(`${head.method} from ${placeName(from)} could not be handled: ${String(error)}`);
    }
  }

  #record(
    direction: 'sent' | 'received',
    message: Pick<SipLogEntry, 'text' | 'head' | 'remote' | 'isRepeat'>,
  ): void {
    const { owner, log } = this.options;
    const { protocol, local } = this.wire;
    log.record({ ...message, owner, direction, transport: protocol, local });
  }

  #enter(state: TransportState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.stateChange.emit(state);
  }
}
