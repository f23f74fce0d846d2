import { createHash } from 'node:crypto';

/**
 * SHA-256 in hexadecimal digits: how a secret is stored that is only ever compared or looked up. Enough for what a
 * machine has made from 128 random bits or more, as install keys and application tokens are; nobody can guess those back.
 */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
