import { createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** A key that secrets in the database are sealed with. A KeyObject shows nothing of itself in logs and errors. */
export interface SecretKeySetting {
  /** Stands beside what the key has sealed, so it stays with the key. */
  readonly id: string;
  readonly key: KeyObject;
}

/** AES-256. */
const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const HOW_TO = 'make one with: openssl rand -base64 32';

/** The text of SECRET_KEYS: `id:key` pairs with commas between them, the key in base64. The first one seals. */
export const secretKeys: z.ZodType<readonly SecretKeySetting[], string> = z
  .string()
  .transform((text, context): readonly SecretKeySetting[] => {
    const keys: SecretKeySetting[] = [];
    for (const [index, entry] of text.split(',').entries()) {
      const [id = '', key = ''] = splitOnce(entry.trim());
      const problem = problemOf(id, key, keys);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, path: [index] });
      else keys.push({ id, key: createSecretKey(Buffer.from(key, 'base64')) });
    }
    return keys;
  });

/** Says nothing of the key itself. */
function problemOf(id: string, key: string, before: readonly SecretKeySetting[]): string | undefined {
  if (!KEY_ID.test(id)) return 'must look like id:key, the id being 1 to 32 letters, digits, "-" and "_".';
  if (before.some((other) => other.id === id))
    return 'has the id of an earlier key; each needs one of its own.';
  if (!BASE64.test(key)) return `must have a key in base64 after the colon; ${HOW_TO}.`;
  const { byteLength } = Buffer.from(key, 'base64');
  return byteLength === KEY_BYTES ? undefined : `must be a key of 32 bytes, not of ${byteLength}; ${HOW_TO}.`;
}

function splitOnce(entry: string): [string, string] | [string] {
  const colon = entry.indexOf(':');
  return colon < 0 ? [entry] : [entry.slice(0, colon), entry.slice(colon + 1)];
}
