import { addressOf } from './answer';
import type { ClientOptions } from './client-options';
import { PortalError } from './errors';
import { fetchWhole } from './http-reply';
import type { HttpReply } from './http-reply';
import { settle } from './judge';
import type { RequestName } from './method-safety';
import type { OutgoingRequest } from './outgoing';
import { renamedEndpoint } from './renamed-endpoint';
import { transportFailure } from './transport-failure';

/** A request and how it is to be sent. */
export interface Sendable {
  readonly method: RequestName;
  /** Whose safety decides what a lost answer means. */
  readonly judgedAs: RequestName;
  /** A renamed portal is followed: where the request goes below a new REST root. */
  readonly below?: { readonly endpoint: string; readonly at: (endpoint: string) => URL };
  readonly timeoutMs?: number;
}

export interface Sent {
  readonly reply: HttpReply;
  /** The REST root that answered, if the portal was renamed. */
  readonly movedTo?: string;
}

/**
 * Sends a request once; after a rename, once more to the new address, which is the same execution: a redirect did
 * nothing. Both share the time-out.
 *
 * @throws PortalError
 */
export async function send(options: ClientOptions, request: OutgoingRequest, how: Sendable): Promise<Sent> {
  const signal = AbortSignal.timeout(how.timeoutMs ?? options.timeoutMs);
  await assertCallable(options, request.url, how.method, signal);
  const reply = await post(options, request, how, signal);
  const movedTo =
    how.below && options.checkAddress && renamedEndpoint(reply, request.url, how.below.endpoint);
  if (!how.below || movedTo === undefined) return { reply };
  const url = how.below.at(movedTo);
  await assertCallable(options, url, how.method, signal, { kind: 'redirected', httpStatus: reply.status });
  return { reply: await post(options, { ...request, url }, how, signal), movedTo };
}

/** Throws PortalError if the address may not be called, or nobody can tell in time: then nothing has left. */
async function assertCallable(
  { checkAddress }: ClientOptions,
  url: URL,
  method: RequestName,
  signal: AbortSignal,
  refused: { readonly kind: 'bad-address' | 'redirected'; readonly httpStatus?: number } = {
    kind: 'bad-address',
  },
): Promise<void> {
  if (!checkAddress) return;
  const refusal = await orAborted(checkAddress(url), signal).catch((thrown: unknown) => {
    const { code, description } = transportFailure(thrown);
    throw new PortalError({ method, kind: 'not-connected', verdict: 'retry', code, description });
  });
  if (refusal === undefined) return;
  const description = `${addressOf(url)} is not called: ${refusal}`;
  throw new PortalError({ method, ...refused, verdict: 'ask-a-person', code: '', description });
}

async function post(
  { fetch: send = fetch, userAgent }: ClientOptions,
  { url, headers, ...init }: OutgoingRequest,
  { method, judgedAs }: Sendable,
  signal: AbortSignal,
): Promise<HttpReply> {
  const agent = { accept: 'application/json', 'user-agent': userAgent };
  try {
    return await fetchWhole(send, url, { ...init, headers: { ...agent, ...headers }, signal });
  } catch (thrown) {
    const { verdict, kind, code, description } = transportFailure(thrown);
    // Without `cause`: what undici attaches is its own business and could one day hold the request.
    throw new PortalError({ method, kind, code, description, verdict: settle(verdict, judgedAs) });
  }
}

/** What `work` brings, unless the time is over first. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
