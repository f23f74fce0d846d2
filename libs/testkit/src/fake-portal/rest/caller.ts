/** Who sends a request. */
export interface Caller {
  readonly via: 'app' | 'webhook';
  /** Of the application, or of the webhook: de-duplication and the operating budget count per application. */
  readonly appId: string;
  readonly appName: string;
  /** Owner of the token: requests run with his rights. */
  readonly userId: number;
  readonly scopes: readonly string[];
}

/** Number of the application that every portal starts with. */
export const CONNECTOR_APP_ID = '3';
