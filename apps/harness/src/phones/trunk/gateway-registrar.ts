import type { Invitation } from 'sip.js';
import type { LineFact } from '../call/phone-event';
import type { IncomingRegisterRequest } from '../endpoint/sip-types';
import { readNamedAddress } from '../wire/address';
import { DigestGuard, type DigestUser } from './digest';

const EXPIRES_SECONDS = 300;
const PROXY_AUTH = 'proxy-authorization';

/** Lets one switch register as a gateway does with its provider, and asks for its password at each call. */
export class GatewayRegistrar {
  readonly #guard: DigestGuard;
  #contact: string | undefined;
  #lapse: NodeJS.Timeout | undefined;

  constructor(
    user: DigestUser,
    realm: string,
    private readonly report: (fact: LineFact) => void,
  ) {
    this.#guard = new DigestGuard(realm, [user]);
  }

  /** Where the switch wants to be called; undefined while it is not registered. */
  get contact(): string | undefined {
    return this.#contact;
  }

  register(request: IncomingRegisterRequest): void {
    const { message } = request;
    const verdict = this.#guard.check('REGISTER', message.getHeader('authorization'));
    if (verdict === 'wrong') return void request.reject({ statusCode: 403 });
    if (verdict === 'missing') {
      const extraHeaders = [`WWW-Authenticate: ${this.#guard.challenge()}`];
      return void request.reject({ statusCode: 401, extraHeaders });
    }
    const contact = message.getHeader('contact') ?? '';
    const asked = /;\s*expires\s*=\s*(\d+)/i.exec(contact)?.[1] ?? message.getHeader('expires');
    const expiresSeconds = Number(asked ?? EXPIRES_SECONDS);
    const { uri } = readNamedAddress(contact);
    this.#keep(expiresSeconds > 0 ? uri : undefined, expiresSeconds);
    const extraHeaders = expiresSeconds > 0 ? [`Contact: <${uri}>;expires=${expiresSeconds}`] : [];
    request.accept({ statusCode: 200, extraHeaders });
  }

  /** @returns whether a call was refused for want of the right password; the switch may try again with it */
  refuse(invitation: Invitation): boolean {
    const verdict = this.#guard.check('INVITE', invitation.request.getHeader(PROXY_AUTH));
    if (verdict === 'right') return false;
    const extraHeaders = [`Proxy-Authenticate: ${this.#guard.challenge()}`];
    void (verdict === 'wrong'
      ? invitation.reject({ statusCode: 403 })
      : invitation.reject({ statusCode: 407, extraHeaders }));
    return true;
  }

  stop(): void {
    clearTimeout(this.#lapse);
  }

  #keep(contact: string | undefined, expiresSeconds: number): void {
    clearTimeout(this.#lapse);
    this.#contact = contact;
    if (contact === undefined) {
      this.report({ kind: 'gateway-unregistered' });
      return;
    }
    this.#lapse = setTimeout(() => this.#keep(undefined, 0), expiresSeconds * 1000);
    this.report({ kind: 'gateway-registered', contact });
  }
}
