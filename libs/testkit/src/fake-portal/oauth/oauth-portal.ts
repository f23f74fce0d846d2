import type { Installation } from '../apps/installation';

/** What the OAuth server has to know of a portal. */
export interface OAuthPortal {
  readonly memberId: string;
  /** Scheme and host of its present address. */
  readonly origin: string;
  readonly isDeleted: boolean;
  /** The application as it is installed there. */
  installationOf(clientId: string): Installation | undefined;
  /** Answer of app.info for an application. */
  appInfo(installation: Installation): object;
}
