import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Compared with when there is nothing to compare with, so that "unknown" takes as long as "wrong". */
const NOBODYS = randomBytes(32);

/**
 * Whether a secret is the one of which a hash is kept. Compares hashes in constant time: neither content nor length shows
 * in how long it takes. A secret that is missing or empty is nobody's.
 *
 * @param knownHash SHA-256 in hexadecimal digits
 */
export function isSecretOf(knownHash: string | undefined, given: string | undefined): boolean {
  const known = knownHash === undefined ? NOBODYS : Buffer.from(knownHash, 'hex');
  const isSame = known.byteLength === NOBODYS.byteLength && timingSafeEqual(hash(given ?? ''), known);
  return isSame && given !== undefined && given !== '';
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
