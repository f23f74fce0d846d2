import { Inviter, type Invitation, type Session, type UserAgent } from 'sip.js';
import type { Behaviour } from '../call/behaviour';
import type { FarEnd } from '../call/observed-call';
import { PhoneCall, type CallOwner } from '../call/phone-call';
import { describeEvent, type LineFact, type PhoneEvent } from '../call/phone-event';
import { watchSession } from '../call/watch-session';
import { Journal } from '../journal/journal';
import { now } from '../journal/now';
import type { PhoneLab } from '../lab/phone-lab';
import type { AudioFactory, CallAudio } from '../media/call-audio';
import type { Sound } from '../media/tones';
import { SipTransport } from '../transport/sip-transport';
import { placeName, readNamedAddress, readSipAddress } from '../wire/address';
import type { MessageHead } from '../wire/message-head';
import { behave } from './behave';
import { CallBook, type CalledFilter } from './call-book';
import { callerParams, type Caller } from './caller';
import { makeUserAgent } from './make-user-agent';
import type { Surroundings } from './network';
import { sendInvite } from './outgoing-call';
import type { IncomingRegisterRequest } from './sip-types';
import { addressOf, toUri } from './uris';

export interface EndpointOptions {
  /** For logs and events. */
  readonly name: string;
  readonly user: string;
  readonly domain: string;
  readonly displayName?: string;
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly sound: Sound;
  readonly audio: AudioFactory;
  /** Takes calls for any number, not only for its own. */
  readonly takesAnyNumber?: boolean;
  readonly behaviourFor: (call: PhoneCall) => Behaviour;
  /** Refuses an incoming call before anything else happens, e.g. for want of a password. @returns whether it did */
  readonly refuse?: (invitation: Invitation) => boolean;
  /** Who registers with us; without it nobody may. */
  readonly onRegister?: (request: IncomingRegisterRequest) => void;
  readonly onLost?: (error: Error | undefined) => void;
}

export interface PlaceOptions {
  readonly caller?: Caller;
  readonly extraHeaders?: readonly string[];
  /** The address the request goes to, if that is not the number's: of a switch that has registered with us. */
  readonly requestUri?: string;
}

/** Hanging up all calls takes no longer than this when everything closes, ms. */
const CLOSE_MS = 2_000;

/** What telephones and trunks have in common: they are on a network, call and are called, and tell what happens. */
export class SipEndpoint implements CallOwner {
  readonly journal = new Journal<PhoneEvent>(describeEvent);
  readonly ua: UserAgent;
  readonly transport: SipTransport;
  readonly #book: CallBook;
  readonly #audios = new Map<Session, CallAudio>();

  constructor(
    private readonly options: EndpointOptions,
    private readonly surroundings: Surroundings,
    private readonly lab: PhoneLab,
  ) {
    this.#book = new CallBook(options.name);
    this.ua = this.#makeUserAgent();
    const { transport } = this.ua;
    if (!(transport instanceof SipTransport))
      throw new TypeError('SIP.js made another transport than it was told');
    this.transport = transport;
    this.transport.onHead = (head) => (head.kind === 'request' ? this.#asked(head) : this.#progressed(head));
  }

  get name(): string {
    return this.options.name;
  }

  get address(): string {
    return addressOf(this.options.user, this.options.domain);
  }

  get sound(): Sound {
    return this.options.sound;
  }

  get calls(): readonly PhoneCall[] {
    return this.#book.all;
  }

  get openCalls(): readonly PhoneCall[] {
    return this.#book.open;
  }

  /** Our own place on the network. */
  get place(): string {
    return placeName(this.transport.wire.local);
  }

  addressOf(number: string): string {
    return addressOf(number, this.options.domain);
  }

  publish(event: PhoneEvent): void {
    this.lab.journal.add(event);
    this.journal.add(event);
  }

  report(fact: LineFact): void {
    this.publish({ at: now(), phone: this.name, ...fact });
  }

  /** Goes on the network. @throws WireError */
  async start(): Promise<void> {
    await this.ua.start();
  }

  /** Begins a call to a number or address; it resolves nothing, the call tells how it goes. @throws PhoneError */
  call(to: string, { caller, extraHeaders = [], requestUri }: PlaceOptions = {}): PhoneCall {
    const toAddress = toUri(this.addressOf(to));
    const target = requestUri === undefined ? toAddress : toUri(requestUri);
    const { user, domain, displayName = '' } = this.options;
    const from = callerParams(caller ?? { number: user, name: displayName }, domain);
    const inviter = new Inviter(this.ua, target, {
      earlyMedia: true,
      extraHeaders: [...from.extraHeaders, ...extraHeaders],
      params: { fromUri: from.fromUri, fromDisplayName: from.fromDisplayName, toUri: toAddress },
    });
    const far = { number: toAddress.user ?? to, name: '', uri: toAddress.toString() };
    const call = this.#open(inviter, far, far.number);
    call.report({ kind: 'calling', to: far.number });
    sendInvite(inviter, call);
    return call;
  }

  /** The next incoming call that nobody has waited for yet. @throws WaitError */
  async untilCalled(filter: CalledFilter = {}): Promise<PhoneCall> {
    return this.#book.untilCalled(this.journal, filter);
  }

  /** Hangs up everything and leaves the network. */
  async close(): Promise<void> {
    const hungUp = Promise.allSettled(this.openCalls.map((call) => call.hangUp()));
    await atMost(CLOSE_MS, hungUp);
    for (const audio of this.#audios.values()) audio.close();
    await atMost(CLOSE_MS, this.ua.stop());
    this.#forgetTransactions();
    await this.transport.disconnect();
  }

  /**
   * SIP.js does so itself, but gives up if a broken message has left it a half-made dialog, and repeats for ever the answer
   * to a re-INVITE that crossed with the end. Either would keep the process.
   */
  #forgetTransactions(): void {
    const { userAgentClients, userAgentServers } = this.ua.userAgentCore;
    for (const { transaction } of [...userAgentClients.values(), ...userAgentServers.values()])
      transaction.dispose();
    for (const session of this.#audios.keys()) session.dialog?.dispose();
  }

  #makeUserAgent(): UserAgent {
    const { user, domain, displayName = '', credentials, onRegister } = this.options;
    const { network, server, localHost, openWire } = this.surroundings;
    const onAnomaly = (detail: string): void => this.report({ kind: 'anomaly', detail });
    return makeUserAgent({
      user,
      domain,
      displayName,
      credentials,
      localHost,
      transport: network.transport,
      transportOptions: {
        owner: this.name,
        log: this.lab.sipLog,
        open: openWire,
        server,
        timers: network.timers,
        onAnomaly,
      },
      descriptions: (session) => this.#audioOf(session),
      delegate: {
        onInvite: (invitation) => this.#invited(invitation),
        onConnect: () => this.#connected(),
        onDisconnect: (error) => this.#lost(error),
        ...(onRegister && { onRegisterRequest: onRegister }),
      },
    });
  }

  /** SIP.js takes calls for one user only; a trunk is called for all numbers of the world. */
  #asked({ uri }: MessageHead): void {
    if (this.options.takesAnyNumber)
      this.ua.userAgentCore.configuration.aor.user = readSipAddress(uri)?.user || undefined;
  }

