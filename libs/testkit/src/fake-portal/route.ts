import { UPLOAD_PATH } from './upload';

/** Where a path of the portal leads. */
export type Route =
  | { readonly kind: 'page' | 'state' | 'nowhere' }
  | { readonly kind: 'upload' }
  | { readonly kind: 'method'; readonly method: string }
  | { readonly kind: 'webhook'; readonly method: string; readonly userId: string; readonly code: string };

/** `/rest/{method}` for applications, `/rest/{user}/{code}/{method}` for inbound webhooks, each also with `.json`. */
export function routeOf(httpMethod: string, path: string): Route {
  if (httpMethod === 'GET' && path === '/') return { kind: 'page' };
  if (httpMethod === 'GET' && path === '/state') return { kind: 'state' };
  if (path === UPLOAD_PATH) return { kind: 'upload' };
  const [root, ...rest] = path.split('/').filter((part) => part !== '');
  if (root !== 'rest') return { kind: 'nowhere' };
  const names = rest.map((part, index) => (index === rest.length - 1 ? part.replace(/\.json$/, '') : part));
  const [first = '', code = '', method = ''] = names;
  if (names.length === 1) return { kind: 'method', method: first };
  if (names.length === 3) return { kind: 'webhook', method, userId: first, code };
  return { kind: 'nowhere' };
}
