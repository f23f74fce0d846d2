import { rings, type Behaviour } from '../call/behaviour';
import type { PhoneCall } from '../call/phone-call';
import type { PhoneEvent } from '../call/phone-event';
import type { CalledFilter } from '../endpoint/call-book';
import { explore } from '../endpoint/network';
import { SipEndpoint, type PlaceOptions } from '../endpoint/sip-endpoint';
import type { PhoneLab } from '../lab/phone-lab';
import { tone } from '../media/tones';
import { audioFactory } from './audio-factory';
import { KeepRegistered } from './keep-registered';
import type { PhoneOptions } from './phone-options';
import { Registration } from './registration';

const BUSY: Behaviour = { progress: 'silent', then: { kind: 'refuse', statusCode: 486 } };
const EXPIRES_SECONDS = 300;
/** Long enough for four repeats over UDP. */
const REGISTER_MS = 8_000;

/**
 * A SIP telephone. It says one tone, its own, so that others can tell who is heard.
 *
 * `open` connects it; registered or not, it calls and is called. A registered phone that loses its connection comes back by
 * itself. `close` hangs up, unregisters and leaves.
 */
export class Phone {
  /** What it does when called. */
  behaviour: Behaviour;
  readonly #endpoint: SipEndpoint;
  readonly #registration: Registration;
  readonly #keep: KeepRegistered;

  private constructor(
    endpoint: (phone: Phone) => SipEndpoint,
    private readonly options: PhoneOptions,
    /** What it says, Hz. */
    readonly toneHz: number,
  ) {
    this.behaviour = options.behaviour ?? rings;
    this.#endpoint = endpoint(this);
    this.#keep = new KeepRegistered(() => this.#comeBack());
    this.#registration = new Registration(this.#endpoint.ua, {
      address: this.#endpoint.address,
      registrar: `sip:${options.domain}`,
      expiresSeconds: options.expiresSeconds ?? EXPIRES_SECONDS,
      withinMs: options.registerWithinMs ?? REGISTER_MS,
      report: (fact) => this.#endpoint.report(fact),
      onLapse: () => this.#keep.lost(),
    });
  }

  /** Connects a phone to its network; it is not registered yet. @throws WireError */
  static async open(lab: PhoneLab, options: PhoneOptions): Promise<Phone> {
    const { number, domain, password, network } = options;
    const surroundings = await explore(network);
    const toneHz = options.toneHz ?? lab.nextTone();
    lab.listenFor(toneHz);
    const sound = options.sound ?? tone(toneHz);
    const audio = audioFactory(lab, options, { address: surroundings.mediaAddress, sound });
    const makeEndpoint = (phone: Phone): SipEndpoint =>
      new SipEndpoint(
        {
          name: options.label ?? number,
          user: number,
          domain,
          displayName: options.name,
          credentials: { username: options.authName ?? number, password: password ?? '' },
          sound,
          audio,
          behaviourFor: (call) => phone.#behaviourNow(call),
          onLost: () => phone.#keep.lost(),
        },
        surroundings,
        lab,
      );
    const phone = new Phone(makeEndpoint, options, toneHz);
    await phone.#endpoint.start();
    return phone;
  }

  get number(): string {
    return this.options.number;
  }

  get isRegistered(): boolean {
    return this.#registration.isRegistered;
  }

  /** All its calls, the ended ones too. */
  get calls(): readonly PhoneCall[] {
    return this.#endpoint.calls;
  }

  get openCalls(): readonly PhoneCall[] {
    return this.#endpoint.openCalls;
  }

  get events(): readonly PhoneEvent[] {
    return this.#endpoint.journal.entries;
  }

  /** Where others find it without a switch: "sip:1001@127.0.0.1:5071". */
  get contact(): string {
    return `sip:${this.number}@${this.#endpoint.place}`;
  }

  /** The user of the contact that it registers; no other phone has the same. */
  get contactUser(): string {
    return this.#registration.contactUser;
  }

  /** Calls back after each event of the phone and its calls. @returns what ends it */
  listen(listener: (event: PhoneEvent) => void): () => void {
    return this.#endpoint.journal.listen(listener);
  }

  /** @throws PhoneError with what is wrong */
  async register(): Promise<void> {
    await this.#registration.register();
    if (this.options.comesBack ?? true) this.#keep.want();
  }

  /** @throws PhoneError */
  async unregister(): Promise<void> {
    this.#keep.stop();
    await this.#registration.unregister();
  }

  /** Calls a number of its domain, or a whole address. @throws PhoneError for an impossible address */
  call(to: string, options: PlaceOptions = {}): PhoneCall {
    return this.#endpoint.call(to, options);
  }

  /** The next incoming call that nobody has waited for yet. @throws WaitError */
  async untilCalled(filter: CalledFilter = {}): Promise<PhoneCall> {
    return this.#endpoint.untilCalled(filter);
  }

  async close(): Promise<void> {
    this.#keep.stop();
    const { isRegistered } = this;
    this.#registration.stop();
    if (isRegistered) await this.#registration.unregister().catch(() => undefined);
    await this.#endpoint.close();
  }

  #behaviourNow(call: PhoneCall): Behaviour {
    const { lines, behaviourFor } = this.options;
    const isFull = lines !== undefined && this.openCalls.length > lines;
    return isFull ? BUSY : (behaviourFor?.(call) ?? this.behaviour);
  }

  async #comeBack(): Promise<void> {
    await this.#endpoint.transport.connect();
    await this.#registration.register();
  }
}
