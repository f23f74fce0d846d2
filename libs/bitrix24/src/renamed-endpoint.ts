import type { HttpReply } from './http-reply';

/** 302 is what the documentation names; the others mean the same. 303 would turn a POST into a GET. */
const MOVED: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/**
 * The new REST root of a portal that was renamed, or undefined if this answer does not say so. Only scheme, host and
 * port of the target count, and only if its path is below the same root: a login page is no portal, and nothing that a
 * redirect carries in its query is ever sent. Whether the new host may be called is another question.
 * https://apidocs.bitrix24.com/settings/how-to-call-rest-api/change-domen.html
 */
export function renamedEndpoint(reply: HttpReply, requested: URL, endpoint: string): string | undefined {
  const { status, location } = reply;
  if (!MOVED.has(status) || location === undefined || !URL.canParse(location, requested.href))
    return undefined;
  const target = new URL(location, requested);
  const { pathname } = new URL(endpoint);
  const root = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const keepsSecrets = target.protocol === 'https:' || target.protocol === requested.protocol;
  return keepsSecrets && target.host !== requested.host && target.pathname.startsWith(root)
    ? `${target.origin}${root}`
    : undefined;
}
