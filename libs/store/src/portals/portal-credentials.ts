import { z } from 'zod';
import type { SecretBox, SecretPlace } from '../secrets/secret-box';
import { StoreError } from '../store-error';

const schema = z.strictObject({
  /** Lives one hour. */
  accessToken: z.string().min(1),
  /** Lives 180 days; every refresh replaces it. */
  refreshToken: z.string().min(1).optional(),
  /** Epoch ms; when the access token ends. */
  expiresAt: z.number().int().positive().optional(),
  /** Where tokens are refreshed, for example https://oauth.bitrix.info/rest/. */
  serverEndpoint: z.string().min(1).optional(),
});

/** What opens a portal (Bitrix24 contract, section 3.3). Never to be logged. */
export type PortalCredentials = z.output<typeof schema>;

/** The text that is stored: sealed to this portal. Throws StoreError. */
export function closeCredentials(
  secrets: SecretBox,
  memberId: string,
  credentials: PortalCredentials,
): string {
  const read = schema.safeParse(credentials);
  if (!read.success) throw unreadable();
  return secrets.seal(placeOf(memberId), JSON.stringify(read.data));
}

/**
 * The credentials in a stored text.
 *
 * @throws StoreError `sealed` when it cannot be opened, `bad-row` when it holds none. Says nothing of the text.
 */
export function openCredentials(secrets: SecretBox, memberId: string, stored: string): PortalCredentials {
  const text = secrets.open(placeOf(memberId), stored);
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw unreadable();
  }
}

/** By the member id: it is known before the row is there, and it stays. */
export function placeOf(memberId: string): SecretPlace {
  return { table: 'portal', column: 'credentials', row: memberId };
}

function unreadable(): StoreError {
  return new StoreError('the credentials of a portal are not complete', { kind: 'bad-row', table: 'portal' });
}
