import { createHash, randomBytes } from 'node:crypto';

/** A user that may register or call, and its password. */
export interface DigestUser {
  readonly username: string;
  readonly password: string;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
/** Challenges live so long, ms: longer than any honest client needs to answer. */
const NONCE_LIFE_MS = 60_000;

/** The asking side of digest authentication with MD5 (RFC 2617, as SIP uses it: RFC 3261, section 22). */
export class DigestGuard {
  readonly #nonces = new Map<string, number>();

  constructor(
    private readonly realm: string,
    private readonly users: readonly DigestUser[],
  ) {}

  /** The value of a WWW-Authenticate or Proxy-Authenticate header. */
  challenge(): string {
    const nonce = randomBytes(12).toString('hex');
    const at = Date.now();
    for (const [old, since] of this.#nonces) if (at - since > NONCE_LIFE_MS) this.#nonces.delete(old);
    this.#nonces.set(nonce, at);
    return `Digest realm="${this.realm}", nonce="${nonce}", algorithm=MD5, qop="auth"`;
  }

  /**
   * Checks an Authorization or Proxy-Authorization header.
   *
   * @returns `missing`: there is none, or it answers no challenge of ours: ask; `wrong`: somebody else, or a wrong password
   */
  check(method: string, header: string | undefined): 'right' | 'wrong' | 'missing' {
    const given = header === undefined ? undefined : readDigest(header);
    if (!given || !this.#nonces.has(given.get('nonce') ?? '')) return 'missing';
    const user = this.users.find(({ username }) => username === given.get('username'));
    return user && given.get('response') === digestResponse(method, given, user) ? 'right' : 'wrong';
  }
}

/** What the `response` of a header with these parameters has to be. */
export function digestResponse(
  method: string,
  given: ReadonlyMap<string, string>,
  { username, password }: DigestUser,
): string {
  const of = (name: string): string => given.get(name) ?? '';
  const who = md5(`${username}:${of('realm')}:${password}`);
  const what = md5(`${method}:${of('uri')}`);
  const middle = given.has('qop') ? [of('nonce'), of('nc'), of('cnonce'), of('qop')] : [of('nonce')];
  return md5([who, ...middle, what].join(':'));
}

/** The parameters of a `Digest ...` header; undefined for another scheme. */
export function readDigest(header: string): ReadonlyMap<string, string> | undefined {
  if (!/^\s*digest\s/i.test(header)) return undefined;
  const pairs = header.matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi);
  return new Map(
    [...pairs].map(([, name = '', quoted, bare = '']) => [
      name.toLowerCase(),
      quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'),
    ]),
  );
}
