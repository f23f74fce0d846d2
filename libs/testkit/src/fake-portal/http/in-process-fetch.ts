import type { PortalHandler } from './portal-handler';
import { ConnectionDropped } from './wire';
import type { PortalReply, PortalRequest } from './wire';

/**
 * A `fetch` that calls the portal directly. It behaves like Node's where a client can tell: an aborted signal rejects
 * with its reason, a dropped connection with TypeError "fetch failed", and a redirect is an error if so wished.
 * Redirects are never followed.
 */
export function inProcessFetch(portal: PortalHandler): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const reply = portal.handle(await portalRequest(request)).then(
      (value) => {
        if (request.signal.aborted) portal.markLost(value);
        return value;
      },
      (thrown: unknown) => {
        throw thrown instanceof ConnectionDropped
          ? fetchFailed('other side closed', 'UND_ERR_SOCKET')
          : thrown;
      },
    );
    return responseOf(await Promise.race([reply, abortOf(request.signal)]), request);
  };
}

async function portalRequest(request: Request): Promise<PortalRequest> {
  const url = new URL(request.url);
  return {
    method: request.method,
    path: url.pathname + url.search,
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
    origin: url.origin,
    source: 'in-process',
  };
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    // the reason is whatever the caller gave, as with the real fetch
    const fail = () => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

function responseOf(reply: PortalReply, request: Request): Response {
  const isRedirect = reply.status >= 300 && reply.status < 400;
  if (isRedirect && request.redirect === 'error') throw fetchFailed('unexpected redirect');
  return new Response(reply.bytes ? Buffer.from(reply.bytes) : reply.body, {
    status: reply.status,
    headers: reply.headers,
  });
}

function fetchFailed(message: string, code?: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), code ? { code } : {}) });
}
