import { refuses, type Behaviour } from '../call/behaviour';
import type { PhoneCall } from '../call/phone-call';
import { PhoneError } from '../call/phone-error';
import type { PhoneEvent } from '../call/phone-event';
import type { CalledFilter } from '../endpoint/call-book';
import type { Caller } from '../endpoint/caller';
import { explore, type Network } from '../endpoint/network';
import { SipEndpoint } from '../endpoint/sip-endpoint';
import type { PhoneLab } from '../lab/phone-lab';
import { RtpDescriptionHandler } from '../media/rtp-description-handler';
import { tone } from '../media/tones';
import { placeName, readSipAddress, type Place } from '../wire/address';
import type { Within } from '../call/observed-call';
import { GatewayRegistrar } from './gateway-registrar';
import type { TrunkOptions } from './trunk-options';

/** A call from outside: who calls which number of the company. */
export interface OutsideCall {
  readonly to: string;
  readonly from: Caller;
}

/**
 * The telephone network, as a company's switch sees it: outside people who call its numbers, and whom it can call.
 *
 * The switch is known by its address (a plain IP peer), or registers with a password like a gateway with its provider.
 */
export class Trunk {
  /** What is done at numbers that have nothing of their own. */
  otherwise: Behaviour;
  readonly #numbers: Map<string, Behaviour>;
  readonly #endpoint: SipEndpoint;
  readonly #registrar: GatewayRegistrar | undefined;

  private constructor(
    endpoint: (trunk: Trunk) => SipEndpoint,
    private readonly options: TrunkOptions & { readonly domain: string },
    /** What outside people say, Hz. */
    readonly toneHz: number,
  ) {
    const { numbers = {}, otherwise = refuses(404), gateway, domain } = options;
    this.otherwise = otherwise;
    this.#numbers = new Map(Object.entries(numbers));
    this.#registrar = gateway && new GatewayRegistrar(gateway, domain, (fact) => this.#endpoint.report(fact));
    this.#endpoint = endpoint(this);
  }

  /** @throws WireError when its address cannot be had */
  static async open(lab: PhoneLab, options: TrunkOptions): Promise<Trunk> {
    const { name = 'trunk', listen, transport, loses, timers, codecs = ['PCMA', 'PCMU'], rtpPorts } = options;
    const network: Network = { transport, listen, loses, timers };
    const surroundings = await explore(network);
    const toneHz = options.toneHz ?? lab.nextTone();
    lab.listenFor(toneHz);
    const domain = options.domain ?? listen.host;
    const sound = options.sound ?? tone(toneHz);
    const rtp = { address: surroundings.mediaAddress, clock: lab.clock, ports: rtpPorts, codecs, sound };
    const makeEndpoint = (trunk: Trunk): SipEndpoint =>
      new SipEndpoint(
        {
          name,
          user: name,
          domain,
          credentials: options.credentials,
          sound,
          audio: (listener) => new RtpDescriptionHandler({ ...rtp, tones: lab.tones }, listener),
          takesAnyNumber: true,
          behaviourFor: ({ calledNumber }) => trunk.#numbers.get(calledNumber) ?? trunk.otherwise,
          refuse: (invitation) => trunk.#registrar?.refuse(invitation) ?? false,
          onRegister: (request) => trunk.#register(request),
        },
        surroundings,
        lab,
      );
    const trunk = new Trunk(makeEndpoint, { ...options, domain }, toneHz);
    await trunk.#endpoint.start();
    return trunk;
  }

  get calls(): readonly PhoneCall[] {
    return this.#endpoint.calls;
  }

  get openCalls(): readonly PhoneCall[] {
    return this.#endpoint.openCalls;
  }

  get events(): readonly PhoneEvent[] {
    return this.#endpoint.journal.entries;
  }

  /** Where the switch finds it. */
  get place(): Place {
    return this.#endpoint.transport.wire.local;
  }

  /** Calls back after each event of the trunk and its calls. @returns what ends it */
  listen(listener: (event: PhoneEvent) => void): () => void {
    return this.#endpoint.journal.listen(listener);
  }

  /** What is done from now on when somebody calls that number. */
  answersAt(number: string, behaviour: Behaviour): void {
    this.#numbers.set(number, behaviour);
  }

  /** Somebody outside calls a number of the company. @throws PhoneError when there is no switch to call */
  call({ to, from }: OutsideCall): PhoneCall {
    return this.#endpoint.call(this.#addressAtSwitch(to), {
      caller: from,
      requestUri: this.#registrar?.contact,
    });
  }

  /** The next call from the company that nobody has waited for yet. @throws WaitError */
  async untilCalled(filter: CalledFilter = {}): Promise<PhoneCall> {
    return this.#endpoint.untilCalled(filter);
  }

  /** A switch has registered. @throws WaitError */
  async untilRegistered(within: Within = {}): Promise<string> {
    return this.#endpoint.journal.until({
      what: 'a switch registers with the trunk',
      look: () => this.#registrar?.contact,
      ...within,
    });
  }

  async close(): Promise<void> {
    this.#registrar?.stop();
    await this.#endpoint.close();
  }

  #register(request: Parameters<GatewayRegistrar['register']>[0]): void {
    if (this.#registrar) this.#registrar.register(request);
    else request.reject({ statusCode: 405 });
  }

  #addressAtSwitch(number: string): string {
    const contact = this.#registrar?.contact;
    const registered = contact === undefined ? undefined : readSipAddress(contact);
    const place =
      this.options.switch ?? (registered && { host: registered.host, port: registered.port ?? 5060 });
    if (!place)
      throw new PhoneError('there is no switch to call: none is registered, and no address was given');
    return this.#endpoint.addressOf(number).replace(/@.*$/, `@${placeName(place)}`);
  }
}
