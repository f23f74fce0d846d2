import type { PortalErrorFacts } from './errors';

/** One request and what came of it, for the ledger that an integrator reads. Holds no token and no file content. */
export interface PortalExchange {
  /** Host of the portal. */
  readonly portal: string;
  /** REST method, `upload` for the multipart POST of a recording, `oauth.token` for the request for new tokens. */
  readonly method: string;
  /** Of a batch: its commands by their keys, each with method and parameters. */
  readonly params: unknown;
  /** Missing if no answer came. */
  readonly httpStatus?: number;
  /** The body as the portal sent it, or the beginning of it if it was no JSON. */
  readonly answer?: unknown;
  /** The portal was renamed, and the answer comes from this REST root. */
  readonly movedTo?: string;
  readonly error?: Pick<PortalErrorFacts, 'kind' | 'verdict' | 'code' | 'description' | 'until'>;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly durationMs: number;
}