  /** Read from the wire: SIP.js tells of a progress only when its media is set up, which may be after the answer. */
  #progressed({ method, callId, statusCode, reason, hasMedia }: MessageHead): void {
    const call = method === 'INVITE' && statusCode < 200 ? this.#book.byCallId(callId) : undefined;
    if (call && !call.state.wasAnswered)
      call.report({ kind: 'progress', by: 'them', statusCode, reason, hasMedia });
  }

  #connected(): void {
    const { port } = this.transport.wire.local;
    // A switch calls back where the contact says; for TCP it finds our connection by it.
    if (port > 0) this.ua.contact.uri.port = port;
    this.report({ kind: 'connected', local: this.place });
  }

  #lost(error: Error | undefined): void {
    this.report({ kind: 'connection-lost', reason: error?.message ?? 'closed' });
    this.options.onLost?.(error);
  }

  #invited(invitation: Invitation): void {
    if (this.options.refuse?.(invitation)) return;
    const { request } = invitation;
    const { name, uri, address } = readNamedAddress(request.getHeader('from') ?? '');
    const number = request.ruri?.user ?? '';
    const call = this.#open(invitation, { number: address?.user ?? '', name, uri }, number);
    call.report({ kind: 'called', from: call.far.number, name, to: number });
    const refusal = invitation.body ? this.#audioOf(invitation).refusalOf(invitation.body) : undefined;
    const replaced = invitation.replacee && this.#book.of(invitation.replacee);
    if (refusal !== undefined) void this.#refuseOffer(call, refusal);
    else if (replaced) void this.#replace(call, replaced);
    else behave(call, this.options.behaviourFor(call), (error) => this.#odd(error));
  }

  async #refuseOffer(call: PhoneCall, reason: string): Promise<void> {
    this.#odd(`${call.ref} was offered media that it cannot take: ${reason}`);
    call.expectEnd({ how: 'refused', by: 'us', statusCode: 488, reason });
    await call.decline(488).catch((error: unknown) => this.#odd(error));
  }

  /** An attended transfer: the new call takes the place of an old one without anybody doing anything. */
  async #replace(call: PhoneCall, replaced: PhoneCall): Promise<void> {
    replaced.expectEnd({ how: 'replaced', by: 'us' });
    await call.answer().catch((error: unknown) => this.#odd(error));
  }

  #open(session: Inviter | Invitation, far: FarEnd, calledNumber: string): PhoneCall {
    const call: PhoneCall = new PhoneCall(session, {
      owner: this,
      ref: this.#book.nextRef(),
      far,
      calledNumber,
      audio: this.#newAudio(session, () => call),
    });
    this.#book.add(session, call);
    watchSession(session, call, (uri, options) => this.call(uri, options));
    return call;
  }

  #newAudio(session: Session, callOf: () => PhoneCall): CallAudio {
    const audio = this.options.audio({
      onChange: ({ at, ...change }) => {
        callOf().report(change.kind === 'dtmf' ? { ...change, via: 'rtp' } : change, at);
      },
      onAgreement: ({ maySend }) => {
        const call = callOf();
        if (maySend !== call.state.isHeldByThem) return;
        call.report({ kind: maySend ? 'resumed' : 'held', by: 'them' });
      },
      onDisagreement: (error) => {
        const call = callOf();
        if (!call.state.wasAnswered) call.expectEnd({ how: 'failed', by: 'us', reason: error.message });
        this.#odd(`${call.ref}: ${error.message}`);
      },
    });
    this.#audios.set(session, audio);
    return audio;
  }

  #audioOf(session: Session): CallAudio {
    const audio = this.#audios.get(session);
    if (!audio) throw new Error('SIP.js asks for the sound of a call that does not exist');
    return audio;
  }

  #odd(error: unknown): void {
    this.report({ kind: 'anomaly', detail: error instanceof Error ? error.message : String(error) });
  }
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
