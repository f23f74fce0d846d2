import type { Striking } from './fault-queue';

/** What goes wrong with one request. `execute-then-...`: the portal does the work, but the client never learns. */
export type FaultEffect =
  /** 503 QUERY_LIMIT_EXCEEDED: refused before execution. */
  | { readonly kind: 'rate-limited' }
  /** 503 OVERLOAD_LIMIT. */
  | { readonly kind: 'overloaded' }
  /** 429 OPERATION_TIME_LIMIT; default 60 s. */
  | { readonly kind: 'operation-limit'; readonly resetInSeconds?: number }
  /** 401 expired_token, whatever the token. */
  | { readonly kind: 'expired-token' }
  /** 500 INTERNAL_SERVER_ERROR. */
  | { readonly kind: 'server-error' | 'execute-then-server-error' }
  /** No answer for `ms` (default 60000, the cloud's limit of one request), then the connection ends. */
  | { readonly kind: 'hang' | 'execute-then-hang'; readonly ms?: number }
  /** The connection ends at once. */
  | { readonly kind: 'drop' | 'execute-then-drop' }
  /** A page instead of JSON; default 502. */
  | { readonly kind: 'html' | 'execute-then-html'; readonly status?: number }
  /** Nothing in the body; default 200. */
  | { readonly kind: 'empty' | 'execute-then-empty'; readonly status?: number }
  /** JSON that ends in the middle. */
  | { readonly kind: 'execute-then-cut' }
  /** The answer is right but late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** 302: the portal was renamed. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** register succeeds but could not create its lead. */
  | { readonly kind: 'lead-creation-error'; readonly text?: string }
  /** If the request is refused, the code in the answer is an empty string. */
  | { readonly kind: 'empty-error-code' };

/** Which requests it happens to. */
export interface FaultTarget extends Striking {
  /** A REST method (any case), `upload`, or `oauth/token` on the OAuth server; default any. */
  readonly method?: string;
}

export type Fault = FaultEffect & FaultTarget;

/** What can also happen to a single command of a batch; all else concerns the connection. */
const INSIDE_BATCH: readonly FaultEffect['kind'][] = [
  'operation-limit',
  'server-error',
  'lead-creation-error',
  'empty-error-code',
  'execute-then-server-error',
];
export const canStrikeInsideBatch = ({ kind }: FaultEffect): boolean => INSIDE_BATCH.includes(kind);

export const FAULT_KINDS = [
  'rate-limited',
  'overloaded',
  'operation-limit',
  'expired-token',
  'server-error',
  'execute-then-server-error',
  'hang',
  'execute-then-hang',
  'drop',
  'execute-then-drop',
  'html',
  'execute-then-html',
  'empty',
  'execute-then-empty',
  'execute-then-cut',
  'slow',
  'redirect',
  'lead-creation-error',
  'empty-error-code',
] as const satisfies readonly FaultEffect['kind'][];
