import { z } from 'zod';
import { StoreError } from '../store-error';

const schema = z.strictObject({
  /** Lives one hour. */
  accessToken: z.string().min(1),
  /** Lives 180 days; every refresh replaces it. */
  refreshToken: z.string().min(1).optional(),
  /** Epoch ms; when the access token ends. */
  expiresAt: z.number().int().positive().optional(),
  /** Proves that an event comes from the portal. */
  applicationToken: z.string().min(1).optional(),
  /** Where tokens are refreshed, for example https://oauth.bitrix.info/rest/. */
  serverEndpoint: z.string().min(1).optional(),
});

/** What opens a portal (Bitrix24 contract, section 3.3). Never to be logged. */
export type PortalCredentials = z.output<typeof schema>;

/** The text that is stored. The one place to put a seal on it. */
export function closeCredentials(credentials: PortalCredentials): string {
  const read = schema.safeParse(credentials);
  if (!read.success) throw unreadable();
  return JSON.stringify(read.data);
}

/**
 * The credentials in a stored text.
 *
 * @throws StoreError `bad-row` when it holds none. Says nothing of the text: it is a secret.
 */
export function openCredentials(stored: string): PortalCredentials {
  try {
    return schema.parse(JSON.parse(stored));
  } catch {
    throw unreadable();
  }
}

function unreadable(): StoreError {
  return new StoreError('the credentials of a portal are not complete', { kind: 'bad-row', table: 'portal' });
}
