import { createHash, randomBytes } from 'node:crypto';
import { parseParams } from './message';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** A username and what proves it. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What an Authorization header claims. */
export interface Claim {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly params: ReadonlyMap<string, string>;
}

/** Reads `Authorization: Digest ...`; undefined when it is none. */
export function parseDigest(header: string | undefined): Claim | undefined {
  if (header === undefined || !/^Digest\s/i.test(header)) return undefined;
  // parameters are separated by commas here, by semicolons elsewhere
  const params = parseParams(commasToSemicolons(header.slice('Digest'.length)));
  const text = (name: string): string => params.get(name) ?? '';
  const [username, realm, nonce] = [text('username'), text('realm'), text('nonce')];
  return { username, realm, nonce, uri: text('uri'), response: text('response'), params };
}

function commasToSemicolons(text: string): string {
  let quoted = false;
  let swapped = ';';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    swapped += char === ',' && !quoted ? ';' : char;
  }
  return swapped;
}

/** Whether the claim was made by somebody who knows the password (RFC 2617, MD5, with and without qop). */
export function provesPassword(claim: Claim, method: string, password: string): boolean {
  return provesHash(claim, method, md5(`${claim.username}:${claim.realm}:${password}`));
}

/** The same by the hash of user, realm and password. */
export function provesHash(claim: Claim, method: string, ha1: string): boolean {
  return claim.response === response(ha1, claim.nonce, claim.params, md5(`${method}:${claim.uri}`));
}

function response(ha1: string, nonce: string, params: ReadonlyMap<string, string>, ha2: string): string {
  const qop = params.get('qop');
  if (qop === undefined || qop === '') return md5(`${ha1}:${nonce}:${ha2}`);
  return md5([ha1, nonce, params.get('nc'), params.get('cnonce'), qop, ha2].join(':'));
}

/** `Authorization` for a challenge (`WWW-Authenticate` or `Proxy-Authenticate`); undefined when it cannot be met. */
export function answerChallenge(
  challenge: string,
  { username, password }: Credentials,
  method: string,
  uri: string,
): string | undefined {
  const claim = parseDigest(challenge);
  const algorithm = claim?.params.get('algorithm') ?? 'MD5';
  if (!claim || algorithm.toUpperCase() !== 'MD5') return undefined;
  const offersAuth = (claim.params.get('qop') ?? '').split(/\s*,\s*/).includes('auth');
  const cnonce = randomBytes(8).toString('hex');
  const params = new Map(
    offersAuth
      ? [
          ['qop', 'auth'],
          ['nc', '00000001'],
          ['cnonce', cnonce],
        ]
      : [],
  );
  const ha1 = md5(`${username}:${claim.realm}:${password}`);
  const proof = response(ha1, claim.nonce, params, md5(`${method}:${uri}`));
  const opaque = claim.params.get('opaque');
  return [
    `Digest username="${username}"`,
    `realm="${claim.realm}"`,
    `nonce="${claim.nonce}"`,
    `uri="${uri}"`,
    `response="${proof}"`,
    'algorithm=MD5',
    ...(offersAuth ? [`qop=auth, nc=00000001, cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(', ');
}

/** Nonces that were handed out, so that a claim cannot be used again later. */
export class Nonces {
  readonly #issued = new Map<string, number>();

  /** @param lifeMs how long a nonce is good */
  constructor(private readonly lifeMs = 60_000) {}

  /** The header value of a challenge. */
  challenge(realm: string, isStale = false): string {
    const nonce = randomBytes(16).toString('hex');
    this.#issued.set(nonce, Date.now());
    this.#forgetOld();
    const stale = isStale ? ', stale=true' : '';
    return `Digest realm="${realm}", nonce="${nonce}"${stale}, algorithm=MD5, qop="auth"`;
  }

  isGood(nonce: string): boolean {
    const issued = this.#issued.get(nonce);
    return issued !== undefined && Date.now() - issued <= this.lifeMs;
  }

  #forgetOld(): void {
    for (const [nonce, issued] of this.#issued) {
      if (Date.now() - issued <= this.lifeMs) return;
      this.#issued.delete(nonce);
    }
  }
}
