/** An HTTP answer read to its end. */
export interface HttpReply {
  readonly status: number;
  readonly text: string;
  /** Target of a redirect; never followed here. */
  readonly location?: string;
}

/** Sends one request and reads the whole answer. Throws what `fetch` throws. */
export async function fetchWhole(send: typeof fetch, url: URL, init: RequestInit): Promise<HttpReply> {
  const response = await send(url, init);
  const text = await response.text();
  return { status: response.status, text, location: response.headers.get('location') ?? undefined };
}
