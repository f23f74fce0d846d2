import type { Clock } from '../clock';
import type { Ids } from '../ids';
import type { Grant } from './grant';

/** An access token lives one hour. */
export const ACCESS_TOKEN_SECONDS = 3600;
/** A refresh token lives 180 days, and only until it is used. */
const REFRESH_TOKEN_SECONDS = 180 * 24 * 3600;
/** An authorisation code lives 30 seconds, and only until it is used. */
const CODE_SECONDS = 30;

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** End of the access token, epoch ms. */
  readonly expiresAt: number;
}

interface Issued {
  readonly grant: Grant;
  /** Epoch ms. */
  expiresAt: number;
}

/** All tokens and codes that were ever given out and not taken back. */
export class TokenBook {
  readonly #access = new Map<string, Issued>();
  readonly #refresh = new Map<string, Issued>();
  readonly #codes = new Map<string, Issued>();

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  issueAccess(grant: Grant, ttlSeconds = ACCESS_TOKEN_SECONDS): string {
    return this.#issue(this.#access, grant, ttlSeconds);
  }

  issuePair(grant: Grant): TokenPair {
    return {
      accessToken: this.issueAccess(grant),
      refreshToken: this.#issue(this.#refresh, grant, REFRESH_TOKEN_SECONDS),
      expiresAt: this.clock.now() + ACCESS_TOKEN_SECONDS * 1000,
    };
  }

  issueCode(grant: Grant): string {
    return this.#issue(this.#codes, grant, CODE_SECONDS);
  }

  /** Who an access token is for; `isExpired` tells one that was good once from one that never was. */
  access(token: string): { readonly grant: Grant; readonly isExpired: boolean } | undefined {
    const issued = this.#access.get(token);
    return issued && { grant: issued.grant, isExpired: issued.expiresAt <= this.clock.now() };
  }

  /** Who a refresh token is for, while it is good. */
  refresh(token: string): Grant | undefined {
    return this.#good(this.#refresh, token);
  }

  /** Who a code is for, while it is good. */
  code(code: string): Grant | undefined {
    return this.#good(this.#codes, code);
  }

  /** From now on this code or refresh token is void. */
  useUp(token: string): void {
    this.#refresh.delete(token);
    this.#codes.delete(token);
  }

  /** Ends an access token before its time. */
  expire(token: string): void {
    const issued = this.#access.get(token);
    if (issued) issued.expiresAt = this.clock.now();
  }

  /** Takes back all that was given out for such grants: the portal then knows nothing of these tokens. */
  revoke(isMeant: (grant: Grant) => boolean): void {
    for (const book of [this.#access, this.#refresh, this.#codes])
      for (const [token, { grant }] of book) if (isMeant(grant)) book.delete(token);
  }

  #issue(book: Map<string, Issued>, grant: Grant, ttlSeconds: number): string {
    const token = this.ids.hex(32);
    book.set(token, { grant, expiresAt: this.clock.now() + ttlSeconds * 1000 });
    return token;
  }

  #good(book: ReadonlyMap<string, Issued>, token: string): Grant | undefined {
    const issued = book.get(token);
    return issued && issued.expiresAt > this.clock.now() ? issued.grant : undefined;
  }
}
