import { UPLOAD_PATH } from '../telephony/upload';

/** Where a path of the portal leads. */
export type Route =
  | { readonly kind: 'page' | 'state' | 'nowhere' | 'token' | 'authorize' }
  | { readonly kind: 'control'; readonly action: string }
  | { readonly kind: 'upload' }
  | { readonly kind: 'method'; readonly method: string }
  | { readonly kind: 'webhook'; readonly method: string; readonly userId: string; readonly code: string };

/**
 * `/rest/{method}` for applications, `/rest/{user}/{code}/{method}` for inbound webhooks, each also with `.json`. A
 * portal of the cloud also passes `/oauth/token/` on to the OAuth server. The page, `/state` and `/control/` are this
 * fake's own.
 */
export function routeOf(httpMethod: string, path: string): Route {
  if (httpMethod === 'GET' && path === '/') return { kind: 'page' };
  if (httpMethod === 'GET' && path === '/state') return { kind: 'state' };
  const [, action] = /^\/control\/([a-z-]+)$/.exec(path) ?? [];
  if (httpMethod === 'POST' && action !== undefined) return { kind: 'control', action };
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
