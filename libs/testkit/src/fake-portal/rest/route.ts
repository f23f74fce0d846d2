import { RECORDING_PATH } from '../telephony/store-recording';
import { UPLOAD_PATH } from '../telephony/upload';

/** Where a path of the portal leads. */
export type Route =
  | { readonly kind: 'page' }
  | { readonly kind: 'state' }
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'token' }
  | { readonly kind: 'authorize' }
  /** The name of an action or a view; '' asks for the list of them. */
  | { readonly kind: 'control'; readonly name: string }
  | { readonly kind: 'recording'; readonly fileId: number }
  | { readonly kind: 'upload' }
  | { readonly kind: 'method'; readonly method: string }
  | { readonly kind: 'webhook'; readonly method: string; readonly userId: string; readonly code: string };

/**
 * `/rest/{method}` for applications, `/rest/{user}/{code}/{method}` for inbound webhooks, each also with `.json`. A
 * portal of the cloud also passes `/oauth/token/` on to the OAuth server. The page, `/state` and `/control/` are this
 * fake's own; a recording is at the address that CALL_RECORD_URL tells.
 */
export function routeOf(httpMethod: string, path: string): Route {
  const own = ownRoute(httpMethod, path);
  if (own) return own;
  if (path === '/oauth/token/' || path === '/oauth/token') return { kind: 'token' };
  if (httpMethod === 'GET' && path === '/oauth/authorize/') return { kind: 'authorize' };
  if (path === UPLOAD_PATH) return { kind: 'upload' };
  const [root, ...rest] = path.split('/').filter((part) => part !== '');
  if (root !== 'rest') return { kind: 'nowhere' };
  const names = rest.map((part, index) => (index === rest.length - 1 ? part.replace(/\.json$/, '') : part));
  const [first = '', code = '', method = ''] = names;
  if (names.length === 1) return { kind: 'method', method: first };
  if (names.length === 3) return { kind: 'webhook', method, userId: first, code };
  return { kind: 'nowhere' };
}

function ownRoute(httpMethod: string, path: string): Route | undefined {
  if (httpMethod === 'GET' && path === '/') return { kind: 'page' };
  if (httpMethod === 'GET' && path === '/state') return { kind: 'state' };
  const [, control] = /^\/control(?:\/([^/]*))?$/.exec(path) ?? [];
  if (path === '/control' || control !== undefined) return { kind: 'control', name: control ?? '' };
  const file = path.startsWith(RECORDING_PATH)
    ? /^(\d{1,12})\/$/.exec(path.slice(RECORDING_PATH.length))
    : null;
  return file ? { kind: 'recording', fileId: Number(file[1]) } : undefined;
}
