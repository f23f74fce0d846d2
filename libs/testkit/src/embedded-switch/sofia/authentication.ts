import type { PlannedUser } from '../dialplan-port';
import {
  headerOf,
  Nonces,
  parseDigest,
  parseNameAddr,
  provesHash,
  provesPassword,
  type Claim,
  type ServerTransaction,
} from '../sip';

/** How to find somebody in the directory. */
export type FindUser = (user: string, domain: string) => PlannedUser | undefined;

/** Asks phones to prove who they are: 401 for REGISTER, 407 for everything else (sofia_reg_auth_challenge). */
export class Authentication {
  readonly #nonces = new Nonces();

  /** @param realm in place of the domain that the phone names; undefined = that domain */
  constructor(
    private readonly find: FindUser,
    private readonly realm: string | undefined,
  ) {}

  /** Who has sent the request; undefined = it has been challenged or refused. */
  authenticate(transaction: ServerTransaction): PlannedUser | undefined {
    const { request } = transaction;
    const isRegister = request.method === 'REGISTER';
    const claim = parseDigest(headerOf(request, isRegister ? 'Authorization' : 'Proxy-Authorization'));
    if (!claim || !this.#nonces.isGood(claim.nonce)) {
      this.#challenge(transaction, claim !== undefined);
      return undefined;
    }
    const user = this.find(claim.username, claim.realm);
    const isProven = user !== undefined && proves(user, claim, request.method);
    if (isProven && this.#matches(user, transaction)) return user;
    transaction.respond(403);
    return undefined;
  }

  /** Who registers as 1001 has to have the password of 1001. */
  #matches(user: PlannedUser, { request }: ServerTransaction): boolean {
    const from = parseNameAddr(headerOf(request, request.method === 'REGISTER' ? 'To' : 'From') ?? '');
    return request.method !== 'REGISTER' || from?.uri.user === user.id;
  }

  #challenge(transaction: ServerTransaction, isStale: boolean): void {
    const { request } = transaction;
    const isRegister = request.method === 'REGISTER';
    const to = parseNameAddr(headerOf(request, isRegister ? 'To' : 'From') ?? '');
    const realm = this.realm ?? to?.uri.host ?? '';
    transaction.respond(isRegister ? 401 : 407, {
      headers: [
        {
          name: isRegister ? 'WWW-Authenticate' : 'Proxy-Authenticate',
          value: this.#nonces.challenge(realm, isStale),
        },
      ],
    });
  }
}

/** By the password, or by the hash that stands in its place (a1-hash). */
function proves(user: PlannedUser, claim: Claim, method: string): boolean {
  const password = user.params.get('password');
  if (password !== undefined && password !== '') return provesPassword(claim, method, password);
  const hash = user.params.get('a1-hash');
  return hash !== undefined && provesHash(claim, method, hash);
}
