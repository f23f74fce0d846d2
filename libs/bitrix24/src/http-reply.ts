/** An HTTP answer read to its end. */
export interface HttpReply {
  readonly status: number;
  readonly text: string;
  /** Target of a redirect; never followed here. */
  readonly location?: string;
}

/**
 * Sends one POST and reads the whole answer. The time-out (ms) covers both. Throws what `fetch` throws.
 */
export async function post(
  send: typeof fetch,
  url: URL,
  init: RequestInit,
  timeoutMs: number,
): Promise<HttpReply> {
  const response = await send(url, { ...init, method: 'POST', signal: AbortSignal.timeout(timeoutMs) });
  const text = await response.text();
  return { status: response.status, text, location: response.headers.get('location') ?? undefined };
}
