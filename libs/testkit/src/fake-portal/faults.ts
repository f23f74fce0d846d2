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
export interface FaultTarget {
  /** A REST method (any case) or `upload`; default any. */
  readonly method?: string;
  /** The first matching request that it happens to, counted from injection; default 1, the next one. */
  readonly nth?: number;
  /** How many requests in a row; default 1. */
  readonly times?: number;
}

export type Fault = FaultEffect & FaultTarget;

interface Pending {
  readonly fault: Fault;
  toSkip: number;
  left: number;
}

/** Faults waiting for their requests. One request meets one fault at most: the oldest that is due. */
export class FaultQueue {
  readonly #pending: Pending[] = [];

  inject(...faults: readonly Fault[]): void {
    for (const fault of faults)
      this.#pending.push({ fault, toSkip: (fault.nth ?? 1) - 1, left: fault.times ?? 1 });
  }

  /** Forgets all that have not happened yet. */
  clear(): void {
    this.#pending.length = 0;
  }

  /** Takes the fault for a request that has just come. */
  take(method: string): FaultEffect | undefined {
    const matching = this.#pending.filter(
      ({ fault, left }) => left > 0 && (fault.method ?? method).toLowerCase() === method.toLowerCase(),
    );
    const due = matching.find(({ toSkip }) => toSkip === 0);
    for (const pending of matching) if (pending.toSkip > 0) pending.toSkip -= 1;
    if (due) due.left -= 1;
    return due?.fault;
  }
}
