/** A request as it reaches the portal. */
export interface PortalRequest {
  readonly method: string;
  /** Path with query, e.g. `/rest/user.get?start=50`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
  /** Scheme and host the client used; the upload address is built from it. Default `https://company.example`. */
  readonly origin?: string;
  /** Address of the sender: the rate limit counts per source. */
  readonly source?: string;
}

export interface PortalReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Sent instead of `body`: a file. */
  readonly bytes?: Uint8Array;
}

/** Parameters as PHP would see them: nothing is trusted, nothing is converted. */
export type RawParams = Readonly<Record<string, unknown>>;

export const DEFAULT_ORIGIN = 'https://company.example';

/** Thrown instead of a reply when the connection ends without one. */
export class ConnectionDropped extends Error {
  override readonly name = 'ConnectionDropped';
}

export const jsonReply = (status: number, body: unknown): PortalReply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

export const htmlReply = (status: number, body: string): PortalReply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});

/** 302: the same thing is at another address. */
export const redirectReply = (location: string): PortalReply => ({
  status: 302,
  headers: { location },
  body: '',
});
