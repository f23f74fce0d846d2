import type { UserAgent } from 'sip.js';
import { PhoneError } from '../call/phone-error';
import type { LineFact } from '../call/phone-event';
import type { IncomingResponse } from '../endpoint/sip-types';
import { toUri } from '../endpoint/uris';
import { readNamedAddress } from '../wire/address';

export interface RegistrationOptions {
  /** The phone's own address: "sip:1001@example.org". */
  readonly address: string;
  /** "sip:example.org" */
  readonly registrar: string;
  readonly expiresSeconds: number;
  /** How long to wait for an answer, ms. */
  readonly withinMs: number;
  readonly report: (fact: LineFact) => void;
  /** A refresh has failed: the registrar forgets us. */
  readonly onLapse: () => void;
}

/** When a registration is renewed, as a part of its time. */
const RENEW_AT = 0.8;
const INTERVAL_TOO_BRIEF = 423;

/**
 * Tells a switch where the phone is, and again before that is forgotten. SIP.js has a registerer of its own, which is left
 * waiting for ever by responses without a contact, and asks again by itself without telling anybody how it went.
 *
 * unregistered -> `register` -> registered -> (renewed by itself) -> `unregister` or a refused renewal -> unregistered
 */
export class Registration {
  readonly #identity: { readonly callId: string; readonly fromTag: string };
  #cseq = 0;
  #expiresSeconds: number;
  #timer: NodeJS.Timeout | undefined;
  #isRegistered = false;

  constructor(
    private readonly ua: UserAgent,
    private readonly options: RegistrationOptions,
  ) {
    const unique = (): string => crypto.randomUUID();
    this.#identity = { callId: unique(), fromTag: unique() };
    this.#expiresSeconds = options.expiresSeconds;
  }

  get isRegistered(): boolean {
    return this.#isRegistered;
  }

  /** The user of our contact; SIP.js makes one for each user agent. */
  get contactUser(): string {
    return this.ua.contact.uri.user ?? '';
  }

  /** @throws PhoneError with what is wrong: the password, the user, the server */
  async register(): Promise<void> {
    try {
      const granted = await this.#ask(this.#expiresSeconds);
      this.#isRegistered = true;
      this.options.report({ kind: 'registered', expiresSeconds: granted });
      this.#renewIn(granted * RENEW_AT);
    } catch (error) {
      this.#forget();
      const { statusCode, message } = error instanceof PhoneError ? error : new PhoneError(String(error));
      this.options.report({ kind: 'registration-failed', statusCode, reason: message });
      throw error;
    }
  }

  /** @throws PhoneError */
  async unregister(): Promise<void> {
    this.#forget();
    await this.#ask(0);
    this.options.report({ kind: 'unregistered' });
  }

  /** Does nothing more by itself. */
  stop(): void {
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#isRegistered = false;
  }

  #renewIn(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.register().catch(() => this.options.onLapse());
    }, seconds * 1000);
  }

  /** One REGISTER, with digest if asked. @returns how long it holds, seconds */
  async #ask(expiresSeconds: number): Promise<number> {
    const response = await this.#send(expiresSeconds);
    const { message } = response;
    const { statusCode = 0 } = message;
    if (statusCode === INTERVAL_TOO_BRIEF && this.#accepts(message.getHeader('min-expires'), expiresSeconds))
      return this.#ask(this.#expiresSeconds);
    if (statusCode >= 300) throw new PhoneError(this.#explain(response), statusCode);
    return this.#granted(response) ?? expiresSeconds;
  }

  /** Takes a longer time than we wanted, if the registrar insists. */
  #accepts(minimum: string | undefined, asked: number): boolean {
    const seconds = Number(minimum);
    if (!(seconds > asked)) return false;
    this.#expiresSeconds = seconds;
    return true;
  }

  async #send(expiresSeconds: number): Promise<IncomingResponse> {
    const { userAgentCore, contact } = this.ua;
    const { address, registrar } = this.options;
    this.#cseq += 1;
    const request = userAgentCore.makeOutgoingRequestMessage(
      'REGISTER',
      toUri(registrar),
      toUri(address),
      toUri(address),
      { ...this.#identity, cseq: this.#cseq },
      [
        `Contact: ${contact.toString({ register: true })};expires=${expiresSeconds}`,
        `Expires: ${expiresSeconds}`,
      ],
    );
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new PhoneError(this.#noAnswer())), this.options.withinMs);
      const done = (response: IncomingResponse): void => {
        clearTimeout(late);
        // The answer to a challenge has taken a number of its own.
        this.#cseq = Math.max(this.#cseq, request.cseq);
        resolve(response);
      };
      userAgentCore.register(request, { onAccept: done, onRedirect: done, onReject: done });
    });
  }

  /** What the registrar says of our own contact among all it knows of the user. */
  #granted({ message }: IncomingResponse): number | undefined {
    const own = message
      .getHeaders('contact')
      .find((contact) => readNamedAddress(contact).address?.user === this.ua.contact.uri.user);
    const written = /;\s*expires\s*=\s*"?(\d+)/i.exec(own ?? '')?.[1] ?? message.getHeader('expires');
    return written === undefined ? undefined : Number(written);
  }

  #explain({ message }: IncomingResponse): string {
    const { statusCode = 0, reasonPhrase = '' } = message;
    const { address, registrar } = this.options;
    if (!message.hasHeader('via')) return this.#noAnswer();
    const said = `${statusCode} ${reasonPhrase}`;
    if ([401, 403, 407].includes(statusCode))
      return `${registrar} refused ${address} with ${said}: the user or the password is wrong, or digest is not MD5`;
    if (statusCode === 404)
      return `${registrar} does not know ${address} (${said}): check the number and the domain`;
    return `${registrar} refused ${address} with ${said}`;
  }

  #noAnswer(): string {
    return `no answer to REGISTER from ${this.options.registrar}: check address, port and transport of the server`;
  }
}
