import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Compared with when there is nothing to compare with, so that "unknown" takes as long as "wrong". */
const NOBODYS = randomBytes(32).toString('hex');

/**
 * Whether two secrets are the same. Compares their hashes in constant time: neither content nor length shows in how long
 * it takes. A secret that is missing or empty equals nothing.
 */
export function sameSecret(given: string | undefined, known: string | undefined): boolean {
  const same = timingSafeEqual(hash(given ?? ''), hash(known ?? NOBODYS));
  return same && given !== undefined && given !== '';
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
